import { useEffect, useRef, useState } from "react";
import { useChat } from "../app/chat.js";
import { currentRoute, go, pathOfConversation } from "../app/router.js";
import type { Message } from "../client/index.js";
import { gist, titleOf } from "../conversation/titles.js";
import { isMuted } from "../sidebar/muted.js";
import { useText } from "../text/text.js";
import { notify } from "./notifications.js";

const pause = 1_500;
const oneByOne = 2;

/**
 * Tells screen readers of new messages, and others by the browser's notifications. What comes faster than it can be heard is told as a
 * number; of what is muted nothing is said.
 */
export const Announcer = () => {
  const t = useText();
  const { client, onMessage } = useChat();
  const [words, setWords] = useState("");
  const came = useRef<string[]>([]);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    const say = () => {
      timer.current = undefined;
      setWords(came.current.length <= oneByOne ? came.current.join(". ") : t.newMessagesIn(came.current.length));
      came.current = [];
    };
    const tell = (message: Message) => {
      const state = client.conversations.get(message.conversationId);
      if (message.senderId === client.userId || message.kind === "system" || isMuted(state?.conversation?.me)) {
        return;
      }
      const title = titleOf(state?.conversation, client.userId, t);
      const who = client.people.name(message.senderId) ?? t.someone;
      const text = gist(message, t).slice(0, 200);
      came.current.push(t.newMessageFrom(who, title, text));
      timer.current ??= setTimeout(say, pause);
      const route = currentRoute();
      const seen = document.hasFocus() && route.screen === "conversation" && route.id === message.conversationId;
      if (!seen) {
        notify(state?.conversation?.kind === "direct" ? who : `${who} · ${title}`, text, message.conversationId, () => go(pathOfConversation(message.conversationId)));
      }
    };
    const stop = onMessage(tell);
    return () => {
      stop();
      clearTimeout(timer.current);
      timer.current = undefined;
    };
  }, [client, onMessage, t]);
  return (
    <div className="unseen" role="log" aria-live="polite" aria-atomic="true" aria-label={t.newMessages}>
      {words}
    </div>
  );
};
