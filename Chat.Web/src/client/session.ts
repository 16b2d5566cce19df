import { Backoff, delay } from "./backoff.js";
import type { SignIn } from "./contracts.js";

/** The session has ended, here or on another device: sign in again. */
export class SessionEnded extends Error {
  constructor() {
    super("The session has ended.");
  }
}

/** The user's tokens. The access token is renewed before its end, and when it was refused; the refresh token changes with each use. */
export class Session {
  #turn: Promise<unknown> = Promise.resolve();
  #ended = false;

  constructor(
    private readonly api: readonly string[],
    private signIn: SignIn,
    private readonly backoff: Backoff,
    private readonly signal: AbortSignal,
  ) {}

  get userId(): string {
    return this.signIn.user.id;
  }

  /** A token that holds for a while yet. `refused`: one that was just not taken. */
  accessToken(refused?: string): Promise<string> {
    if (this.#holds(refused)) {
      return Promise.resolve(this.signIn.accessToken);
    }
    // One at a time: the refresh token that is sent second would be one that was used before, which ends the session.
    const turn = this.#turn.then(() => this.#renew(refused));
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async #renew(refused: string | undefined): Promise<string> {
    for (let attempt = 0; !this.#holds(refused); attempt++) {
      this.signal.throwIfAborted();
      if (!(await this.#refresh(attempt))) {
        await delay(this.backoff.pause(attempt), this.signal);
      }
    }
    return this.signIn.accessToken;
  }

  #holds(refused: string | undefined): boolean {
    if (this.#ended) {
      throw new SessionEnded();
    }
    return this.signIn.accessToken !== refused && Date.parse(this.signIn.expiresAt) - 60_000 > Date.now();
  }

  async #refresh(attempt: number): Promise<boolean> {
    try {
      const answer = await fetch(`${this.api[attempt % this.api.length]}/api/auth/refresh`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ refreshToken: this.signIn.refreshToken }),
        signal: AbortSignal.any([this.signal, AbortSignal.timeout(10_000)]),
      });
      if (answer.status === 401) {
        this.#ended = true;
      } else if (answer.ok) {
        this.signIn = (await answer.json()) as SignIn;
        return true;
      }
    } catch {
      // No answer: the next replica is asked.
    }
    return false;
  }
}
