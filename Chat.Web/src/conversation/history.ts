import { useCallback, useRef } from "react";
import { useChat } from "../app/chat.js";
import type { ConversationState } from "../client/index.js";

const ahead = 60;

/** Loads what is missing around what is on screen: one page at a time, always for where the reader is now. */
export const useHistory = (state: ConversationState): ((top: number, bottom: number) => void) => {
  const { client } = useChat();
  const wanted = useRef<readonly [number, number]>([1, 0]);
  const busy = useRef(false);
  return useCallback(
    (top: number, bottom: number) => {
      wanted.current = [Math.max(1, top - ahead), Math.min(state.overview.lastSeq, bottom + ahead)];
      const next = async () => {
        for (let gap = state.held.missing(...wanted.current)[0]; gap !== undefined; gap = state.held.missing(...wanted.current)[0]) {
          await client.loadUpTo(state.id, gap[1]);
        }
      };
      if (!busy.current) {
        busy.current = true;
        void next().catch(() => undefined).finally(() => (busy.current = false));
      }
    },
    [client, state],
  );
};
