import type { Api } from "./api.js";
import { Backoff, delay } from "./backoff.js";
import type { Message } from "./contracts.js";

/** A message to be sent; `clientId` stays the same however often it is sent, so it is stored once. */
export interface SendRequest {
  readonly clientId: string;
  readonly text: string;
}

/** Something that the user has written, from then until the server has it. */
export interface PendingMessage {
  readonly conversationId: string;
  readonly request: SendRequest;
  /** The message as it is stored; undefined: refused, or not sent for too long, and for the user to send again. */
  readonly outcome: Promise<Message | undefined>;
}

/**
 * Sends what the user writes, in the order of writing in each conversation: the next only when the one before is acknowledged or given
 * up.
 */
export class Outbox {
  readonly #last = new Map<string, Promise<unknown>>();

  constructor(
    private readonly api: Api,
    private readonly backoff: Backoff,
    private readonly ended: (pending: PendingMessage, message: Message | undefined) => void,
    private readonly signal: AbortSignal,
    private readonly attempts = 12,
  ) {}

  add(conversationId: string, request: SendRequest): PendingMessage {
    const before = this.#last.get(conversationId) ?? Promise.resolve();
    const outcome = before.then(() => this.#send(conversationId, request));
    const pending: PendingMessage = { conversationId, request, outcome };
    this.#last.set(
      conversationId,
      outcome.then(
        (message) => this.ended(pending, message),
        () => undefined,
      ),
    );
    return pending;
  }

  async #send(conversationId: string, request: SendRequest): Promise<Message | undefined> {
    for (let attempt = 0; attempt < this.attempts && !this.signal.aborted; attempt++) {
      const answer = await this.api.tryPost<Message>(`/api/conversations/${conversationId}/messages`, request);
      if (answer !== undefined) {
        // Stored, or refused for a reason that does not go away by itself.
        return answer.value;
      }
      await delay(this.backoff.pause(attempt), this.signal);
    }
    return undefined;
  }
}
