/**
 * Pauses between attempts, spread at random so that those who failed together do not come back together: anything from nothing to a
 * bound that doubles with each attempt.
 */
export class Backoff {
  constructor(
    private readonly first = 1_000,
    private readonly longest = 30_000,
    private readonly random: () => number = Math.random,
  ) {}

  /** Milliseconds before an attempt, which are counted from 0. */
  pause(attempt: number): number {
    return Math.min(this.longest, this.first * 2 ** Math.min(attempt, 16)) * this.random();
  }
}

/** Ends early, without an error, when the signal does. */
export const delay = (ms: number, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal?.aborted === true) {
      return resolve();
    }
    const timer = setTimeout(done, ms);
    signal?.addEventListener("abort", done, { once: true });
    function done() {
      clearTimeout(timer);
      signal?.removeEventListener("abort", done);
      resolve();
    }
  });
