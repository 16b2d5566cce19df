import { HttpApi, type Answer, type Method } from "./api.js";
import { Backoff } from "./backoff.js";
import type { PushedEvent, SignIn, UserPresence } from "./contracts.js";
import { ConversationState } from "./conversationState.js";
import { Keeper } from "./keeper.js";
import { HubLink } from "./link.js";
import { Outbox, type Outcome, type SendRequest } from "./outbox.js";
import type { People } from "./people.js";
import { Session, type SignInStore } from "./session.js";
import type { ConversationSnapshot, Positions } from "./snapshot.js";
import { newId } from "./uuid.js";

export interface ClientOptions {
  /** Every replica of the API, or the one address in front of them; without a slash at the end. */
  readonly api: readonly string[];
  /** The same of the realtime service; the rest does not wait until it is known. */
  readonly realtime: readonly string[] | Promise<readonly string[]>;
  readonly backoff?: Backoff;
  /** Messages of conversations are loaded when they are opened, and the list at once; else all, when the hub is ready. */
  readonly whenOpened?: boolean;
  /** What was held at the last end. */
  readonly kept?: { readonly positions: Positions; readonly conversations: readonly ConversationSnapshot[] } | undefined;
  readonly store?: SignInStore;
  /** How often a message is tried. */
  readonly attempts?: number;
  /** Called when anything that is held has changed. */
  readonly onChange?: () => void;
  /** Every event as it comes in, applied or not. */
  readonly onReceive?: (e: PushedEvent) => void;
  readonly onTyping?: (conversationId: string, userId: string) => void;
  readonly onPresence?: (presence: UserPresence) => void;
  /** `live`: pushes come. `degraded`: the node does not get them. `lost`: there is no connection. */
  readonly onLink?: (state: LinkState) => void;
}

export type LinkState = "live" | "degraded" | "lost";

/**
 * A user's client: holds their conversations and keeps them as the server has them, by the rules of docs/realtime.md, "A client". It
 * never gives up by itself; it ends when it is stopped, or when the server says that its session is over.
 */
export class ChatClient {
  /** Resolves with the server's code when no further connection makes sense; undefined: the session has ended. */
  readonly refused: Promise<string | undefined>;
  readonly #stop = new AbortController();
  readonly #api: HttpApi;
  readonly #session: Session;
  readonly #keeper: Keeper;
  readonly #outbox: Outbox;
  readonly #link: HubLink;
  readonly #changed: () => void;

  constructor(options: ClientOptions, signIn: SignIn) {
    const { signal } = this.#stop;
    const backoff = options.backoff ?? new Backoff();
    const session = (this.#session = new Session(options.api, signIn, backoff, signal, options.store));
    const api = (this.#api = new HttpApi(options.api, session, backoff, signal));
    this.#changed = options.onChange ?? (() => undefined);
    const loading = { everything: options.whenOpened !== true, kept: options.kept?.positions };
    const keeper = (this.#keeper = new Keeper(api, session.userId, this.#changed, signal, 100, loading));
    options.kept?.conversations.forEach((kept) => {
      const state = new ConversationState(kept.id, session.userId);
      state.restore(kept);
      keeper.conversations.set(kept.id, state);
      keeper.people.learn(kept.conversation.firstMembers);
    });
    this.#outbox = new Outbox(api, backoff, signal, options.attempts);
    this.#link = new HubLink(options.realtime, session, hubEvents(keeper, options), backoff, signal);
    this.refused = this.#link.run().catch(() => undefined);
    if (options.whenOpened === true) {
      keeper.begin();
    }
  }

  /** Resolves when everything has been loaded for the first time. */
  get loaded(): Promise<void> {
    return this.#keeper.loaded;
  }

  get userId(): string {
    return this.#session.userId;
  }

  get conversations(): ReadonlyMap<string, ConversationState> {
    return this.#keeper.conversations;
  }

  get people(): People {
    return this.#keeper.people;
  }

  /** For the next start; undefined before the first loading. */
  get positions(): Positions | undefined {
    return this.#keeper.positions;
  }

  /** Shows a message at once and sends it. */
  async send(conversationId: string, text: string, clientId: string = newId()): Promise<Outcome> {
    const request = { clientId, text };
    this.show(conversationId, request);
    return this.deliver(conversationId, request);
  }

  /** Shows what is to be sent, until it is. */
  show(conversationId: string, request: SendRequest, failed = false): void {
    this.conversations.get(conversationId)?.add({ conversationId, request, failed });
    this.#changed();
  }

  /** Sends what is shown: after what was written before it in the same conversation. */
  async deliver(conversationId: string, request: SendRequest): Promise<Outcome> {
    const outcome = await this.#outbox.send(conversationId, request);
    const state = this.conversations.get(conversationId);
    if (outcome.value === undefined) {
      state?.mark(request.clientId, true);
    } else {
      state?.applyMessage(outcome.value);
    }
    this.#changed();
    return outcome;
  }

  /** The network is another one now, or the device was asleep: drops the connection and makes a new one. */
  reconnect(): void {
    this.#link.reconnect();
    this.#outbox.hurry();
  }

  /** Sees to it that a conversation's messages are held, and counts it as the one on screen. */
  open(conversationId: string): void {
    this.#keeper.open(conversationId);
  }

  loadOlder(conversationId: string): Promise<boolean> {
    return this.#keeper.loadOlder(conversationId);
  }

  /** Loads a page of history that ends with a seq. */
  loadUpTo(conversationId: string, last: number): Promise<boolean> {
    return this.#keeper.loadUpTo(conversationId, last);
  }

  /** Asks the API once, for something that the user waits for. */
  call<T>(method: Method, path: string, body?: unknown): Promise<Answer<T>> {
    return this.#api.call<T>(method, path, body);
  }

  /** Something of what is held was changed from outside. */
  touch(): void {
    this.#changed();
  }

  accessToken(): Promise<string> {
    return this.#session.accessToken();
  }

  say<T>(call: "typing" | "watchPresence" | "setPresence", argument: unknown): Promise<T | undefined> {
    return this.#link.say<T>(call, argument);
  }

  stop(): void {
    this.#stop.abort();
  }
}

const hubEvents = (keeper: Keeper, options: ClientOptions) => ({
  ready: (word: Parameters<Keeper["ready"]>[0]) => {
    keeper.ready(word);
    options.onLink?.("live");
  },
  heads: keeper.heads.bind(keeper),
  degraded: (pollEvery: number) => {
    keeper.degraded(pollEvery);
    options.onLink?.("degraded");
  },
  recovered: () => {
    keeper.recovered();
    options.onLink?.("live");
  },
  lost: () => options.onLink?.("lost"),
  receive: (e: PushedEvent) => {
    options.onReceive?.(e);
    keeper.receive(e);
  },
  typing: (conversationId: string, userId: string) => options.onTyping?.(conversationId, userId),
  presence: (presence: UserPresence) => options.onPresence?.(presence),
});
