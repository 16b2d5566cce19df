import { memo } from "react";
import { useChat, useName } from "../app/chat.js";
import { Link } from "../app/Link.js";
import { pathOfConversation } from "../app/router.js";
import { useSignal } from "../app/signal.js";
import type { ConversationState } from "../client/index.js";
import { gist, partnerOf, titleOf } from "../conversation/titles.js";
import { useText } from "../text/text.js";
import { shortTime } from "../text/times.js";
import { Avatar, LiveAvatar } from "../ui/Avatar.js";
import { Icon } from "../ui/Icon.js";
import { isMuted } from "./muted.js";

interface RowProps {
  readonly state: ConversationState;
  /** The state is the same object after each change: this says which. */
  readonly version: number;
  readonly open: boolean;
}

export const ConversationRow = memo(({ state, open }: RowProps) => {
  const t = useText();
  const { client } = useChat();
  const { conversation, overview } = state;
  if (conversation === undefined) {
    return <span />;
  }
  const title = titleOf(conversation, client.userId, t);
  const partner = partnerOf(conversation, client.userId);
  const { unread, mentions } = overview;
  const marked = conversation.me?.markedUnread === true;
  const muted = isMuted(conversation.me);
  return (
    <Link
      href={pathOfConversation(state.id)} className="conversation-row" aria-current={open ? "page" : undefined} data-unread={unread > 0 || marked} data-muted={muted}
    >
      {partner === undefined ? (
        <Avatar id={state.id} name={title} {...(conversation.kind === "channel" ? { icon: "hash" as const } : {})} />
      ) : (
        <LiveAvatar id={partner} name={title} quiet />
      )}
      <span className="conversation-row-text">
        <span className="conversation-row-line">
          <bdi className="conversation-row-title ellipsis">{title}</bdi>
          {muted && (
            <>
              <Icon name="bellOff" size={14} />
              <span className="unseen">, {t.muted}</span>
            </>
          )}
          <time dateTime={overview.activeAt}>{shortTime(overview.activeAt)}</time>
        </span>
        <span className="conversation-row-line">
          <Preview state={state} />
          {mentions > 0 && (
            <span className="badge badge-strong">
              @<span className="unseen">{t.mentionCount(mentions)}</span>
            </span>
          )}
          {(unread > 0 || marked) && (
            <span className={muted ? "badge" : "badge badge-strong"}>
              {unread > 0 ? shorten(unread) : "•"}
              <span className="unseen">{unread > 0 ? t.unreadCount(unread) : t.markedUnread}</span>
            </span>
          )}
        </span>
      </span>
    </Link>
  );
});

const Preview = ({ state }: { state: ConversationState }) => {
  const t = useText();
  const { client, typing } = useChat();
  const writers = useSignal(typing.in(state.id));
  const { preview } = state.overview;
  const sender = useName(preview?.senderId ?? client.userId);
  if (writers.length > 0) {
    return <span className="conversation-row-preview conversation-row-typing ellipsis">{t.isTyping(client.people.name(writers[0]!) ?? t.someone)}</span>;
  }
  const who = preview?.senderId === client.userId ? t.you : state.conversation?.kind === "direct" ? "" : sender;
  const words = preview === undefined ? "" : gist(preview, t);
  return (
    <span className="conversation-row-preview ellipsis">
      {who !== "" && preview?.kind !== "system" && preview !== undefined && (
        <>
          <bdi>{who}</bdi>:{" "}
        </>
      )}
      <bdi>{words}</bdi>
    </span>
  );
};

const shorten = (count: number): string => (count > 999 ? "999+" : `${count}`);
