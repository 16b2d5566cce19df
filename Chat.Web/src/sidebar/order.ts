import type { Chat } from "../app/chat.js";
import type { ChatClient, ConversationState } from "../client/index.js";
import { titleOf } from "../conversation/titles.js";
import type { Text } from "../text/text.js";

const last = new WeakMap<ChatClient, { readonly key: number; readonly ids: readonly string[] }>();

/** Ids, the latest active first. The same array while nothing of any conversation has changed. */
export const inOrder = ({ client }: Chat): readonly string[] => {
  let key = client.people.version + client.conversations.size * 1_000_003;
  client.conversations.forEach((state) => (key += state.version));
  const held = last.get(client);
  if (held?.key === key) {
    return held.ids;
  }
  const known = [...client.conversations.values()].filter((state) => state.conversation?.me !== undefined);
  known.sort((a, b) => (a.overview.activeAt < b.overview.activeAt ? 1 : a.overview.activeAt > b.overview.activeAt ? -1 : a.id < b.id ? 1 : -1));
  const ids = known.map((state) => state.id);
  last.set(client, { key, ids });
  return ids;
};

/** Those whose title has every word of the filter. A new message brings back what was put away, unless it is muted. */
export const matching = (
  states: readonly ConversationState[], filter: string, away: boolean, me: string, t: Text,
): readonly ConversationState[] => {
  const words = fold(filter).split(/\s+/).filter((word) => word !== "");
  return states.filter((state) => {
    const title = fold(titleOf(state.conversation, me, t));
    return (words.length > 0 || (state.conversation?.me?.archived === true) === away) && words.every((word) => title.includes(word));
  });
};

const fold = (text: string): string => text.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase();

/** The conversation above or below in the list; with `unread` the next that has something new. */
export const neighbour = (chat: Chat, openId: string | undefined, by: 1 | -1, unread: boolean): string | undefined => {
  const shown = inOrder(chat).filter((id) => {
    const state = chat.client.conversations.get(id);
    return id === openId || (state?.conversation?.me?.archived !== true && (!unread || (state?.overview.unread ?? 0) > 0));
  });
  const at = openId === undefined ? -1 : shown.indexOf(openId);
  return at < 0 ? shown[by > 0 ? 0 : shown.length - 1] : shown[at + by];
};
