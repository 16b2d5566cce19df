import { createContext, useContext, useSyncExternalStore } from "react";
import type { ChatClient, ConversationState, Me, Message } from "../client/index.js";
import type { Connection } from "./connection.js";
import type { Uploads } from "../files/uploads.js";
import type { SharedOutbox } from "../offline/sharedOutbox.js";
import type { Presence } from "./presence.js";
import type { Signal } from "./signal.js";
import type { Typing } from "./typing.js";

/** Everything that the screens of somebody who is signed in work with. */
export interface Chat {
  readonly me: Signal<Me>;
  readonly client: ChatClient;
  readonly outbox: SharedOutbox;
  readonly uploads: Uploads;
  readonly connection: Connection;
  readonly presence: Presence;
  readonly typing: Typing;
  /** Tells once a frame, however much changes. */
  readonly follow: (tell: () => void) => () => void;
  /** Each new message that is pushed, as it comes. */
  readonly onMessage: (tell: (message: Message) => void) => () => void;
  /** Deletes what is kept of the account in this browser. */
  forget(): Promise<void>;
  /** Ends it: signed out, or another account. */
  stop(): void;
}

export const ChatContext = createContext<Chat | undefined>(undefined);

export const useChat = (): Chat => {
  const chat = useContext(ChatContext);
  if (chat === undefined) {
    throw new Error("Only for screens of somebody who is signed in.");
  }
  return chat;
};

/** Something of the client, anew whenever it is another value; it must be a primitive or the same object while it is the same. */
export const useLive = <T>(select: (chat: Chat) => T): T => {
  const chat = useChat();
  return useSyncExternalStore(chat.follow, () => select(chat));
};

/** A conversation and its version, so that whoever shows it is told of each change. Undefined: none that is known. */
export const useConversation = (id: string | undefined): ConversationState | undefined => {
  const chat = useChat();
  useLive(({ client }) => (id === undefined ? -1 : (client.conversations.get(id)?.version ?? -1)));
  return id === undefined ? undefined : chat.client.conversations.get(id);
};

/** A person's name; empty until it is known. */
export const useName = (id: string): string => useLive(({ client }) => client.people.name(id) ?? "");
