import type { Api } from "./api.js";
import { delay } from "./backoff.js";
import { CatchUps } from "./catchUps.js";
import type { MessagePage, NewHeads, PushedEvent, Ready } from "./contracts.js";
import { ConversationState } from "./conversationState.js";
import { Loading, type LoadingOptions } from "./loading.js";
import { People } from "./people.js";
import type { Positions } from "./snapshot.js";

/** Keeps what is held as the server has it: hears what the hub says, and sees to it that what is missing is asked for. */
export class Keeper {
  readonly conversations = new Map<string, ConversationState>();
  readonly people: People;
  /** The conversation on screen: it is asked for while no pushes come. */
  shown: string | undefined;
  readonly #wanted = new WeakSet<ConversationState>();
  readonly #catchUps: CatchUps;
  readonly #loading: Loading;
  #polling: AbortController | undefined;

  constructor(
    private readonly api: Api,
    private readonly userId: string,
    private readonly changed: () => void,
    private readonly signal: AbortSignal,
    private readonly gapPatience = 100,
    private readonly options: LoadingOptions = { everything: true },
    private readonly random: () => number = Math.random,
  ) {
    const ask = (state: ConversationState, always: boolean) => this.#catchUps.ask(state, always, 0);
    this.people = new People(api, changed);
    this.#loading = new Loading(api, userId, this.conversations, this.people, ask, changed, signal, options);
    this.#catchUps = new CatchUps(api, this.#loading, changed, signal);
  }

  get loaded(): Promise<void> {
    return this.#loading.loaded;
  }

  get positions(): Positions | undefined {
    return this.#loading.positions;
  }

  /** Begins with what HTTP tells, without waiting for the hub: whatever is newer by then, `ready` tells. */
  begin(): void {
    this.#loading.askOwn();
    this.#loading.askList();
  }

  /** Loads the messages of a conversation, if they are not held. */
  open(id: string): void {
    this.shown = id;
    const state = this.conversations.get(id) ?? new ConversationState(id, this.userId);
    this.conversations.set(id, state);
    if (!state.isLoaded && !this.#wanted.has(state)) {
      this.#wanted.add(state);
      this.#loading.load(id);
    }
  }

  ready({ heads, ownRev, catchUpWithin }: Ready): void {
    this.recovered();
    let own = ownRev !== this.#loading.ownRev;
    for (const [id, state] of this.conversations) {
      const head = heads?.[id];
      if (heads === null || (head !== undefined && state.reached(head))) {
        this.#catchUps.ask(state, heads === null, catchUpWithin * this.random());
      }
      // Held and no head, or a head and not held: the own stream tells, however it came about.
      own ||= heads !== null && head === undefined;
    }
    if (own || Object.keys(heads ?? {}).some((id) => !this.conversations.has(id))) {
      this.#loading.askOwn();
    }
    void delay(catchUpWithin * this.random(), this.signal).then(() => this.#loading.askList());
  }

  heads({ heads, ownRev, catchUpWithin }: NewHeads): void {
    let own = ownRev !== null && ownRev > (this.#loading.ownRev ?? 0);
    for (const [id, head] of Object.entries(heads)) {
      const state = this.conversations.get(id);
      own ||= state === undefined;
      if (state?.reached(head) === true) {
        this.#catchUps.ask(state, false, catchUpWithin * this.random());
      }
    }
    if (own) {
      this.#loading.askOwn();
    }
  }

  receive(e: PushedEvent): void {
    if (e.conversationId !== undefined && e.rev !== undefined) {
      // Of a conversation that is not held: the own stream tells of it soon, and it is loaded then.
      const state = this.conversations.get(e.conversationId);
      state?.applyEvent(e);
      if (state?.isBehind === true) {
        this.#catchUps.ask(state, false, this.gapPatience);
      }
      this.changed();
      return;
    }
    if (e.cursors !== undefined && e.conversationId !== undefined) {
      this.conversations.get(e.conversationId)?.moved(e.cursors);
      this.changed();
      return;
    }
    // ownChanged with its rev; conversationJoined and conversationLeft without.
    if (e.rev === undefined || e.rev > (this.#loading.ownRev ?? 0)) {
      this.#loading.askOwn();
    }
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
    return oldest > 1 && this.loadUpTo(id, oldest - 1);
  }

  /** Loads a page of history that ends with a seq. */
  async loadUpTo(id: string, last: number): Promise<boolean> {
    const state = this.conversations.get(id);
    state?.held.beginReading();
    try {
      const page = await this.api.get<MessagePage>(`/api/conversations/${id}/messages?before=${last + 1}&limit=100`);
      if (page.value !== undefined && state !== undefined && this.conversations.get(id) === state) {
        state.loadOlder(page.value, last);
        this.changed();
      }
    } finally {
      state?.held.endReading();
    }
    return true;
  }

  async #poll(every: number, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await delay(every * (0.5 + this.random()), signal);
      if (!signal.aborted) {
        this.#loading.askOwn();
        this.#loading.askList();
        this.conversations.forEach((state) => (this.options.everything || state.id === this.shown) && this.#catchUps.ask(state, true, 0));
      }
    }
  }
}
