import { Backoff, delay } from "./backoff.js";
import type { Session } from "./session.js";

/** What a call was answered; `value` is there where the status is of success. */
export interface Answer<T> {
  readonly status: number;
  readonly value?: T;
}

/** What the rest of the client asks of the API: a seam for its tests. */
export interface Api {
  /** Asks until there is an answer that would not change by asking again. */
  get<T>(path: string): Promise<Answer<T>>;
  /** Posts once. Undefined where it may be otherwise a moment later: no answer, too many requests, the server's own trouble. */
  tryPost<T>(path: string, body: unknown): Promise<Answer<T> | undefined>;
}

/** Calls to the API, of whichever replica answers, with a token that holds. */
export class HttpApi implements Api {
  #replica = 0;

  constructor(
    private readonly replicas: readonly string[],
    private readonly session: Session,
    private readonly backoff: Backoff,
    private readonly signal: AbortSignal,
  ) {}

  async get<T>(path: string): Promise<Answer<T>> {
    for (let attempt = 0; ; attempt++) {
      const answer = await this.#try<T>(path, {});
      if (answer !== undefined) {
        return answer;
      }
      await delay(this.backoff.pause(attempt), this.signal);
    }
  }

  tryPost<T>(path: string, body: unknown): Promise<Answer<T> | undefined> {
    return this.#try<T>(path, { method: "POST", body: JSON.stringify(body) });
  }

  async #try<T>(path: string, init: RequestInit): Promise<Answer<T> | undefined> {
    for (let refused: string | undefined; ; ) {
      this.signal.throwIfAborted();
      const token = await this.session.accessToken(refused);
      try {
        const answer = await fetch(`${this.replicas[this.#replica % this.replicas.length]}${path}`, {
          ...init,
          headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
          signal: AbortSignal.any([this.signal, AbortSignal.timeout(10_000)]),
        });
        if (answer.status === 401 && refused === undefined) {
          refused = token;
          continue;
        }
        if (answer.status === 429 || answer.status >= 500) {
          return undefined;
        }
        return answer.ok ? { status: answer.status, value: (await answer.json()) as T } : { status: answer.status };
      } catch (error) {
        this.signal.throwIfAborted();
        this.#replica++;
        return undefined;
      }
    }
  }
}
