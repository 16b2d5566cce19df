const key = "chat.emoji";
const keptAtMost = 24;
const usual = ["👍", "❤️", "😂", "🎉", "😮", "😢", "🙏", "👀", "✅", "🔥", "👏", "🚀"];

/** What the user picked last, then what people pick most. */
export const frequent = (): readonly string[] => {
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? "[]") as string[];
    return [...new Set([...kept, ...usual])].slice(0, keptAtMost);
  } catch {
    return usual;
  }
};

export const used = (emoji: string): void => {
  try {
    const others = frequent().filter((e) => e !== emoji && !usual.includes(e));
    localStorage.setItem(key, JSON.stringify([emoji, ...others].slice(0, keptAtMost)));
  } catch {
    // Without storage the usual ones come first.
  }
};
