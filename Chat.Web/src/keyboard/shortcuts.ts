import { useEffect } from "react";

export interface Shortcuts {
  readonly help: () => void;
  readonly filter: () => void;
  readonly compose: () => void;
  readonly newConversation: () => void;
  /** The conversation above or below in the list; `unread`: the next that has something new. */
  readonly step: (by: 1 | -1, unread: boolean) => void;
}

/** Keys that hold everywhere. Single letters not while something is typed. */
export const useShortcuts = (does: Shortcuts): void => {
  useEffect(() => {
    const onKeyDown = (e: KeyboardEvent) => {
      if (e.defaultPrevented || document.querySelector("dialog[open]") !== null) {
        return;
      }
      const command = e.ctrlKey || e.metaKey;
      const run =
        e.altKey && (e.key === "ArrowUp" || e.key === "ArrowDown") ? () => does.step(e.key === "ArrowUp" ? -1 : 1, e.shiftKey)
        : command && e.key.toLowerCase() === "k" ? does.filter
        : command || e.altKey || isTyping(e.target) ? undefined
        : { "?": does.help, "/": does.filter, c: does.compose, n: does.newConversation }[e.key];
      if (run !== undefined) {
        e.preventDefault();
        run();
      }
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [does]);
};

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
