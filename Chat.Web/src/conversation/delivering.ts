import { useEffect } from "react";
import { useChat } from "../app/chat.js";
import { membersMax } from "./cursors.js";

const pause = 3_000;

/** Tells the senders that what was pushed has come: once in a while for each conversation, not for each message. */
export const useDelivering = (): void => {
  const { client, onMessage } = useChat();
  useEffect(() => {
    const due = new Map<string, number>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tell = () => {
      timer = undefined;
      for (const [id, seq] of due) {
        // What is read was delivered.
        if (seq > (client.conversations.get(id)?.overview.readSeq ?? seq)) {
          void client.call("PUT", `/api/conversations/${id}/delivered`, { seq }).catch(() => undefined);
        }
      }
      due.clear();
    };
    const leave = onMessage(({ conversationId, senderId, seq }) => {
      const members = client.conversations.get(conversationId)?.conversation?.memberCount ?? membersMax + 1;
      if (senderId !== client.userId && members <= membersMax) {
        due.set(conversationId, Math.max(seq, due.get(conversationId) ?? 0));
        timer ??= setTimeout(tell, pause);
      }
    });
    return () => {
      leave();
      clearTimeout(timer);
    };
  }, [client, onMessage]);
};
