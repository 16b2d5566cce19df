import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { Virtualizer, type VirtualizerHandle } from "virtua";
import { useLive } from "../app/chat.js";
import type { ConversationState } from "../client/index.js";
import { MessageRow } from "../messages/MessageRow.js";
import { PendingRow } from "../messages/PendingRow.js";
import { useText } from "../text/text.js";
import { Empty } from "../ui/Empty.js";
import type { Anchor } from "./anchor.js";
import { useHistory } from "./history.js";
import { JumpToLatest } from "./JumpToLatest.js";
import { useMessageKeys } from "./messageKeys.js";
import { useFocusedMessage } from "./messageFocus.js";
import { useReading } from "./reading.js";
import { spanAround } from "./span.js";
import "./timeline.css";

interface TimelineProps {
  readonly state: ConversationState;
  /** The state is the same object after each change: this says which. */
  readonly version: number;
  readonly anchor: Anchor;
  /** A message to show and to mark, of the address. */
  readonly jumpTo: number | undefined;
}

const nearEnd = 48;

/**
 * The messages of a conversation, a row for each seq, whether it has been loaded or not: so the whole history can be scrolled through,
 * and any message jumped to, with only what is on screen in the page. What comes into view is loaded; what becomes higher above the
 * view leaves the view where it is.
 */
export const Timeline = ({ state, anchor, jumpTo }: TimelineProps) => {
  const t = useText();
  useLive(({ client }) => client.people.version);
  const scroller = useRef<HTMLDivElement>(null);
  const list = useRef<VirtualizerHandle>(null);
  const stuck = useRef(anchor.seq === undefined);
  const offset = useRef(0);
  const [atEnd, setAtEnd] = useState(stuck.current);
  const [marked, setMarked] = useState(jumpTo);
  const { lastSeq } = state.overview;
  const [span, setSpan] = useState(() => spanAround(anchor.seq ?? lastSeq, lastSeq));
  const last = span.toEnd ? lastSeq : span.last;
  const known = Math.max(0, last - span.first + 1);
  const pending = span.toEnd ? state.pending.filter((p) => p.request.threadRoot === undefined) : [];
  const count = known + pending.length;
  const want = useHistory(state);
  const saw = useReading(state);
  const focus = useFocusedMessage(state, scroller, list, span.first, useMessageKeys());

  const look = useCallback(() => {
    const view = list.current;
    if (view === null) {
      return;
    }
    const { scrollOffset, viewportSize, scrollSize } = view;
    const end = scrollSize - scrollOffset - viewportSize < nearEnd;
    // Only who scrolls up leaves the end: rows that grow and a view that shrinks do not.
    stuck.current = end || (stuck.current && scrollOffset >= offset.current - 1);
    offset.current = scrollOffset;
    setAtEnd(stuck.current && span.toEnd);
    const top = span.first + view.findItemIndex(scrollOffset);
    const bottom = span.first + view.findItemIndex(scrollOffset + viewportSize - 8);
    want(top, Math.min(bottom, lastSeq));
    saw(Math.min(bottom, lastSeq));
  }, [span, want, saw, lastSeq]);

  const toLatest = useCallback(() => {
    setSpan(spanAround(lastSeq, lastSeq));
    stuck.current = true;
    requestAnimationFrame(() => list.current?.scrollToIndex(Math.max(0, count - 1), { align: "end" }));
  }, [lastSeq, count]);

  // Where it is opened, or where the address leads later.
  const target = jumpTo ?? anchor.seq;
  useLayoutEffect(() => {
    setMarked(jumpTo);
    if (target === undefined) {
      list.current?.scrollToIndex(Math.max(0, count - 1), { align: "end" });
      return;
    }
    const now = target >= span.first && target <= last ? span : spanAround(target, lastSeq);
    setSpan(now);
    stuck.current = false;
    const scroll = () => list.current?.scrollToIndex(target - now.first, jumpTo === undefined ? { align: "start", offset: -64 } : { align: "center" });
    scroll();
    const frame = requestAnimationFrame(scroll);
    return () => cancelAnimationFrame(frame);
    // Only when the target changes: what comes later does not move the reader.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [target]);

  useLayoutEffect(() => {
    if (stuck.current && span.toEnd) {
      list.current?.scrollToIndex(Math.max(0, count - 1), { align: "end" });
    }
    look();
  }, [count, span, look]);

  const resized = () => {
    if (stuck.current && span.toEnd) {
      list.current?.scrollToIndex(Math.max(0, count - 1), { align: "end" });
    } else {
      look();
    }
  };

  // Own words are seen, wherever the reader was.
  const own = pending.at(-1)?.request.clientId;
  useEffect(() => {
    if (own !== undefined) {
      toLatest();
    }
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [own]);

  return (
    <div className="timeline">
      <div
        ref={scroller} className="timeline-scroll scroll" role="feed" aria-label={t.messages} aria-busy={false} tabIndex={count === 0 ? 0 : -1}
        {...focus.handlers}
      >
        <div className="timeline-start" />
        {count === 0 && <Empty icon="thread" title={t.noMessages} hint={t.noMessagesHint} />}
        <Virtualizer ref={list} scrollRef={scroller} data={{ length: count }} itemSize={56} bufferSize={400} onScroll={look} onResize={resized}>
          {(_, index) => {
            const waiting = pending[index - known];
            const seq = span.first + index;
            return waiting === undefined ? (
              <MessageRow key={seq} {...rowOf(state, seq, span.first)} unreadStart={seq === anchor.unreadFrom} marked={seq === marked}
                isLast={seq === lastSeq} focusable={seq === focus.seq} active={seq === focus.active} />
            ) : (
              <PendingRow key={waiting.request.clientId} pending={waiting} state={state} />
            );
          }}
        </Virtualizer>
      </div>
      {!atEnd && <JumpToLatest state={state} onJump={toLatest} />}
    </div>
  );
};

/** What a row depends on: rows are drawn anew only when one of these is another one. */
const rowOf = (state: ConversationState, seq: number, first: number) => {
  const message = state.held.get(seq);
  return { state, seq, message, previous: previousOf(state, seq, first), own: state.mine(seq), hidden: state.held.isHidden(seq) };
};

const previousOf = (state: ConversationState, seq: number, first: number) => {
  let before = seq - 1;
  while (before >= first && seq - before < 20 && state.held.isHidden(before)) {
    before--;
  }
  return state.held.get(before);
};
