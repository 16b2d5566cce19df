/** A set of seqs, kept as ranges that neither touch nor overlap, in their order. */
export class SeqRanges {
  #ranges: (readonly [from: number, to: number])[] = [];

  has(seq: number): boolean {
    return this.#ranges.some(([from, to]) => from <= seq && seq <= to);
  }

  /** Both ends included; `to` may be Infinity. */
  add(from: number, to: number): void {
    const apart = this.#ranges.filter(([f, t]) => t < from - 1 || f > to + 1);
    const joined = this.#ranges.filter(([f, t]) => t >= from - 1 && f <= to + 1);
    const begin = Math.min(from, ...joined.map(([f]) => f));
    const end = Math.max(to, ...joined.map(([, t]) => t));
    this.#ranges = [...apart, [begin, end] as const].sort(([a], [b]) => a - b);
  }

  clear(): void {
    this.#ranges = [];
  }

  /** The first seq of the last range; undefined where there is none. */
  get lastFrom(): number | undefined {
    return this.#ranges.at(-1)?.[0];
  }

  /** What is not in it, from a seq to another, the nearest to `to` first. */
  missing(from: number, to: number): (readonly [from: number, to: number])[] {
    const gaps: [number, number][] = [];
    let next = from;
    for (const [f, t] of this.#ranges) {
      if (f > to) {
        break;
      }
      if (f > next) {
        gaps.push([next, f - 1]);
      }
      next = Math.max(next, t + 1);
    }
    if (next <= to) {
      gaps.push([next, to]);
    }
    return gaps.reverse();
  }
}
