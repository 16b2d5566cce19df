import { HttpApi } from "./api.js";
import { Backoff } from "./backoff.js";
import type { PushedEvent, SignIn } from "./contracts.js";
import type { ConversationState } from "./conversationState.js";
import { Keeper } from "./keeper.js";
import { HubLink } from "./link.js";
import { Outbox, type PendingMessage } from "./outbox.js";
import { Session } from "./session.js";

export interface ClientOptions {
  /** Every replica of the API, or the one address in front of them; without a slash at the end. */
  readonly api: readonly string[];
  /** The same of the realtime service. */
  readonly realtime: readonly string[];
  readonly backoff?: Backoff;
  /** Called when anything that is held has changed. */
  readonly onChange?: () => void;
  /** Every event as it comes in, applied or not. */
  readonly onReceive?: (e: PushedEvent) => void;
}

/**
 * A user's client: holds their conversations and keeps them as the server has them, by the rules of docs/realtime.md, "A client". It
 * never gives up by itself; it ends when it is stopped, or when the server says that its session is over.
 */
export class ChatClient {
  /** Resolves with the server's code when no further connection makes sense. */
  readonly refused: Promise<string | undefined>;
  readonly #stop = new AbortController();
  readonly #keeper: Keeper;
  readonly #outbox: Outbox;
  readonly #link: HubLink;
  readonly #changed: () => void;

  constructor(options: ClientOptions, signIn: SignIn) {
    const { signal } = this.#stop;
    const backoff = options.backoff ?? new Backoff();
    const session = new Session(options.api, signIn, backoff, signal);
    const api = new HttpApi(options.api, session, backoff, signal);
    this.#changed = options.onChange ?? (() => undefined);
    const keeper = (this.#keeper = new Keeper(api, session.userId, this.#changed, signal));
    this.#outbox = new Outbox(api, backoff, (pending, message) => this.#sent(pending, message), signal);
    const events = {
      ready: keeper.ready.bind(keeper),
      heads: keeper.heads.bind(keeper),
      degraded: keeper.degraded.bind(keeper),
      recovered: keeper.recovered.bind(keeper),
      receive: (e: PushedEvent) => {
        options.onReceive?.(e);
        keeper.receive(e);
      },
    };
    this.#link = new HubLink(options.realtime, session, events, backoff, signal);
    this.refused = this.#link.run().catch(() => undefined);
  }

  /** Resolves when everything has been loaded for the first time. */
  get loaded(): Promise<void> {
    return this.#keeper.loaded;
  }

  get conversations(): ReadonlyMap<string, ConversationState> {
    return this.#keeper.conversations;
  }

  /** Shows a message at once and sends it. */
  send(conversationId: string, text: string, clientId: string = crypto.randomUUID()): PendingMessage {
    const pending = this.#outbox.add(conversationId, { clientId, text });
    this.conversations.get(conversationId)?.add(pending);
    this.#changed();
    return pending;
  }

  /** The network is another one now, or the device was asleep: drops the connection and makes a new one. */
  reconnect(): void {
    this.#link.reconnect();
  }

  loadOlder(conversationId: string): Promise<boolean> {
    return this.#keeper.loadOlder(conversationId);
  }

  stop(): void {
    this.#stop.abort();
  }

  #sent(pending: PendingMessage, message: Awaited<PendingMessage["outcome"]>): void {
    const state = this.conversations.get(pending.conversationId);
    if (message === undefined) {
      state?.withdraw(pending);
    } else {
      state?.applyMessage(message);
    }
    this.#changed();
  }
}
