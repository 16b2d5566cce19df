import { HttpTransportType, HubConnectionBuilder, LogLevel, type HubConnection } from "@microsoft/signalr";
import { Backoff, delay } from "./backoff.js";
import type { Closing, NewHeads, PushedEvent, Ready } from "./contracts.js";
import type { Session } from "./session.js";

/** What a link tells. */
export interface HubEvents {
  ready(word: Ready): void;
  receive(e: PushedEvent): void;
  heads(heads: NewHeads): void;
  degraded(pollEvery: number): void;
  recovered(): void;
}

/**
 * Keeps one connection to the hub, of whichever node takes it: after each end the next, when the server said (`closing.after`), or after
 * a pause of the client's own. Ends only where the server says that another attempt makes no sense.
 */
export class HubLink {
  #node = 0;
  #cut: () => void = () => undefined;

  constructor(
    private readonly nodes: readonly string[],
    private readonly session: Session,
    private readonly events: HubEvents,
    private readonly backoff: Backoff,
    private readonly signal: AbortSignal,
  ) {}

  /** Gives up the connection there is, as after a sleep of the device; the next is made after the first pause. */
  reconnect(): void {
    this.#cut();
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
        await delay(closing?.after ?? this.backoff.pause(attempt), this.signal);
      } finally {
        void hub.stop().catch(() => undefined);
      }
    }
    return undefined;
  }

  async #live(token: string): Promise<{ hub: HubConnection; closing: Closing | undefined; wasReady: boolean }> {
    const node = this.nodes[this.#node++ % this.nodes.length];
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
    hub.on("ready", (word: Ready) => {
      wasReady = true;
      this.events.ready(word);
    });
    hub.on("receive", (e: PushedEvent) => this.events.receive(e));
    hub.on("heads", (heads: NewHeads) => this.events.heads(heads));
    hub.on("degraded", ({ pollEvery }: { pollEvery: number }) => this.events.degraded(pollEvery));
    hub.on("recovered", () => this.events.recovered());
    try {
      await hub.start();
    } catch {
      return { hub, closing: undefined, wasReady };
    }
    return { hub, closing: await over, wasReady };
  }
}
