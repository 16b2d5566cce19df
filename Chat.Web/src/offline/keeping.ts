import type { ChatClient } from "../client/index.js";
import type { Database } from "./database.js";

const messagesKept = 100;
/** Between two writings; the first after a while of quiet comes sooner, as the page may be closed any moment. */
const pause = 2_000;
const soon = 150;

/** Writes down what the client holds, some time after it changed and when the page is left, for the next start. */
export class Keeping {
  readonly #kept = new Map<string, number>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #last = -pause;

  constructor(
    private readonly client: ChatClient,
    private readonly database: Database,
    private readonly signal: AbortSignal,
  ) {
    client.conversations.forEach((state) => this.#kept.set(state.id, state.version));
    const now = () => document.visibilityState === "hidden" && void this.#keep();
    document.addEventListener("visibilitychange", now, { signal });
    window.addEventListener("pagehide", () => void this.#keep(), { signal });
  }

  changed(): void {
    this.#timer ??= setTimeout(() => void this.#keep(), performance.now() - this.#last > pause ? soon : pause);
  }

  async #keep(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#last = performance.now();
    const { positions, conversations } = this.client;
    if (positions === undefined || this.signal.aborted) {
      return;
    }
    const changed = [...conversations.values()].filter((state) => this.#kept.get(state.id) !== state.version);
    const gone = [...this.#kept.keys()].filter((id) => !conversations.has(id));
    changed.forEach((state) => this.#kept.set(state.id, state.version));
    gone.forEach((id) => this.#kept.delete(id));
    await this.database.keep(positions, changed.flatMap((state) => state.snapshot(messagesKept) ?? []), gone);
  }
}
