import { useState } from "react";
import { useChat, useLive } from "../app/chat.js";
import type { Message } from "../client/index.js";
import { titleOf } from "../conversation/titles.js";
import { inOrder, matching } from "../sidebar/order.js";
import { useText } from "../text/text.js";
import { Avatar } from "../ui/Avatar.js";
import { Dialog } from "../ui/Dialog.js";
import { toast } from "../ui/toasts.js";

const shownAtMost = 30;

export const ForwardDialog = ({ message, onClose }: { message: Message; onClose: () => void }) => {
  const t = useText();
  const { client, outbox } = useChat();
  const order = useLive(inOrder);
  const [filter, setFilter] = useState("");
  const all = order.flatMap((id) => client.conversations.get(id) ?? []);
  const shown = matching(all, filter, false, client.userId, t).slice(0, shownAtMost);
  const send = (id: string, title: string) => {
    outbox.add(id, { forwardOf: { conversationId: message.conversationId, seq: message.seq } });
    toast(t.forwardedTo(title));
    onClose();
  };
  return (
    <Dialog title={t.forward} onClose={onClose}>
      <div className="form">
        <input type="search" className="input" value={filter} aria-label={t.filterConversations} placeholder={t.filterConversations} autoFocus
          onChange={(e) => setFilter(e.target.value)} />
        <ul>
          {shown.map(({ id, conversation }) => {
            const title = titleOf(conversation, client.userId, t);
            return (
              <li key={id}>
                <button type="button" className="menu-item" onClick={() => send(id, title)}>
                  <Avatar id={id} name={title} size="small" />
                  <bdi className="ellipsis">{title}</bdi>
                </button>
              </li>
            );
          })}
        </ul>
        {shown.length === 0 && <p className="hint">{t.nothingFound}</p>}
      </div>
    </Dialog>
  );
};
