import type { Answer, Api } from "./api.js";
import type { Conversation, MessagePage, OwnChangePage } from "./contracts.js";
import { ConversationState } from "./conversationState.js";
import { Listing } from "./listing.js";
import type { People } from "./people.js";
import type { Positions } from "./snapshot.js";

export interface LoadingOptions {
  /** Messages of all conversations, not only of those that are opened. */
  readonly everything: boolean;
  readonly kept?: Positions | undefined;
}

/**
 * The user's own stream, and loading, in one queue: one after the other, so that no answer overtakes a later one. Of "am I a member", "my
 * reactions", "what is hidden" the last one read holds.
 */
export class Loading {
  /** Resolves when everything has been loaded for the first time. */
  readonly loaded: Promise<void>;
  #whenLoaded: () => void = () => undefined;
  readonly #toLoad = new Set<string>();
  readonly #listing: Listing;
  #ownToken: string | undefined;
  #ownRev = 0;
  /** What the own stream said when the first loading began. */
  #begun: { readonly next: string; readonly rev: number } | undefined;
  #askOwn = false;
  #askList = false;
  #working = false;

  constructor(
    private readonly api: Api,
    private readonly userId: string,
    private readonly conversations: Map<string, ConversationState>,
    private readonly people: People,
    private readonly ask: (state: ConversationState, always: boolean) => void,
    private readonly changed: () => void,
    private readonly signal: AbortSignal,
    private readonly options: LoadingOptions = { everything: true },
  ) {
    this.loaded = new Promise((resolve) => (this.#whenLoaded = resolve));
    this.#listing = new Listing(api, people, options.kept?.listToken);
    this.#ownToken = options.kept?.ownToken;
    this.#ownRev = options.kept?.ownRev ?? 0;
    this.#begun = options.kept && { next: options.kept.ownToken, rev: options.kept.ownRev };
  }

  /** Of the own stream: up to here it is known. Undefined before the first loading. */
  get ownRev(): number | undefined {
    return this.#ownToken === undefined ? undefined : this.#ownRev;
  }

  /** For the next start; undefined before the first loading. */
  get positions(): Positions | undefined {
    return this.#ownToken === undefined ? undefined : { ownToken: this.#ownToken, ownRev: this.#ownRev, listToken: this.#listing.token };
  }

  /** Asks the own stream, after what is under way. */
  askOwn(): void {
    this.#askOwn = true;
    this.#work();
  }

  /** Asks which conversations have changed: for those whose messages are not held, and for the user's own read positions. */
  askList(): void {
    if (!this.options.everything && this.#ownToken !== undefined) {
      this.#askList = true;
      this.#work();
    }
  }

  /** Loads a conversation, or one that is held anew. */
  load(id: string): void {
    this.#toLoad.add(id);
    this.#work();
  }

  /** Its messages are not held, and nobody wants them. */
  isListedOnly(state: ConversationState): boolean {
    return !this.options.everything && !state.isLoaded && !this.#toLoad.has(state.id);
  }

  /** Not while it is being loaded, which tells as much, nor when it has been dropped. */
  mayAsk(state: ConversationState): boolean {
    return !this.signal.aborted && state.isLoaded && !this.#toLoad.has(state.id) && this.conversations.get(state.id) === state;
  }

  #work(): void {
    if (!this.#working) {
      this.#working = true;
      void this.#workOff().catch(() => undefined);
    }
  }

  async #workOff(): Promise<void> {
    try {
      while (!this.signal.aborted) {
        const [load] = this.#toLoad;
        if (load !== undefined && !this.options.everything && this.#begun !== undefined) {
          await this.#load(load);
        } else if (this.#askOwn) {
          this.#askOwn = false;
          await this.#own();
        } else if (this.#askList) {
          this.#askList = false;
          await this.#refresh();
        } else if (load !== undefined) {
          await this.#load(load);
        } else {
          break;
        }
        this.changed();
      }
    } finally {
      // In the same turn in which nothing was left to do: what comes up after it begins anew.
      this.#working = false;
    }
    if (this.#ownToken !== undefined) {
      this.#whenLoaded();
    }
    this.changed();
  }

  async #own(): Promise<void> {
    if (this.#ownToken === undefined) {
      await this.#begin();
      return;
    }
    for (let more = true; more; ) {
      const { status, value: page }: Answer<OwnChangePage> = await this.api.get(`/api/changes?since=${this.#ownToken}`);
      if (page === undefined) {
        if (status === 410) {
          this.#ownToken = this.#begun = undefined;
          this.#askOwn = true;
        }
        return;
      }
      page.conversations.forEach((c) => this.#take(c.conversationId, c.conversation ?? undefined));
      page.messages.forEach((own) => this.conversations.get(own.conversationId)?.applyOwn(own));
      more = page.more;
      this.#ownToken = page.next;
      this.#ownRev = page.rev;
    }
  }

  /** First the token alone, then what there is: so that what happens in between comes with the token. */
  async #begin(): Promise<void> {
    if (this.#begun === undefined) {
      this.#begun = (await this.api.get<OwnChangePage>("/api/changes")).value;
      this.#askOwn = this.#begun !== undefined;
      return;
    }
    const { next, rev } = this.#begun;
    await this.#list();
    this.#ownToken = next;
    this.#ownRev = rev;
  }

  #take(id: string, conversation: Conversation | undefined): void {
    const held = this.conversations.get(id);
    if (conversation === undefined) {
      this.conversations.delete(id);
    } else if (held?.isLoaded === true) {
      // Somebody who left and came back may have been away for long: what is held is caught up with.
      held.applyConversation(conversation);
      this.ask(held, true);
    } else {
      this.#listed(conversation);
    }
  }

  async #list(): Promise<void> {
    const listed = await this.#listing.all();
    const ids = new Set(listed.map((c) => c.id));
    [...this.conversations.keys()].filter((id) => !ids.has(id)).forEach((id) => this.conversations.delete(id));
    listed.forEach((c) => this.#listed(c));
  }

  async #refresh(): Promise<void> {
    const changed = await this.#listing.changed();
    if (changed === undefined) {
      await this.#list();
    }
    changed?.forEach((c) => this.#listed(c));
  }

  #listed(conversation: Conversation): void {
    const state = this.conversations.get(conversation.id) ?? new ConversationState(conversation.id, this.userId);
    this.conversations.set(conversation.id, state);
    this.people.learn(conversation.firstMembers);
    if (this.options.everything) {
      this.#toLoad.add(conversation.id);
      return;
    }
    state.applyListed(conversation);
    if (state.isBehind) {
      this.ask(state, false);
    }
  }

  /** Loads it, or anew; where the user is no member any more, lets it go. */
  async #load(id: string): Promise<void> {
    this.#toLoad.delete(id);
    this.conversations.get(id)?.beginLoading();
    const page = await this.api.get<MessagePage>(`/api/conversations/${id}/messages?limit=100`);
    const conversation = await this.api.get<Conversation>(`/api/conversations/${id}`);
    const state = this.conversations.get(id);
    if (page.value === undefined || conversation.value === undefined) {
      this.conversations.delete(id);
    } else if (state !== undefined) {
      this.people.learn(conversation.value.firstMembers);
      state.load(page.value, conversation.value);
      if (state.isBehind) {
        this.ask(state, false);
      }
    }
  }
}
