import { expect, it } from "vitest";
import { SeqRanges } from "./seqRanges.js";
import { randomFrom } from "./testing.js";

it("has what was added, and misses the rest, whatever the order", () => {
  for (let seed = 1; seed <= 100; seed++) {
    const random = randomFrom(seed);
    const ranges = new SeqRanges();
    const there = new Set<number>();
    for (let n = 0; n < 10; n++) {
      const from = 1 + Math.floor(random() * 50);
      const to = from + Math.floor(random() * 10);
      ranges.add(from, to);
      for (let seq = from; seq <= to; seq++) {
        there.add(seq);
      }
    }

    const all = Array.from({ length: 70 }, (_, i) => i + 1);
    expect(all.filter((seq) => ranges.has(seq))).toEqual(all.filter((seq) => there.has(seq)));
    const missing = ranges.missing(5, 65).flatMap(([from, to]) => all.slice(from - 1, to));
    expect(missing.sort((a, b) => a - b)).toEqual(all.slice(4, 65).filter((seq) => !there.has(seq)));
  }
});
