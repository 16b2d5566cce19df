import { useEffect } from "react";
import { useLive } from "../app/chat.js";
import { isMuted } from "../sidebar/muted.js";
import { useText } from "../text/text.js";

/** The page's title and its icon say how many conversations have something new. */
export const useUnreadTitle = (): void => {
  const t = useText();
  const count = useLive(({ client }) => {
    let unread = 0;
    for (const { overview, conversation } of client.conversations.values()) {
      const me = conversation?.me;
      if (me !== undefined && !isMuted(me) && me.archived !== true && (overview.unread > 0 || me.markedUnread === true)) {
        unread++;
      }
    }
    return unread;
  });
  useEffect(() => {
    document.title = count > 0 ? `(${count}) ${t.appName}` : t.appName;
    document.querySelector<HTMLLinkElement>("link[rel=icon]")?.setAttribute("href", count > 0 ? "/icon-unread.svg" : "/icon.svg");
  }, [count, t]);
};
