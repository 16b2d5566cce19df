import { useAct } from "../app/act.js";
import { useAsked } from "../app/asked.js";
import { go, pathOfConversation } from "../app/router.js";
import { Screen } from "../app/Screen.js";
import { useText } from "../text/text.js";
import { Avatar } from "../ui/Avatar.js";
import { Empty, Waiting } from "../ui/Empty.js";

interface Preview {
  readonly conversationId: string;
  readonly kind: "group" | "channel";
  readonly title: string;
  readonly memberCount: number;
  readonly invitedBy: string;
  readonly isMember: boolean;
  readonly description?: string;
}

/** Where a link leads, before one joins. */
export const InviteScreen = ({ token }: { token: string }) => {
  const t = useText();
  const act = useAct();
  const path = `/api/invites/${encodeURIComponent(token)}`;
  const asked = useAsked<Preview>(token === "" ? "/api/invites/none" : path);
  const join = async ({ isMember, conversationId }: Preview) => {
    if (isMember || (await act("POST", path)).status < 300) {
      go(pathOfConversation(conversationId), "replace");
    }
  };
  return (
    <Screen title={t.invitation}>
      {asked.state === "asking" && <Waiting label={t.loading} />}
      {asked.state === "failed" && <Empty icon="link" title={t.inviteGone} hint={t.inviteGoneHint} />}
      {asked.state === "told" && (
        <div className="empty">
          <Avatar id={asked.value.conversationId} name={asked.value.title} size="large" />
          <h2 dir="auto">{asked.value.title}</h2>
          <p>{t.invitedBy(asked.value.invitedBy)} · {t.memberCount(asked.value.memberCount)}</p>
          {asked.value.description !== undefined && <p dir="auto">{asked.value.description}</p>}
          <button type="button" className="button button-main" onClick={() => void join(asked.value)}>{asked.value.isMember ? t.open : t.join}</button>
        </div>
      )}
    </Screen>
  );
};
