import { useEffect, useRef, useState, type FocusEvent, type KeyboardEvent, type PointerEvent, type RefObject, type SyntheticEvent } from "react";
import type { VirtualizerHandle } from "virtua";
import type { ConversationState, Message } from "../client/index.js";

/** What a letter does with the message that has the focus. */
export type MessageKeys = Readonly<Record<string, (message: Message) => void>>;

/**
 * One message of the feed is reached by Tab; from there the arrow keys, Page Up and Down, Home and End go from message to message, as
 * the ARIA feed pattern has it, also to those that were not in the page.
 */
export const useFocusedMessage = (
  state: ConversationState, scroller: RefObject<HTMLElement | null>, list: RefObject<VirtualizerHandle | null>, first: number,
  keys: MessageKeys,
) => {
  const [chosen, setChosen] = useState<number>();
  const [pointed, setPointed] = useState<number>();
  const [within, setWithin] = useState(false);
  const wanted = useRef<number>(undefined);
  const { lastSeq } = state.overview;

  const find = (seq: number) => scroller.current?.querySelector<HTMLElement>(`article[data-seq="${seq}"]`);
  const focus = (seq: number) => {
    setChosen(seq);
    wanted.current = seq;
    const there = find(seq);
    if (there == null) {
      list.current?.scrollToIndex(seq - first, { align: "nearest" });
      return;
    }
    wanted.current = undefined;
    there.focus({ preventScroll: true });
    there.scrollIntoView({ block: "nearest" });
  };

  // A message that was scrolled to gets the focus when it is there.
  useEffect(() => {
    if (wanted.current !== undefined && find(wanted.current) != null) {
      focus(wanted.current);
    }
  });

  const step = (from: number, by: 1 | -1): number => {
    let seq = from + by;
    while (seq > first && seq < lastSeq && state.held.isHidden(seq)) {
      seq += by;
    }
    return Math.min(lastSeq, Math.max(first, seq));
  };

  const onKeyDown = (e: KeyboardEvent<HTMLElement>) => {
    const article = e.target instanceof HTMLElement && e.target.matches("article[data-seq]") ? e.target : undefined;
    if (e.key === "Escape" && article === undefined && e.target instanceof HTMLElement) {
      e.target.closest<HTMLElement>("article[data-seq]")?.focus();
    }
    if (article === undefined || e.altKey || e.ctrlKey || e.metaKey) {
      return;
    }
    const seq = Number(article.dataset["seq"]);
    const next = { ArrowUp: step(seq, -1), ArrowDown: step(seq, 1), PageUp: step(seq - 9, -1), PageDown: step(seq + 9, 1), Home: first, End: lastSeq }[e.key];
    if (next !== undefined) {
      e.preventDefault();
      focus(Math.min(lastSeq, Math.max(first, next)));
      return;
    }
    const message = state.held.get(seq);
    const run = keys[e.key];
    if (message !== undefined && run !== undefined) {
      e.preventDefault();
      run(message);
    }
  };
  const onFocus = (e: FocusEvent<HTMLElement>) => {
    if (isElsewhere(e)) {
      return;
    }
    const seq = seqOf(e.target);
    setWithin(seq !== undefined);
    if (seq !== undefined) {
      setChosen(seq);
    }
  };
  const onBlur = (e: FocusEvent<HTMLElement>) =>
    !isElsewhere(e) && setWithin(e.relatedTarget instanceof Element && (e.currentTarget.contains(e.relatedTarget) || isAbove(e.relatedTarget)));
  // A finger has no place to rest: it taps a message to see what can be done with it.
  const onPointerOver = (e: PointerEvent<HTMLElement>) => !isElsewhere(e) && e.pointerType === "mouse" && setPointed(seqOf(e.target));
  const onPointerLeave = (e: PointerEvent<HTMLElement>) => !(e.relatedTarget instanceof Element && isAbove(e.relatedTarget)) && setPointed(undefined);
  const known = chosen !== undefined && state.held.get(chosen) !== undefined;
  return {
    /** The one that Tab reaches. */
    seq: known ? chosen : lastSeq,
    /** The one whose tools are shown. */
    active: pointed ?? (within ? chosen : undefined),
    handlers: { onKeyDown, onFocus, onBlur, onPointerOver, onPointerLeave },
  };
};

/** What a message has opened stands elsewhere in the page, but its events come here too. */
const isElsewhere = (e: SyntheticEvent<HTMLElement>): boolean => !(e.target instanceof Node && e.currentTarget.contains(e.target));

/** A menu or a dialog: the message that opened it keeps its tools, and with them the dialog. */
const isAbove = (element: Element): boolean => element.closest(".popover, dialog") !== null;

const seqOf = (target: EventTarget): number | undefined => {
  const seq = target instanceof Element ? target.closest<HTMLElement>("article[data-seq]")?.dataset["seq"] : undefined;
  return seq === undefined ? undefined : Number(seq);
};
