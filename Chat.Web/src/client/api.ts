import { Backoff, delay } from "./backoff.js";
import type { Session } from "./session.js";

/** A failure as the API tells it (RFC 9457); docs/errors.md has the types. */
export interface Problem {
  readonly type?: string;
  readonly title?: string;
  readonly detail?: string;
  readonly errors?: Readonly<Record<string, readonly string[]>>;
}

/** What a call was answered; `value` is there where the status is of success and has one. */
export interface Answer<T> {
  readonly status: number;
  readonly value?: T;
  readonly problem?: Problem;
}

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

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
      const answer = await this.call<T>("GET", path);
      if (answer.status !== 0 && answer.status !== 429 && answer.status < 500) {
        return answer;
      }
      await delay(this.backoff.pause(attempt), this.signal);
    }
  }

  async tryPost<T>(path: string, body: unknown): Promise<Answer<T> | undefined> {
    const answer = await this.call<T>("POST", path, body);
    return answer.status === 0 || answer.status === 429 || answer.status >= 500 ? undefined : answer;
  }

  /** Asks once, for something that the user waits for; status 0: no answer. */
  async call<T>(method: Method, path: string, body?: unknown): Promise<Answer<T>> {
    for (let refused: string | undefined; ; ) {
      this.signal.throwIfAborted();
      const token = await this.session.accessToken(refused);
      try {
        const answer = await fetch(`${this.replicas[this.#replica % this.replicas.length]}${path}`, {
          method,
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
          headers: { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { "content-type": "application/json" }) },
          signal: AbortSignal.any([this.signal, AbortSignal.timeout(10_000)]),
        });
        if (answer.status === 401 && refused === undefined) {
          refused = token;
          continue;
        }
        const json: unknown = answer.headers.get("content-type")?.includes("json") === true ? await answer.json() : undefined;
        return { status: answer.status, ...(json === undefined ? {} : answer.ok ? { value: json as T } : { problem: json as Problem }) };
      } catch {
        this.signal.throwIfAborted();
        this.#replica++;
        return { status: 0 };
      }
    }
  }
}
