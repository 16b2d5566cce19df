import { useState, type FormEvent } from "react";
import { useChat } from "../app/chat.js";
import type { ConversationState, Message, OwnReactions } from "../client/index.js";
import { useMessageActions } from "../messages/actions.js";
import { useText } from "../text/text.js";
import { dateAndTime } from "../text/times.js";
import "./polls.css";

const optionsMax = 20;

/** A question with its options: a click votes, another on the same option takes it back. */
export const PollView = ({ state, message, own }: { state: ConversationState; message: Message; own: OwnReactions }) => {
  const t = useText();
  const { client } = useChat();
  const actions = useMessageActions(state);
  const poll = message.content?.poll;
  if (poll === undefined) {
    return null;
  }
  const closed = poll.closedAt !== undefined || (poll.closesAt !== undefined && Date.parse(poll.closesAt) <= Date.now());
  const chosen = own.vote ?? [];
  const voters = message.tally?.voters ?? 0;
  const mine = message.senderId === client.userId;
  const mayClose = mine || (state.conversation?.kind !== "direct" && state.conversation?.me?.role !== "member");
  const toggle = (option: number) => {
    const has = chosen.includes(option);
    const next = has ? chosen.filter((o) => o !== option) : poll.multiple ? [...chosen, option] : [option];
    void actions.vote(message.seq, next);
  };
  return (
    <fieldset className="poll">
      <legend dir="auto">{message.text}</legend>
      <p className="poll-kind">{[poll.multiple ? t.pollSeveral : t.pollOne, poll.anonymous ? t.pollAnonymous : ""].filter((w) => w !== "").join(" · ")}</p>
      {poll.options.map((option, at) => {
        const count = message.tally?.counts[at] ?? 0;
        return (
          <label key={at} className="poll-option">
            <input type="checkbox" checked={chosen.includes(at)} disabled={closed} onChange={() => toggle(at)} aria-label={t.pollOption(option, count)} />
            <span className="poll-words" dir="auto">{option}</span>
            <span className="poll-count" aria-hidden="true">{count}</span>
            <progress className="poll-bar" max={Math.max(1, voters)} value={count} aria-hidden="true" />
          </label>
        );
      })}
      {!closed && (mine || poll.membersAddOptions === true) && poll.options.length < optionsMax && (
        <AddOption onAdd={(option) => void actions.addOption(message.seq, option)} />
      )}
      <p className="poll-foot">
        <span>{closed ? t.pollClosed : poll.closesAt === undefined ? t.voterCount(voters) : `${t.voterCount(voters)} · ${t.pollUntil(dateAndTime(poll.closesAt))}`}</span>
        {mayClose && (
          <button type="button" className="button button-plain button-small" onClick={() => void actions.closePoll(message.seq, !closed)}>
            {closed ? t.reopenPoll : t.closePoll}
          </button>
        )}
      </p>
    </fieldset>
  );
};

const AddOption = ({ onAdd }: { onAdd: (option: string) => void }) => {
  const t = useText();
  const [option, setOption] = useState("");
  const add = (e: FormEvent) => {
    e.preventDefault();
    if (option.trim() !== "") {
      onAdd(option.trim());
      setOption("");
    }
  };
  return (
    <form className="poll-add" onSubmit={add}>
      <input className="input" value={option} maxLength={100} aria-label={t.addOption} placeholder={t.addOption} onChange={(e) => setOption(e.target.value)} />
    </form>
  );
};
