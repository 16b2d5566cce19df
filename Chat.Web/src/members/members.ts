import { useEffect, useState } from "react";
import { useChat } from "../app/chat.js";
import type { Chat } from "../app/chat.js";
import type { ConversationState, Member } from "../client/index.js";

const pagesAtMost = 5;
const kept = new Map<string, { readonly version: number; readonly members: Promise<readonly Member[]> }>();

/** A conversation's members, up to 500 of them; asked for again when who is a member has changed. */
export const membersOf = ({ client }: Chat, state: ConversationState, again = false): Promise<readonly Member[]> => {
  const version = state.conversation?.membershipVersion ?? 0;
  const held = kept.get(state.id);
  if (!again && held?.version === version) {
    return held.members;
  }
  const members = (async () => {
    const all: Member[] = [];
    let after = "";
    for (let page = 0; page < pagesAtMost; page++) {
      const { value } = await client.call<{ items: Member[]; next?: string | null }>("GET", `/api/conversations/${state.id}/members?limit=100${after}`);
      all.push(...(value?.items ?? []));
      if (value?.next == null) {
        break;
      }
      after = `&after=${encodeURIComponent(value.next)}`;
    }
    client.people.learn(all.map((m) => ({ id: m.userId, displayName: m.displayName })));
    client.touch();
    return all;
  })();
  kept.set(state.id, { version, members });
  return members;
};

/** Undefined until they are known. */
export const useMembers = (state: ConversationState, wanted = true): readonly Member[] | undefined => {
  const chat = useChat();
  const [members, setMembers] = useState<readonly Member[]>();
  const version = state.conversation?.membershipVersion;
  const rev = state.conversation?.lastRev;
  useEffect(() => {
    let over = false;
    if (wanted) {
      void membersOf(chat, state, true).then((all) => !over && setMembers(all)).catch(() => undefined);
    }
    return () => {
      over = true;
    };
  }, [chat, state, version, rev, wanted]);
  return members;
};
