import { useChat } from "../app/chat.js";
import { usePlace } from "../conversation/place.js";
import type { ConversationState, Message, OwnReactions } from "../client/index.js";
import { ReactionBar } from "../reactions/ReactionBar.js";
import { useText } from "../text/text.js";
import { shortTime, timeOfDay } from "../text/times.js";
import { Icon } from "../ui/Icon.js";
import { Content } from "./Content.js";
import { Quote } from "./Quote.js";
import { ReadMark } from "./ReadMark.js";

interface BubbleProps {
  readonly state: ConversationState;
  readonly message: Message;
  readonly own: OwnReactions;
  readonly mine: boolean;
  /** Above the first of a group. */
  readonly name: string | undefined;
  readonly inThread: boolean;
}

export const Bubble = ({ state, message, own, mine, name, inThread }: BubbleProps) => {
  const t = useText();
  const { client } = useChat();
  const mentionsMe = message.mentionsEveryone === true || message.mentions?.includes(client.userId) === true;
  return (
    <div className="bubble" data-mentions-me={mentionsMe && !mine}>
      {name !== undefined && state.conversation?.kind !== "direct" && (
        <p className="bubble-name ellipsis">
          <bdi>{name}</bdi>
        </p>
      )}
      {message.forwarded === true && (
        <p className="bubble-note">
          <Icon name="forward" size={14} /> {t.forwarded}
        </p>
      )}
      {message.replyTo !== undefined && <Quote state={state} seq={message.replyTo} />}
      <Content state={state} message={message} own={own} />
      <span className="bubble-meta">
        {message.pinnedAt !== undefined && (
          <span role="img" aria-label={t.pinned}>
            <Icon name="pin" size={14} />
          </span>
        )}
        {message.editedAt !== undefined && message.deletedAt === undefined && <span>{t.edited}</span>}
        <time dateTime={message.createdAt}>{timeOfDay(message.createdAt)}</time>
        {mine && <ReadMark state={state} seq={message.seq} />}
      </span>
      {message.deletedAt === undefined && <ReactionBar state={state} message={message} own={own} />}
      {!inThread && (message.replyCount ?? 0) > 0 && <ThreadLink message={message} />}
    </div>
  );
};

const ThreadLink = ({ message }: { message: Message }) => {
  const t = useText();
  const { setPanel } = usePlace();
  return (
    <button type="button" className="thread-link" onClick={() => setPanel({ what: "thread", seq: message.seq })}>
      <Icon name="thread" size={16} />
      {t.replies(message.replyCount ?? 0)}
      {message.lastReplyAt !== undefined && <span className="hint">{shortTime(message.lastReplyAt)}</span>}
    </button>
  );
};
