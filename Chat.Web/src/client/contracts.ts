import type { components } from "../api/schema.js";

// What the API says comes from its OpenAPI document (`npm run types`); what the hub says stands in docs/realtime.md, and here.

type Schemas = components["schemas"];

/** As it is sent: what is not there is left out, so nothing is null but for a page's `next`. */
type Sent<T> = T extends readonly (infer Item)[]
  ? readonly Sent<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: Key extends "next" | "conversation" ? Sent<T[Key]> : Sent<Exclude<T[Key], null>> }
    : T;

/** The document calls these required, but false is left out. */
type Flags<T, Keys extends keyof T> = Omit<T, Keys> & { readonly [Key in Keys]?: T[Key] };

export type Role = Schemas["MemberRole"];
export type ConversationKind = Schemas["ConversationKind"];
export type MessageKind = Schemas["MessageKind"];
export type FileContent = Sent<Schemas["FileContent"]>;
export type PollContent = Flags<Sent<Schemas["PollContent"]>, "membersAddOptions">;
export type PollTally = Sent<Schemas["PollTally"]>;
export type SystemContent = Sent<Schemas["SystemContent"]>;
export type ReactionSummary = Sent<Schemas["ReactionSummary"]>;
/** Of two states of a message that of the greater rev holds. */
export type Message = Flags<Sent<Schemas["Message"]>, "forwarded" | "mentionsEveryone">;
export type MessagePreview = Sent<Schemas["MessagePreview"]>;
export type Membership = Flags<Sent<Schemas["Membership"]>, "archived" | "markedUnread">;
export type MemberName = Sent<Schemas["MemberName"]>;
export type Member = Sent<Schemas["Member"]>;
/** Those of lists and events leave out what a list does not show. */
export type Conversation = Omit<Sent<Schemas["Conversation"]>, "createdAt" | "changesToken" | "me"> & { readonly me?: Membership };
export type ListedConversation = Sent<Schemas["ListedConversation"]>;
export type ConversationList = Sent<Schemas["ConversationList"]>;
export type Reaction = Sent<Schemas["Reaction"]>;
export type Voter = Sent<Schemas["Voter"]>;
export type MessageVersion = Sent<Schemas["MessageVersion"]>;
export type OwnReactions = Sent<Schemas["OwnReactions"]>;
export type MessagePage = Omit<Sent<Schemas["MessagePage"]>, "items"> & { readonly items: readonly Message[] };
export type ChangePage = Omit<Sent<Schemas["ChangePage"]>, "messages" | "conversation"> & {
  readonly messages: readonly Message[];
  readonly conversation?: Conversation | null;
};
export type OwnMessage = Sent<Schemas["OwnMessage"]>;
export type OwnChangePage = Sent<Schemas["OwnChangePage"]>;
export type MemberCursors = Sent<Schemas["MemberCursors"]>;
export type StoredFile = Sent<Schemas["StoredFile"]>;
export type Me = Pick<Schemas["Me"], "id" | "userName" | "displayName">;
export type UserProfile = Sent<Schemas["UserProfile"]>;

export interface SignIn {
  readonly accessToken: string;
  readonly expiresAt: string;
  readonly refreshToken: string;
  readonly user: Me;
}

/** An event of `receive`: of a conversation's stream where it has a conversationId and a rev, else of the user. */
export interface PushedEvent {
  readonly type: string;
  readonly conversationId?: string;
  readonly membershipVersion?: number;
  readonly rev?: number;
  readonly message?: Message;
  readonly conversation?: Conversation;
  readonly cursors?: readonly MemberCursors[];
}

export interface UserPresence {
  readonly userId: string;
  readonly state: "online" | "away" | "offline";
  readonly lastSeen?: string | null;
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
