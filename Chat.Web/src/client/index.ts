export { Backoff } from "./backoff.js";
export { ChatClient, type ClientOptions } from "./chatClient.js";
export type * from "./contracts.js";
export { ConversationState } from "./conversationState.js";
export type { PendingMessage } from "./outbox.js";
export { SessionEnded } from "./session.js";
