import { Backoff, delay } from "./backoff.js";
import type { SignIn } from "./contracts.js";

/** The session has ended, here or on another device: sign in again. */
export class SessionEnded extends Error {
  constructor() {
    super("The session has ended.");
  }
}

/** Where the tokens are kept that several clients of one sign-in share: of two that refresh at once, one would end the session. */
export interface SignInStore {
  /** Undefined: signed out meanwhile. */
  read(): SignIn | undefined;
  write(signIn: SignIn): void;
  /** One at a time among all that share it. */
  exclusively<T>(work: () => Promise<T>): Promise<T>;
}

const alone = (signIn: SignIn): SignInStore => ({
  read: () => signIn,
  write: (next) => (signIn = next),
  exclusively: (work) => work(),
});

/** The user's tokens. The access token is renewed before its end, and when it was refused; the refresh token changes with each use. */
export class Session {
  #turn: Promise<unknown> = Promise.resolve();
  #ended = false;

  constructor(
    private readonly api: readonly string[],
    private signIn: SignIn,
    private readonly backoff: Backoff,
    private readonly signal: AbortSignal,
    private readonly store: SignInStore = alone(signIn),
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
      if (!(await this.store.exclusively(() => this.#refresh(attempt, refused)))) {
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

  async #refresh(attempt: number, refused: string | undefined): Promise<boolean> {
    const kept = this.store.read();
    if (kept === undefined) {
      this.#ended = true;
      return true;
    }
    this.signIn = kept;
    if (this.#holds(refused)) {
      return true;
    }
    try {
      const answer = await fetch(`${this.api[attempt % this.api.length]}/api/auth/refresh`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ refreshToken: this.signIn.refreshToken }),
        signal: AbortSignal.any([this.signal, AbortSignal.timeout(10_000)]),
      });
      if (answer.status === 401) {
        this.#ended = true;
        return true;
      } else if (answer.ok) {
        this.signIn = (await answer.json()) as SignIn;
        this.store.write(this.signIn);
        return true;
      }
    } catch {
      // No answer: the next replica is asked.
    }
    return false;
  }
}
