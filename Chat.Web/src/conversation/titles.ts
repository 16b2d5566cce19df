import type { Conversation, Message, MessagePreview } from "../client/index.js";
import type { Text } from "../text/text.js";

/** The other one of a direct conversation. */
export const partnerOf = (conversation: Conversation, me: string): string | undefined =>
  conversation.kind === "direct" ? (conversation.firstMembers.find((m) => m.id !== me)?.id ?? me) : undefined;

export const titleOf = (conversation: Conversation | undefined, me: string, t: Text): string => {
  if (conversation === undefined) {
    return "";
  }
  const other = conversation.firstMembers.find((m) => m.id !== me) ?? conversation.firstMembers[0];
  return conversation.title ?? other?.displayName ?? t.direct;
};

/** A message in a few words, for lists, replies and announcements. */
export const gist = (message: MessagePreview | Message, t: Text): string => {
  const kind = t.kinds[message.kind];
  if ("deletedAt" in message && message.deletedAt !== undefined) {
    return t.deletedMessage;
  }
  const words = plain(message.text);
  return kind === "" ? words : words === "" ? kind : `${kind}: ${words}`;
};

/** Markdown without its marks, in one line. */
export const plain = (markdown: string): string =>
  markdown
    .replace(/```\w*\n?/g, "")
    .replace(/!?\[([^\]\n]{0,300})\]\([^)\s]{0,2000}\)/g, "$1")
    .replace(/(\*\*|__|~~|[*`])/g, "")
    .replace(/^\s{0,3}(#{1,6}|>|[-+])\s+/gm, "")
    .replace(/\s+/g, " ")
    .trim();
