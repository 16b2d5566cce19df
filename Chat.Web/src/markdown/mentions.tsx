import type { ReactNode } from "react";

/** Marks `@name` of those who were mentioned; the longest name first, so that "@Ann Lee" is not "@Ann". */
export const splitMentions = (text: string, names: readonly string[]): ReactNode => {
  if (names.length === 0 || !text.includes("@")) {
    return text;
  }
  const alternatives = [...names].sort((a, b) => b.length - a.length).map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const parts = text.split(new RegExp(`(@(?:${alternatives.join("|")}))(?![\\p{L}\\p{N}])`, "u"));
  return parts.map((part, at) => (at % 2 === 1 ? <span key={at} className="mention">{part}</span> : part));
};
