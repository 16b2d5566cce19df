import { useAsked } from "../app/asked.js";
import { useName } from "../app/chat.js";
import { usePlace } from "../conversation/place.js";
import { gist } from "../conversation/titles.js";
import type { ConversationState, Message } from "../client/index.js";
import { useText } from "../text/text.js";

/** What a message answers; a click leads there. */
export const Quote = ({ state, seq }: { state: ConversationState; seq: number }) => {
  const t = useText();
  const { jump } = usePlace();
  const held = state.held.get(seq);
  const asked = useAsked<Message>(held === undefined ? `/api/conversations/${state.id}/messages/${seq}` : undefined);
  const message = held ?? (asked.state === "told" ? asked.value : undefined);
  const name = useName(message?.senderId ?? "");
  return (
    <button type="button" className="quote" onClick={() => jump(seq)}>
      <bdi className="quote-name ellipsis">{name}</bdi>
      <bdi className="ellipsis">{message === undefined ? "…" : gist(message, t)}</bdi>
    </button>
  );
};
