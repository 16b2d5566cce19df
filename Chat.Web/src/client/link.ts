import { HttpTransportType, HubConnectionBuilder, LogLevel, type HubConnection } from "@microsoft/signalr";
import { Backoff, delay } from "./backoff.js";
import type { Closing, NewHeads, PushedEvent, Ready, UserPresence } from "./contracts.js";
import type { Session } from "./session.js";

/** What a link tells. */
export interface HubEvents {
  ready(word: Ready): void;
  receive(e: PushedEvent): void;
  heads(heads: NewHeads): void;
  degraded(pollEvery: number): void;
  recovered(): void;
  typing?(conversationId: string, userId: string): void;
  presence?(presence: UserPresence): void;
  /** A connection that was ready is no more. */
  lost?(): void;
}

/**
 * Keeps one connection to the hub, of whichever node takes it: after each end the next, when the server said (`closing.after`), or after
 * a pause of the client's own. Ends only where the server says that another attempt makes no sense.
 */
export class HubLink {
  #node = 0;
  #cut: () => void = () => undefined;
  #hub: HubConnection | undefined;
  #hurry = new AbortController();

  constructor(
    private readonly nodes: readonly string[] | Promise<readonly string[]>,
    private readonly session: Session,
    private readonly events: HubEvents,
    private readonly backoff: Backoff,
    private readonly signal: AbortSignal,
  ) {}

  /** Gives up the connection there is, as after a sleep of the device; the next is made at once. */
  reconnect(): void {
    this.#cut();
    this.#hurry.abort();
  }

  /** Says something to the hub. Undefined where there is no connection that is ready, or it is refused. */
  async say<T>(call: "typing" | "watchPresence" | "setPresence", argument: unknown): Promise<T | undefined> {
    return this.#hub?.invoke<T>(call, argument).catch(() => undefined);
  }

  /** Resolves with the server's code when no connection will be made any more; undefined: stopped by us. */
  async run(): Promise<string | undefined> {
    let refused: string | undefined;
    for (let attempt = 0; !this.signal.aborted; attempt++) {
      const token = await this.session.accessToken(refused);
      const { hub, closing, wasReady } = await this.#live(token);
      attempt = wasReady ? 0 : attempt;
      try {
        if (closing?.reconnect === false) {
          return closing.code;
        }
        refused = closing?.code === "tokenExpired" ? token : undefined;
        // Pushes still come through the old one while the new one is waited for.
        await delay(closing?.after ?? this.backoff.pause(attempt), AbortSignal.any([this.signal, this.#hurry.signal]));
        this.#hurry = new AbortController();
      } finally {
        void hub.stop().catch(() => undefined);
      }
    }
    return undefined;
  }

  async #live(token: string): Promise<{ hub: HubConnection; closing: Closing | undefined; wasReady: boolean }> {
    const nodes = await this.nodes;
    const node = nodes[this.#node++ % nodes.length];
    const hub = new HubConnectionBuilder()
      .withUrl(`${node}/hub`, { accessTokenFactory: () => token, skipNegotiation: true, transport: HttpTransportType.WebSockets })
      .configureLogging(LogLevel.None)
      .build();
    let wasReady = false;
    const over = new Promise<Closing | undefined>((resolve) => {
      hub.on("closing", (closing: Closing) => resolve(closing));
      hub.onclose(() => resolve(undefined));
      this.signal.addEventListener("abort", () => resolve(undefined), { once: true });
      this.#cut = () => resolve(undefined);
    });
    this.#listen(hub, () => (wasReady = true));
    try {
      await hub.start();
      return { hub, closing: await over, wasReady };
    } catch {
      return { hub, closing: undefined, wasReady };
    } finally {
      if (wasReady && this.#hub === hub) {
        this.#hub = undefined;
        this.events.lost?.();
      }
    }
  }

  #listen(hub: HubConnection, ready: () => void): void {
    hub.on("ready", (word: Ready) => {
      ready();
      this.#hub = hub;
      this.events.ready(word);
    });
    hub.on("receive", (e: PushedEvent) => this.events.receive(e));
    hub.on("heads", (heads: NewHeads) => this.events.heads(heads));
    hub.on("degraded", ({ pollEvery }: { pollEvery: number }) => this.events.degraded(pollEvery));
    hub.on("recovered", () => this.events.recovered());
    hub.on("typing", (e: { conversationId: string; userId: string }) => this.events.typing?.(e.conversationId, e.userId));
    hub.on("presence", (presence: UserPresence) => this.events.presence?.(presence));
  }
}
