import type { Conversation, Message, OwnReactions } from "./contracts.js";

/** What is kept of a conversation between two starts. */
export interface ConversationSnapshot {
  readonly id: string;
  readonly conversation: Conversation;
  /** Empty: its messages were not held. */
  readonly token: string;
  readonly rev: number;
  readonly from: number;
  readonly messages: readonly Message[];
  readonly hidden: readonly number[];
  readonly mine: readonly OwnReactions[];
}

/** What is kept beside the conversations: how far the user's own stream and the list of conversations are known. */
export interface Positions {
  readonly ownToken: string;
  readonly ownRev: number;
  readonly listToken: string;
}
