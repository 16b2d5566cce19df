import { memo } from "react";
import { useChat } from "../app/chat.js";
import type { ConversationState, Message, OwnReactions } from "../client/index.js";
import { useText } from "../text/text.js";
import { dayName, dayOf, wholeTime } from "../text/times.js";
import { Avatar } from "../ui/Avatar.js";
import { Bubble } from "./Bubble.js";
import { MessageTools } from "./MessageTools.js";
import { SystemLine } from "./SystemLine.js";
import { ThreadLine } from "./ThreadLine.js";
import "./messages.css";

export interface MessageRowProps {
  readonly state: ConversationState;
  readonly seq: number;
  /** Undefined: not loaded yet, or hidden. */
  readonly message: Message | undefined;
  readonly previous: Message | undefined;
  readonly own: OwnReactions;
  readonly hidden: boolean;
  readonly unreadStart: boolean;
  readonly marked: boolean;
  readonly isLast: boolean;
  /** The one message that Tab reaches. */
  readonly focusable: boolean;
  /** It is pointed at or has the focus: what can be done with it stands beside it. */
  readonly active: boolean;
  readonly inThread?: boolean;
}

const together = 5 * 60_000;

/** A row of the timeline: a message with what stands above it, or the place of one that has not been loaded. */
export const MessageRow = memo((props: MessageRowProps) => {
  const { state, seq, message, previous, own, hidden, unreadStart, marked, isLast, focusable, active, inThread = false } = props;
  const t = useText();
  const { client } = useChat();
  const name = client.people.name(message?.senderId ?? client.userId) ?? "";
  if (message === undefined) {
    return hidden ? <div /> : <div className="message-skeleton" aria-hidden="true" />;
  }
  const newDay = !inThread && (seq === 1 || (previous !== undefined && dayOf(previous.createdAt) !== dayOf(message.createdAt)));
  const begins = newDay || unreadStart || !goesOn(previous, message, inThread);
  const mine = message.senderId === client.userId;
  const aside = !inThread && message.threadRoot !== undefined;
  const classes = ["message", begins ? "message-begins" : "", mine && !aside ? "message-own" : "", marked ? "message-marked" : ""];
  return (
    <>
      {newDay && <Divider words={dayName(message.createdAt)} />}
      {unreadStart && <Divider words={t.newMessages} strong />}
      <article
        className={classes.filter((c) => c !== "").join(" ")} data-seq={seq} data-last={isLast} tabIndex={focusable ? 0 : -1} aria-posinset={seq}
        aria-setsize={state.overview.lastSeq}
        aria-label={`${unreadStart ? `${t.newMessages}: ` : ""}${t.messageBy(mine ? t.you : name || t.someone, wholeTime(message.createdAt))}`}
      >
        {message.kind === "system" ? (
          <SystemLine message={message} />
        ) : aside ? (
          <ThreadLine message={message} name={mine ? t.you : name} />
        ) : (
          <>
            <span className="message-side">{begins && !mine && <Avatar id={message.senderId} name={name} size="medium" />}</span>
            <Bubble state={state} message={message} own={own} mine={mine} name={begins && !mine ? name : undefined} inThread={inThread} />
          </>
        )}
        {active && message.kind !== "system" && <MessageTools message={message} />}
      </article>
    </>
  );
});

const goesOn = (previous: Message | undefined, message: Message, inThread: boolean): boolean =>
  previous !== undefined && previous.kind !== "system" && previous.senderId === message.senderId
  && (inThread || previous.threadRoot === message.threadRoot)
  && Date.parse(message.createdAt) - Date.parse(previous.createdAt) < together;

/** For the eye: a feed has articles only, and each says its day, and where the new ones begin, by its name. */
const Divider = ({ words, strong = false }: { words: string; strong?: boolean }) => (
  <div className={strong ? "divider divider-strong" : "divider"} role="presentation">
    <span>{words}</span>
  </div>
);
