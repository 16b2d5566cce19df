import { useEffect, useRef } from "react";
import { useChat } from "../app/chat.js";
import type { ConversationState } from "../client/index.js";

/** Where a conversation is opened. */
export interface Anchor {
  /** The message to begin at; undefined: the latest. */
  readonly seq: number | undefined;
  /** The first that was unread when it was opened; undefined: none. */
  readonly unreadFrom: number | undefined;
}

const before = 5;
const after = 20;

/** Undefined until the messages around it are held. It stays what it was when the conversation was opened. */
export const useAnchor = (state: ConversationState | undefined, jumpTo: number | undefined): Anchor | undefined => {
  const { client } = useChat();
  const opened = useRef<Anchor | undefined>(undefined);
  if (opened.current === undefined && state?.isLoaded === true && state.conversation !== undefined) {
    const { unread, readSeq, lastSeq } = state.overview;
    const unreadFrom = unread > 0 ? readSeq + 1 : undefined;
    opened.current = { unreadFrom, seq: jumpTo === undefined ? unreadFrom : Math.min(jumpTo, lastSeq) };
  }
  const anchor = opened.current;
  const missing = isMissing(state, anchor?.seq);
  useEffect(() => {
    if (missing && state !== undefined && anchor?.seq !== undefined) {
      void client.loadUpTo(state.id, Math.min(state.overview.lastSeq, anchor.seq + 60)).catch(() => undefined);
    }
  }, [client, state, missing, anchor]);
  return missing ? undefined : anchor;
};

export const isMissing = (state: ConversationState | undefined, seq: number | undefined): boolean =>
  state !== undefined && seq !== undefined
  && state.held.missing(Math.max(1, seq - before), Math.min(state.overview.lastSeq, seq + after)).length > 0;
