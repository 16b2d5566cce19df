const key = "chat.drafts";
const keptAtMost = 50;

const read = (): Record<string, string> => {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "{}") as Record<string, string>;
  } catch {
    return {};
  }
};

/** What was begun in a conversation and not sent. */
export const readDraft = (conversationId: string): string => read()[conversationId] ?? "";

export const writeDraft = (conversationId: string, text: string): void => {
  const { [conversationId]: held, ...others } = read();
  if ((held ?? "") === text) {
    return;
  }
  const drafts = text === "" ? others : { ...Object.fromEntries(Object.entries(others).slice(1 - keptAtMost)), [conversationId]: text };
  try {
    localStorage.setItem(key, JSON.stringify(drafts));
  } catch {
    // Full, or not allowed: the draft lives as long as the page.
  }
};
