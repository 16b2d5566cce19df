/** How far a stream is known: up to a rev without a gap, some revs beyond gaps, and how far it is said to reach. */
export class Revs {
  #rev = 0;
  #head = 0;
  readonly #ahead = new Set<number>();

  /** Up to here nothing is missing. */
  get rev(): number {
    return this.#rev;
  }

  /** Something is known to be missing: a rev came before an earlier one, or a head was told. */
  get isBehind(): boolean {
    return this.#ahead.size > 0 || this.#head > this.#rev;
  }

  /** What came with a rev was applied. */
  came(rev: number): void {
    if (rev === this.#rev + 1) {
      this.reach(rev);
    } else if (rev > this.#rev) {
      this.#ahead.add(rev);
    }
  }

  /** The server has told how far it has come. */
  told(head: number): void {
    this.#head = Math.max(this.#head, head);
  }

  /** Everything up to a rev is known, and over what follows it without a gap. */
  reach(rev: number): void {
    while (this.#ahead.delete(rev + 1)) {
      rev++;
    }
    this.#rev = rev;
    this.#ahead.forEach((ahead) => ahead <= rev && this.#ahead.delete(ahead));
  }

  /** The history is another one now: what is known of revs holds no more. */
  forget(): void {
    this.#rev = this.#head = 0;
    this.#ahead.clear();
  }
}
