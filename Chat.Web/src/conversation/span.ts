/** The seqs that the list has rows for. */
export interface Span {
  readonly first: number;
  readonly last: number;
  /** It reaches to the latest, and grows with it. */
  readonly toEnd: boolean;
}

/** Rows of one list, at most: browsers do not scroll more than some 30 million pixels. */
const rowsMax = 200_000;

/** All there is, or of a very long history the part around a seq. */
export const spanAround = (seq: number, lastSeq: number): Span => {
  if (lastSeq <= rowsMax || lastSeq - seq < rowsMax / 2) {
    return { first: Math.max(1, lastSeq - rowsMax + 1), last: lastSeq, toEnd: true };
  }
  const first = Math.max(1, seq - rowsMax / 2);
  return { first, last: first + rowsMax - 1, toEnd: false };
};
