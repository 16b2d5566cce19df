import type { Answer, Api } from "./api.js";
import type { Conversation, ConversationList, ListedConversation, MemberName } from "./contracts.js";
import type { People } from "./people.js";

/** Reads lists of the user's conversations, whole or since the last. */
export class Listing {
  constructor(
    private readonly api: Api,
    private readonly people: People,
    /** For what has changed since the list; empty before the first. */
    public token = "",
  ) {}

  /** All of them, those that were put away too. */
  async all(): Promise<Conversation[]> {
    const first = await this.#pages("");
    const away = await this.#pages("&archived=true");
    this.token = first.token;
    return [...first.conversations, ...away.conversations];
  }

  /** Those that may have changed; undefined: that cannot be told any more, list anew. */
  async changed(): Promise<Conversation[] | undefined> {
    const { conversations, token, status } = await this.#pages(`&changedSince=${encodeURIComponent(this.token)}`);
    if (status === 410) {
      return undefined;
    }
    this.token = token === "" ? this.token : token;
    return conversations;
  }

  async #pages(which: string): Promise<{ conversations: Conversation[]; token: string; status: number }> {
    const conversations: Conversation[] = [];
    let token = "";
    let status = 200;
    for (let after: string | undefined = ""; after !== undefined; ) {
      const page: Answer<ConversationList> = await this.api.get(
        `/api/conversations?limit=100${which}${after === "" ? "" : `&after=${encodeURIComponent(after)}`}`,
      );
      // Of several pages the token of the first: what changes while one pages is then told the next time.
      token ||= page.value?.changesToken ?? "";
      status = page.status;
      const users = page.value?.users ?? [];
      this.people.learn(users);
      conversations.push(...(page.value?.items ?? []).map((item) => unfold(item, users)));
      after = page.value?.next ?? undefined;
    }
    return { conversations, token, status };
  }
}

const unfold = (item: ListedConversation, users: readonly MemberName[]): Conversation => {
  const { firstMembers, lastMessage: last, ...rest } = item;
  const sender = last === undefined ? undefined : users[last.sender];
  return {
    ...rest,
    firstMembers: firstMembers.flatMap((place) => users[place] ?? []),
    ...(last === undefined || sender === undefined
      ? {}
      : { lastMessage: { seq: item.lastSeq, senderId: sender.id, kind: last.kind, text: last.text } }),
  };
};
