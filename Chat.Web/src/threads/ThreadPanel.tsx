import { useEffect, useRef } from "react";
import { useAsked } from "../app/asked.js";
import { useChat, useLive } from "../app/chat.js";
import { Composer } from "../composer/Composer.js";
import { usePlace } from "../conversation/place.js";
import type { ConversationState, Message, MessagePage } from "../client/index.js";
import { MessageRow } from "../messages/MessageRow.js";
import { PendingRow } from "../messages/PendingRow.js";
import { Panel } from "../panels/Panel.js";
import { useText } from "../text/text.js";
import { Waiting } from "../ui/Empty.js";

/** A message and what was answered under it. */
export const ThreadPanel = ({ root }: { root: number }) => {
  const t = useText();
  const { client } = useChat();
  const { state } = usePlace();
  useLive(() => state.version + client.people.version);
  const path = `/api/conversations/${state.id}/messages/${root}`;
  const held = state.held.get(root);
  // Each answer changes the root, so its rev tells when to ask again.
  const asked = useAsked<MessagePage>(`${path}/thread?limit=100`, held?.rev);
  const first = useAsked<Message>(held === undefined ? path : undefined);
  const begin = held ?? (first.state === "told" ? first.value : undefined);
  const replies = merged(state, root, asked.state === "told" ? asked.value.items : []);
  const waiting = state.pending.filter((p) => p.request.threadRoot === root);
  const end = useRef<HTMLDivElement>(null);
  const count = replies.length + waiting.length;
  useEffect(() => end.current?.scrollIntoView({ block: "nearest" }), [count]);
  return (
    <Panel title={t.thread} foot={<Composer state={state} threadRoot={root} />}>
      {begin === undefined || (asked.state === "asking" && replies.length === 0) ? (
        <Waiting label={t.loading} />
      ) : (
        <div role="feed" aria-label={t.thread} aria-busy={false}>
          <Row state={state} message={begin} previous={undefined} />
          {replies.length > 0 && <p className="hint">{t.replies(replies.length)}</p>}
          {replies.map((message, at) => (
            <Row key={message.seq} state={state} message={message} previous={replies[at - 1]} />
          ))}
          {waiting.map((p) => (
            <PendingRow key={p.request.clientId} pending={p} state={state} />
          ))}
          <div ref={end} />
        </div>
      )}
    </Panel>
  );
};

const Row = ({ state, message, previous }: { state: ConversationState; message: Message; previous: Message | undefined }) => (
  <MessageRow
    state={state} seq={message.seq} message={message} previous={previous} own={state.mine(message.seq)} hidden={false} unreadStart={false}
    marked={false} isLast={false} focusable active={false} inThread
  />
);

/** What was read of it and what has come since; of each the later state. */
const merged = (state: ConversationState, root: number, read: readonly Message[]): Message[] => {
  const all = new Map(read.map((m) => [m.seq, m]));
  for (const message of state.held.all()) {
    if (message.threadRoot === root && message.rev >= (all.get(message.seq)?.rev ?? 0)) {
      all.set(message.seq, message);
    }
  }
  return [...all.values()].filter((m) => !state.held.isHidden(m.seq)).sort((a, b) => a.seq - b.seq);
};
