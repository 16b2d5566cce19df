export type { Answer, Method, Problem } from "./api.js";
export { Backoff } from "./backoff.js";
export { ChatClient, type ClientOptions, type LinkState } from "./chatClient.js";
export type * from "./contracts.js";
export { ConversationState } from "./conversationState.js";
export type { Outcome, PendingMessage, SendRequest } from "./outbox.js";
export { SessionEnded, type SignInStore } from "./session.js";
export type { ConversationSnapshot, Positions } from "./snapshot.js";
export { newId } from "./uuid.js";
