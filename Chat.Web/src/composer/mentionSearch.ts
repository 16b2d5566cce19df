/** Somebody who can be mentioned; without id: everyone. */
export interface Mentionable {
  readonly id: string;
  readonly name: string;
  readonly userName: string;
}

const shownAtMost = 6;
const mentionsMax = 50;

/** What was typed after the `@` before the caret; undefined: none is being typed. */
export const mentionBefore = (text: string): string | undefined => /(?:^|[\s(])@([\p{L}\p{N}._-]{0,32})$/u.exec(text)?.[1];

export const suggest = (all: readonly Mentionable[], begun: string): readonly Mentionable[] => {
  const wanted = begun.toLocaleLowerCase();
  const fits = ({ name, userName }: Mentionable) =>
    userName.startsWith(wanted) || name.toLocaleLowerCase().split(/\s+/).some((word) => word.startsWith(wanted));
  return all.filter(fits).slice(0, shownAtMost);
};

/** Whose names stand behind an `@`. */
export const mentionedIn = (text: string, all: readonly Mentionable[]): { readonly ids: string[]; readonly everyone: boolean } => {
  const named = all.filter(({ name }) => isNamed(text, name));
  return { ids: named.filter((m) => m.id !== "").map((m) => m.id).slice(0, mentionsMax), everyone: named.some((m) => m.id === "") };
};

const isNamed = (text: string, name: string): boolean => {
  for (let at = text.indexOf(`@${name}`); at >= 0; at = text.indexOf(`@${name}`, at + 1)) {
    if (!/[\p{L}\p{N}]/u.test(text.charAt(at + name.length + 1))) {
      return true;
    }
  }
  return false;
};
