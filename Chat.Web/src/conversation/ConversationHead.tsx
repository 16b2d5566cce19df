import { useChat } from "../app/chat.js";
import { Link } from "../app/Link.js";
import { usePresence } from "../app/presence.js";
import { useText } from "../text/text.js";
import { shortTime } from "../text/times.js";
import { Avatar, LiveAvatar } from "../ui/Avatar.js";
import { Icon } from "../ui/Icon.js";
import { usePlace } from "./place.js";
import { partnerOf, titleOf } from "./titles.js";

/** Its name, who is there, and what else there is of it. */
export const ConversationHead = ({ version: _ }: { version: number }) => {
  const t = useText();
  const { client } = useChat();
  const { state, panel, setPanel } = usePlace();
  const conversation = state.conversation;
  if (conversation === undefined) {
    return null;
  }
  const title = titleOf(conversation, client.userId, t);
  const partner = partnerOf(conversation, client.userId);
  return (
    <header className="conversation-head">
      <Link href="/" className="icon-button conversation-back" aria-label={t.back}>
        <Icon name="back" />
      </Link>
      {partner === undefined ? (
        <Avatar id={state.id} name={title} {...(conversation.kind === "channel" ? { icon: "hash" as const } : {})} />
      ) : (
        <LiveAvatar id={partner} name={title} />
      )}
      <div className="conversation-head-text">
        <h1 className="ellipsis">
          <bdi>{title}</bdi>
        </h1>
        {partner === undefined ? (
          <p className="ellipsis">{conversation.description ?? t.memberCount(conversation.memberCount)}</p>
        ) : (
          <PresenceLine userId={partner} />
        )}
      </div>
      {buttons.map(({ what, icon, label }) => (
        <button
          key={what} type="button" className="icon-button" aria-label={t[label]} aria-pressed={panel?.what === what}
          onClick={() => setPanel(panel?.what === what ? undefined : { what })}
        >
          <Icon name={icon} />
        </button>
      ))}
    </header>
  );
};

const buttons = [
  { what: "pins", icon: "pin", label: "pinnedMessages" },
  { what: "files", icon: "image", label: "files" },
  { what: "info", icon: "info", label: "details" },
] as const;

const PresenceLine = ({ userId }: { userId: string }) => {
  const t = useText();
  const presence = usePresence(userId);
  if (presence === undefined) {
    return <p className="ellipsis">{t.direct}</p>;
  }
  return <p className="ellipsis">{presence.state === "offline" && presence.lastSeen ? t.lastSeen(shortTime(presence.lastSeen)) : t[presence.state]}</p>;
};
