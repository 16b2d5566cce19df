import { useId, useState, type KeyboardEvent, type RefObject } from "react";
import { useChat } from "../app/chat.js";
import type { ConversationState } from "../client/index.js";
import { useMembers } from "../members/members.js";
import { useText } from "../text/text.js";
import { insertAt } from "./insert.js";
import { mentionBefore, mentionedIn, suggest, type Mentionable } from "./mentionSearch.js";

/** Suggests members while `@` and a name are typed, and tells at the end who is mentioned. */
export const useMentions = (
  state: ConversationState, field: RefObject<HTMLTextAreaElement | null>, text: string, setText: (text: string) => void,
) => {
  const t = useText();
  const { client } = useChat();
  const id = useId();
  const [at, setAt] = useState(0);
  const [closedAt, setClosedAt] = useState<string>();
  const caret = field.current?.selectionStart ?? text.length;
  const begun = text === closedAt ? undefined : mentionBefore(text.slice(0, Math.max(caret, 0) || text.length));
  const members = useMembers(state, text.includes("@"));
  const all: Mentionable[] = [
    ...(members ?? []).filter((m) => m.userId !== client.userId).map((m) => ({ id: m.userId, name: m.displayName, userName: m.userName })),
    ...(state.conversation?.kind === "direct" ? [] : [{ id: "", name: t.everyone, userName: "" }]),
  ];
  const found = begun === undefined ? [] : suggest(all, begun);
  const chosen = Math.min(at, found.length - 1);

  const pick = (who: Mentionable) => {
    const from = Math.max(0, (field.current?.selectionStart ?? text.length) - (begun ?? "").length);
    field.current?.setSelectionRange(from, field.current.selectionStart);
    setText(insertAt(field.current, text, `${who.name} `));
    setAt(0);
  };
  const onKeyDown = (e: KeyboardEvent): boolean => {
    const who = found[chosen];
    if (who === undefined) {
      return false;
    }
    if (e.key === "ArrowDown" || e.key === "ArrowUp") {
      setAt((chosen + (e.key === "ArrowDown" ? 1 : found.length - 1)) % found.length);
    } else if (e.key === "Enter" || e.key === "Tab") {
      pick(who);
    } else if (e.key === "Escape") {
      setClosedAt(text);
    } else {
      return false;
    }
    e.preventDefault();
    return true;
  };
  return {
    id, found, chosen, pick, onKeyDown,
    in: (words: string) => mentionedIn(words, all),
    /** What the field says of the list, for screen readers. */
    field: found.length === 0
      ? {}
      : ({ "aria-autocomplete": "list", "aria-controls": id, "aria-activedescendant": `${id}-${chosen}` } as const),
  };
};

export type Mentions = ReturnType<typeof useMentions>;
