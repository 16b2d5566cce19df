import { useCallback, useEffect, useRef } from "react";
import { useChat } from "../app/chat.js";
import type { ConversationState } from "../client/index.js";

const pause = 600;

/** Tells the server what was read: what was on screen for a moment, in a window that somebody looks at. */
export const useReading = (state: ConversationState): ((bottom: number) => void) => {
  const { client } = useChat();
  const seen = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const tell = useCallback(() => {
    timer.current = undefined;
    const { overview } = state;
    const seq = Math.min(seen.current, overview.lastSeq);
    const marked = overview.conversation?.me?.markedUnread === true;
    if (seq > 0 && (seq > overview.readSeq || marked) && isLookedAt()) {
      state.readUpTo(seq);
      void client.call("PUT", `/api/conversations/${state.id}/read`, { seq }).catch(() => undefined);
    }
  }, [client, state]);
  const saw = useCallback(
    (bottom: number) => {
      seen.current = Math.max(seen.current, bottom);
      timer.current ??= setTimeout(tell, pause);
    },
    [tell],
  );
  useEffect(() => {
    const again = () => saw(seen.current);
    window.addEventListener("focus", again);
    document.addEventListener("visibilitychange", again);
    return () => {
      clearTimeout(timer.current);
      timer.current = undefined;
      window.removeEventListener("focus", again);
      document.removeEventListener("visibilitychange", again);
    };
  }, [saw]);
  return saw;
};

const isLookedAt = (): boolean => document.visibilityState === "visible" && document.hasFocus();
