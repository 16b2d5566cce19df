import type { Answer, Api } from "./api.js";
import type { Conversation, ConversationList, MessagePage, OwnChangePage } from "./contracts.js";
import { ConversationState } from "./conversationState.js";

/**
 * The user's own stream, and loading, in one queue: one after the other, so that no answer overtakes a later one. Of "am I a member", "my
 * reactions", "what is hidden" the last one read holds.
 */
export class Loading {
  /** Resolves when everything has been loaded for the first time. */
  readonly loaded: Promise<void>;
  #whenLoaded: () => void = () => undefined;
  readonly #toLoad = new Set<string>();
  #ownToken: string | undefined;
  #ownRev = 0;
  #askOwn = false;
  #working = false;

  constructor(
    private readonly api: Api,
    private readonly userId: string,
    private readonly conversations: Map<string, ConversationState>,
    private readonly ask: (state: ConversationState, always: boolean) => void,
    private readonly changed: () => void,
    private readonly signal: AbortSignal,
  ) {
    this.loaded = new Promise((resolve) => (this.#whenLoaded = resolve));
  }

  /** Of the own stream: up to here it is known. Undefined before the first loading. */
  get ownRev(): number | undefined {
    return this.#ownToken === undefined ? undefined : this.#ownRev;
  }

  /** Asks the own stream, after what is under way. */
  askOwn(): void {
    this.#askOwn = true;
    this.#work();
  }

  /** Loads a conversation that is held anew. */
  reload(state: ConversationState): void {
    this.#toLoad.add(state.id);
    this.#work();
  }

  /** Not while it is being loaded, which tells as much, nor when it has been dropped. */
  mayAsk(state: ConversationState): boolean {
    return (
      !this.signal.aborted &&
      state.conversation !== undefined &&
      !this.#toLoad.has(state.id) &&
      this.conversations.get(state.id) === state
    );
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
        if (this.#askOwn) {
          this.#askOwn = false;
          await this.#own();
        } else if (load !== undefined) {
          this.#toLoad.delete(load);
          await this.#load(load);
        } else {
          break;
        }
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
      // First the token alone, then what there is: so that what happens in between comes with the token.
      const begin = await this.api.get<OwnChangePage>("/api/changes");
      if (begin.value !== undefined) {
        await this.#list();
        this.#ownToken = begin.value.next;
        this.#ownRev = begin.value.rev;
      }
      return;
    }
    for (let more = true; more; ) {
      const { status, value: page }: Answer<OwnChangePage> = await this.api.get(`/api/changes?since=${this.#ownToken}`);
      if (page === undefined) {
        if (status === 410) {
          this.#ownToken = undefined;
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

  #take(id: string, conversation: Conversation | undefined): void {
    const held = this.conversations.get(id);
    if (conversation === undefined) {
      this.conversations.delete(id);
    } else if (held !== undefined) {
      // Somebody who left and came back may have been away for long: what is held is caught up with.
      held.applyConversation(conversation);
      this.ask(held, true);
    } else {
      this.conversations.set(id, new ConversationState(id, this.userId));
      this.#toLoad.add(id);
    }
  }

  async #list(): Promise<void> {
    const listed = new Set<string>();
    for (const which of ["", "&archived=true"]) {
      for (let after: string | undefined = ""; after !== undefined; ) {
        const page: ConversationList | undefined = (
          await this.api.get<ConversationList>(`/api/conversations?limit=100${which}${after === "" ? "" : `&after=${after}`}`)
        ).value;
        page?.items.forEach((c) => listed.add(c.id));
        after = page?.next ?? undefined;
      }
    }
    [...this.conversations.keys()].filter((id) => !listed.has(id)).forEach((id) => this.conversations.delete(id));
    for (const id of listed) {
      if (!this.conversations.has(id)) {
        this.conversations.set(id, new ConversationState(id, this.userId));
      }
      this.#toLoad.add(id);
    }
  }

  /** Loads it, or anew; where the user is no member any more, lets it go. */
  async #load(id: string): Promise<void> {
    this.conversations.get(id)?.beginLoading();
    const page = await this.api.get<MessagePage>(`/api/conversations/${id}/messages?limit=100`);
    const conversation = await this.api.get<Conversation>(`/api/conversations/${id}`);
    const state = this.conversations.get(id);
    if (page.value === undefined || conversation.value === undefined) {
      this.conversations.delete(id);
    } else if (state !== undefined) {
      state.load(page.value, conversation.value);
      if (state.isBehind) {
        this.ask(state, false);
      }
    }
  }
}
