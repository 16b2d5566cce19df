const tints = 8;

/** At most two letters: of the first word and of the last. Letters as readers see them, not code units. */
export const initials = (name: string): string => {
  const words = name.trim().split(/\s+/).filter((word) => word !== "");
  const ends = words.length > 1 ? [words[0]!, words.at(-1)!] : words;
  return ends.map(firstLetter).join("").toLocaleUpperCase();
};

const segmenter = typeof Intl.Segmenter === "function" ? new Intl.Segmenter() : undefined;

const firstLetter = (word: string): string => {
  const first = segmenter === undefined ? [...word][0] : [...segmenter.segment(word)][0]?.segment;
  // Letters with many marks on them would leave their place.
  return [...(first ?? "")].slice(0, 4).join("");
};

/** The same for the same id, everywhere and always. */
export const tint = (id: string): number => {
  let sum = 0;
  for (const c of id) {
    sum = (sum * 31 + c.charCodeAt(0)) >>> 0;
  }
  return sum % tints;
};
