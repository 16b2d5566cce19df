import { useEffect } from "react";
import { useChat } from "../app/chat.js";
import { useSignal } from "../app/signal.js";
import type { ConversationState, MemberCursors } from "../client/index.js";

/** Beyond that many members the others' positions are not pushed, and not shown. */
export const membersMax = 200;

/** Asks how far the others have read when a conversation is opened and after each connect: while away, nobody told. */
export const useCursors = (state: ConversationState | undefined): void => {
  const { client, connection } = useChat();
  const link = useSignal(connection.state);
  const wanted = state !== undefined && state.isLoaded && (state.conversation?.memberCount ?? 0) <= membersMax;
  useEffect(() => {
    if (wanted && link === "live") {
      void client
        .call<{ items: readonly MemberCursors[] }>("GET", `/api/conversations/${state.id}/cursors`)
        .then(({ value }) => {
          state.moved(value?.items ?? []);
          client.touch();
        })
        .catch(() => undefined);
    }
  }, [client, state, wanted, link]);
};
