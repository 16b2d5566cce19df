import { isDone, useAct } from "../app/act.js";
import { useChat } from "../app/chat.js";
import { go } from "../app/router.js";
import type { ConversationState, Membership } from "../client/index.js";
import { useMessageActions } from "../messages/actions.js";
import { isMuted } from "../sidebar/muted.js";
import { useText } from "../text/text.js";
import { Icon } from "../ui/Icon.js";

/** What the conversation is to the user alone. */
export const OwnSettings = ({ state }: { state: ConversationState; version: number }) => {
  const t = useText();
  const { client } = useChat();
  const act = useAct();
  const me = state.conversation?.me;
  const actions = useMessageActions(state);
  const muted = isMuted(me);
  const path = `/api/conversations/${state.id}`;
  const set = async (method: "PUT" | "DELETE", what: string, body: unknown, now: Partial<Membership>) => {
    if (isDone(await act(method, `${path}/${what}`, body))) {
      state.assume(now);
      client.touch();
    }
  };
  const mute = () => (muted ? set("DELETE", "mute", undefined, { mutedUntil: "0001-01-01T00:00:00Z" }) : set("PUT", "mute", {}, { mutedUntil: "9999-12-31T00:00:00Z" }));
  const archive = async () => {
    await set(me?.archived === true ? "DELETE" : "PUT", "archive", undefined, { archived: me?.archived !== true });
    if (me?.archived !== true) {
      go("/");
    }
  };
  return (
    <section className="panel-section">
      <button type="button" className="button" aria-pressed={muted} onClick={() => void mute()}>
        <Icon name={muted ? "bell" : "bellOff"} size={18} />
        {muted ? t.unmute : t.mute}
      </button>
      <button type="button" className="button" onClick={() => void archive()}>
        <Icon name="archive" size={18} />
        {me?.archived === true ? t.unarchive : t.archive}
      </button>
      <button type="button" className="button" onClick={() => void actions.markUnread()}>
        <Icon name="unread" size={18} />
        {t.markUnread}
      </button>
    </section>
  );
};
