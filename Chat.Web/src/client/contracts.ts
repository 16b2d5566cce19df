// What the API and the hub say, as far as the client acts on it: Chat.Contracts is the whole. Other fields are kept as they come.

export interface Message {
  readonly conversationId: string;
  readonly seq: number;
  /** The conversation's rev at which the message last changed; of two states of it that of the greater rev holds. */
  readonly rev: number;
  readonly senderId: string;
  readonly clientId: string;
  readonly kind: string;
  readonly text: string;
  readonly createdAt: string;
  readonly deletedAt?: string;
}

export interface Membership {
  readonly role: string;
  readonly readSeq: number;
  readonly unread: number;
}

export interface Conversation {
  readonly id: string;
  readonly kind: string;
  readonly title?: string;
  readonly lastSeq: number;
  readonly lastRev: number;
  readonly membershipVersion: number;
  readonly memberCount: number;
  readonly firstMembers: readonly { readonly id: string; readonly displayName: string }[];
  readonly me?: Membership;
}

export interface ConversationList {
  readonly items: readonly { readonly id: string }[];
  readonly next?: string | null;
}

export interface MessagePage {
  readonly items: readonly Message[];
  readonly mine: readonly { readonly seq: number; readonly emoji: readonly string[] }[];
  readonly lastSeq: number;
  readonly rev: number;
  readonly changesToken: string;
  readonly next?: number | null;
}

export interface ChangePage {
  readonly messages: readonly Message[];
  readonly rev: number;
  readonly next: string;
  readonly more: boolean;
  readonly reload: boolean;
  readonly conversation?: Conversation | null;
}

export interface OwnMessage {
  readonly conversationId: string;
  readonly seq: number;
  readonly reactions: readonly string[];
  readonly hidden: boolean;
}

export interface OwnChangePage {
  readonly conversations: readonly { readonly conversationId: string; readonly conversation?: Conversation | null }[];
  readonly messages: readonly OwnMessage[];
  readonly rev: number;
  readonly next: string;
  readonly more: boolean;
}

export interface SignIn {
  readonly accessToken: string;
  readonly expiresAt: string;
  readonly refreshToken: string;
  readonly user: { readonly id: string };
}

/** An event of `receive`: of a conversation's stream where it has a conversationId and a rev, else of the user. */
export interface PushedEvent {
  readonly type: string;
  readonly conversationId?: string;
  readonly membershipVersion?: number;
  readonly rev?: number;
  readonly message?: Message;
  readonly conversation?: Conversation;
}

export interface Ready {
  readonly userId: string;
  readonly ownRev: number;
  /** Null: too many to say. */
  readonly heads: Readonly<Record<string, number>> | null;
  /** Milliseconds. */
  readonly catchUpWithin: number;
}

export interface NewHeads {
  readonly heads: Readonly<Record<string, number>>;
  readonly ownRev: number | null;
  readonly catchUpWithin: number;
}

export interface Closing {
  readonly code: string;
  readonly reconnect: boolean;
  /** Milliseconds. */
  readonly after: number;
}
