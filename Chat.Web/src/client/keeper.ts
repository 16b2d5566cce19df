import type { Answer, Api } from "./api.js";
import { delay } from "./backoff.js";
import type { ChangePage, Conversation, ConversationList, MessagePage, NewHeads, OwnChangePage, PushedEvent, Ready } from "./contracts.js";
import { ConversationState } from "./conversationState.js";

interface Asking {
  always: boolean;
  again: boolean;
}

/**
 * Keeps what is held as the server has it. What concerns all (the user's own stream, loading a conversation) goes one after the other,
 * so that a later answer is never overtaken by an earlier one; conversations catch up beside that, each one question at a time.
 */
export class Keeper {
  readonly conversations = new Map<string, ConversationState>();
  readonly loaded: Promise<void>;
  #asking = new Map<ConversationState, Asking>();
  #toLoad = new Set<string>();
  #ownToken: string | undefined;
  #ownRev = 0;
  #askOwn = false;
  #working = false;
  #polling: AbortController | undefined;
  #whenLoaded: () => void = () => undefined;

  constructor(
    private readonly api: Api,
    private readonly userId: string,
    private readonly changed: () => void,
    private readonly signal: AbortSignal,
    private readonly gapPatience = 100,
    private readonly random: () => number = Math.random,
  ) {
    this.loaded = new Promise((resolve) => (this.#whenLoaded = resolve));
  }

  ready({ heads, ownRev, catchUpWithin }: Ready): void {
    this.recovered();
    this.#askOwn ||= this.#ownToken === undefined || ownRev !== this.#ownRev;
    for (const [id, state] of this.conversations) {
      const head = heads?.[id];
      if (heads === null || (head !== undefined && state.reached(head))) {
        this.#ask(state, heads === null, catchUpWithin * this.random());
      }
      // Held and no head, or a head and not held: the own stream tells, however it came about.
      this.#askOwn ||= heads !== null && head === undefined;
    }
    this.#askOwn ||= heads !== null && Object.keys(heads).some((id) => !this.conversations.has(id));
    this.#work();
  }

  heads({ heads, ownRev, catchUpWithin }: NewHeads): void {
    for (const [id, head] of Object.entries(heads)) {
      const state = this.conversations.get(id);
      if (state === undefined) {
        this.#askOwn = true;
      } else if (state.reached(head)) {
        this.#ask(state, false, catchUpWithin * this.random());
      }
    }
    this.#askOwn ||= (ownRev ?? 0) > this.#ownRev;
    this.#work();
  }

  receive(e: PushedEvent): void {
    if (e.conversationId !== undefined && e.rev !== undefined) {
      // Of a conversation that is not held: the own stream tells of it soon, and it is loaded then.
      const state = this.conversations.get(e.conversationId);
      state?.applyEvent(e);
      if (state?.isBehind === true) {
        this.#ask(state, false, this.gapPatience);
      }
      this.changed();
      return;
    }
    // ownChanged with its rev; conversationJoined and conversationLeft without.
    this.#askOwn ||= e.rev === undefined || e.rev > this.#ownRev;
    this.#work();
  }

  degraded(pollEvery: number): void {
    this.#polling?.abort();
    this.#polling = new AbortController();
    void this.#poll(pollEvery, AbortSignal.any([this.#polling.signal, this.signal]));
  }

  recovered(): void {
    this.#polling?.abort();
    this.#polling = undefined;
  }

  /** Loads the messages before those that are held. False: there are none. */
  async loadOlder(id: string): Promise<boolean> {
    const oldest = this.conversations.get(id)?.oldest ?? 1;
    if (oldest === 1) {
      return false;
    }
    const page = await this.api.get<MessagePage>(`/api/conversations/${id}/messages?before=${oldest}&limit=100`);
    const state = this.conversations.get(id);
    if (page.value !== undefined && state?.oldest === oldest) {
      state.loadOlder(page.value);
    }
    return true;
  }

  async #poll(every: number, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await delay(every * (0.5 + this.random()), signal);
      if (!signal.aborted) {
        this.#askOwn = true;
        this.conversations.forEach((state) => this.#ask(state, true, 0));
        this.#work();
      }
    }
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
      this.#ask(held, true, 0);
    } else {
      this.conversations.set(id, new ConversationState(id, this.userId));
      this.#toLoad.add(id);
    }
  }

  async #list(): Promise<void> {
    const listed = new Set<string>();
    for (let after: string | undefined = ""; after !== undefined; ) {
      const page: ConversationList | undefined = (
        await this.api.get<ConversationList>(`/api/conversations?limit=100${after === "" ? "" : `&after=${after}`}`)
      ).value;
      page?.items.forEach((c) => listed.add(c.id));
      after = page?.next ?? undefined;
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
        this.#ask(state, false, 0);
      }
    }
  }

  /** Sees to it that a conversation is asked for: one question at a time, and for all that comes up meanwhile one more. */
  #ask(state: ConversationState, always: boolean, after: number): void {
    const asking = this.#asking.get(state);
    if (asking !== undefined) {
      asking.again = true;
      asking.always ||= always;
      return;
    }
    const begun = { always, again: true };
    this.#asking.set(state, begun);
    void this.#catchUp(state, begun, after).catch(() => undefined);
  }

  async #catchUp(state: ConversationState, asking: Asking, after: number): Promise<void> {
    try {
      await delay(after, this.signal);
      while (this.#mayAsk(state) && (asking.always || (asking.again && state.isBehind))) {
        asking.always = asking.again = false;
        const { status, value: page } = await this.api.get<ChangePage>(`/api/conversations/${state.id}/changes?since=${state.token}`);
        if (page?.reload === false) {
          state.applyPage(page);
          asking.always ||= page.more;
        } else if (this.conversations.get(state.id) === state) {
          // Too much has changed, the token is of the past (410), or the user may be no member any more (404).
          if (status === 410) {
            state.forget();
          }
          this.#toLoad.add(state.id);
          this.#work();
        }
        this.changed();
      }
    } finally {
      this.#asking.delete(state);
    }
  }

  #mayAsk(state: ConversationState): boolean {
    return (
      !this.signal.aborted &&
      state.conversation !== undefined &&
      !this.#toLoad.has(state.id) &&
      this.conversations.get(state.id) === state
    );
  }
}
