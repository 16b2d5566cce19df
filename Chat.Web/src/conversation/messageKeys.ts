import { useMemo } from "react";
import { useChat } from "../app/chat.js";
import { mayEdit } from "../messages/actions.js";
import type { MessageKeys } from "./messageFocus.js";
import { usePlace } from "./place.js";

export const useMessageKeys = (): MessageKeys => {
  const { client } = useChat();
  const { setPurpose, setPanel } = usePlace();
  return useMemo<MessageKeys>(
    () => ({
      r: (message) => setPurpose({ what: "reply", message }),
      t: ({ seq, threadRoot }) => setPanel({ what: "thread", seq: threadRoot ?? seq }),
      e: (message) => mayEdit(message, client.userId) && setPurpose({ what: "edit", message }),
    }),
    [client, setPurpose, setPanel],
  );
};
