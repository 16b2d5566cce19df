import { useMemo } from "react";
import { isDone, useAct } from "../app/act.js";
import { useChat } from "../app/chat.js";
import { go } from "../app/router.js";
import type { ConversationState, Message, MessageKind, OwnReactions } from "../client/index.js";

const editable: readonly MessageKind[] = ["text", "code", "image", "file", "voice"];

export const mayEdit = (message: Message, me: string): boolean =>
  message.senderId === me && message.deletedAt === undefined && message.forwarded !== true && editable.includes(message.kind);

export const mayDeleteForAll = (state: ConversationState, message: Message, me: string): boolean =>
  message.kind !== "system" && message.deletedAt === undefined
  && (message.senderId === me || (state.conversation?.kind !== "direct" && state.conversation?.me?.role !== "member"));

export const mayForward = (message: Message): boolean =>
  message.deletedAt === undefined && message.kind !== "system" && message.kind !== "encrypted";

/** What can be done with a message. What is the user's own shows at once, and is taken back where the server refuses it. */
export const useMessageActions = (state: ConversationState) => {
  const act = useAct();
  const { client } = useChat();
  return useMemo(() => {
    const of = (seq: number) => `/api/conversations/${state.id}/messages/${seq}`;
    const take = async (answer: Promise<{ readonly value?: Message }>) => {
      state.applyMessage((await answer).value);
      client.touch();
    };
    const assume = (own: OwnReactions, hidden = false) => {
      const { seq, emoji: reactions, vote } = own;
      state.applyOwn({ conversationId: state.id, seq, reactions, hidden, ...(vote === undefined ? {} : { vote }) });
      client.touch();
    };
    /** Shows it, asks for it, and shows what was before if it is refused. */
    const own = async (before: OwnReactions, now: OwnReactions, method: "PUT" | "DELETE", path: string, body?: unknown) => {
      assume(now);
      if (!isDone(await act(method, path, body))) {
        assume(before);
      }
    };
    return {
      edit: (seq: number, text: string, mentions: readonly string[], mentionsEveryone: boolean) =>
        take(act<Message>("PATCH", of(seq), { text, mentions, mentionsEveryone })),
      deleteForAll: async (seq: number) => void (await act("DELETE", of(seq))),
      deleteForMe: async (seq: number) => {
        if (isDone(await act("DELETE", `${of(seq)}?for=me`))) {
          assume({ ...state.mine(seq), seq }, true);
        }
      },
      pin: (message: Message) => take(act<Message>(message.pinnedAt === undefined ? "PUT" : "DELETE", `${of(message.seq)}/pin`)),
      react: (seq: number, emoji: string) => {
        const before = { ...state.mine(seq), seq };
        const has = before.emoji.includes(emoji);
        const now = { ...before, emoji: has ? before.emoji.filter((e) => e !== emoji) : [...before.emoji, emoji] };
        return own(before, now, has ? "DELETE" : "PUT", `${of(seq)}/reactions/${encodeURIComponent(emoji)}`);
      },
      vote: (seq: number, options: readonly number[]) => {
        const { vote, ...rest } = { ...state.mine(seq), seq };
        const before = vote === undefined ? rest : { ...rest, vote };
        return options.length === 0
          ? own(before, rest, "DELETE", `${of(seq)}/vote`)
          : own(before, { ...rest, vote: options }, "PUT", `${of(seq)}/vote`, { options });
      },
      closePoll: (seq: number, close: boolean) => take(act<Message>("POST", `${of(seq)}/${close ? "close" : "reopen"}`)),
      addOption: (seq: number, option: string) => take(act<Message>("POST", `${of(seq)}/options`, { text: option })),
      markUnread: async () => {
        if (isDone(await act("PUT", `/api/conversations/${state.id}/unread`))) {
          state.assume({ markedUnread: true });
          client.touch();
          // Left open, it would be read at once.
          go("/");
        }
      },
    };
  }, [act, client, state]);
};
