export interface Emoji {
  readonly unicode: string;
  readonly label: string;
  readonly group: number;
  /** Name and tags, lower-case, to be found by. */
  readonly words: string;
}

interface Entry {
  readonly unicode: string;
  readonly label: string;
  readonly group?: number;
  readonly order?: number;
  readonly tags?: readonly string[];
}

const loaded = new Map<string, Promise<readonly Emoji[]>>();

/** The emoji with their names in a language, in the order of Unicode; of those with skin tones the yellow ones. */
export const loadEmoji = (language: "en" | "de"): Promise<readonly Emoji[]> => {
  const held = loaded.get(language) ?? load(language);
  loaded.set(language, held);
  return held;
};

const load = async (language: "en" | "de"): Promise<readonly Emoji[]> => {
  const { default: entries } = language === "de" ? await import("emojibase-data/de/compact.json") : await import("emojibase-data/en/compact.json");
  return (entries as readonly Entry[])
    .filter((e) => e.group !== undefined && e.group !== 2)
    .sort((a, b) => (a.order ?? 0) - (b.order ?? 0))
    .map(({ unicode, label, group, tags }) => ({ unicode, label, group: group ?? 0, words: [label, ...(tags ?? [])].join(" ").toLocaleLowerCase() }));
};

export const groupsOf = (all: readonly Emoji[]): number[] => [...new Set(all.map((e) => e.group))].sort((a, b) => a - b);
