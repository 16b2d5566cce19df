import type { Answer, Api, Problem } from "./api.js";
import { Backoff, delay } from "./backoff.js";
import type { Message, MessageKind } from "./contracts.js";

/** A message to be sent; `clientId` stays the same however often it is sent, so it is stored once. */
export interface SendRequest {
  readonly clientId: string;
  readonly text?: string;
  readonly kind?: MessageKind;
  readonly language?: string;
  readonly fileId?: string;
  readonly replyTo?: number;
  readonly threadRoot?: number;
  readonly forwardOf?: { readonly conversationId: string; readonly seq: number };
  readonly mentions?: readonly string[];
  readonly mentionsEveryone?: boolean;
}

/** Something that the user has written, from then until the server has it. */
export interface PendingMessage {
  readonly conversationId: string;
  readonly request: SendRequest;
  /** Refused, or not sent for too long: it is for the user to send again. */
  readonly failed?: boolean;
}

/** What became of it: the message as it is stored, or why not. No answer and no problem: it was tried too often. */
export type Outcome = Pick<Answer<Message>, "value" | "problem">;

/**
 * Sends what the user writes, in the order of writing in each conversation: the next only when the one before is acknowledged or given
 * up.
 */
export class Outbox {
  readonly #last = new Map<string, Promise<unknown>>();
  #hurry = new AbortController();

  constructor(
    private readonly api: Api,
    private readonly backoff: Backoff,
    private readonly signal: AbortSignal,
    private readonly attempts = 12,
  ) {}

  send(conversationId: string, request: SendRequest): Promise<Outcome> {
    const before = this.#last.get(conversationId) ?? Promise.resolve();
    const outcome = before.then(() => this.#send(conversationId, request));
    this.#last.set(conversationId, outcome.catch(() => undefined));
    return outcome;
  }

  /** The network is back: no pause is waited out. */
  hurry(): void {
    this.#hurry.abort();
    this.#hurry = new AbortController();
  }

  async #send(conversationId: string, request: SendRequest): Promise<Outcome> {
    for (let attempt = 0; attempt < this.attempts && !this.signal.aborted; attempt++) {
      const answer = await this.api.tryPost<Message>(`/api/conversations/${conversationId}/messages`, request);
      if (answer !== undefined) {
        // Stored, or refused for a reason that does not go away by itself.
        const problem: Problem = answer.problem ?? {};
        return answer.value === undefined ? { problem } : { value: answer.value };
      }
      await delay(this.backoff.pause(attempt), AbortSignal.any([this.signal, this.#hurry.signal]));
    }
    return {};
  }
}
