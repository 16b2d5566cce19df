import type { LinkState } from "../client/index.js";
import { Signal } from "./signal.js";

export type ConnectionState = "live" | "connecting" | "degraded" | "offline" | "refused";

/** What is to be said of the connection: nothing is said of what is over within two seconds. */
export class Connection {
  readonly state = new Signal<ConnectionState>("live");
  #link: LinkState = "lost";
  #refused = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(signal: AbortSignal) {
    const look = () => this.#look();
    window.addEventListener("online", look, { signal });
    window.addEventListener("offline", look, { signal });
    this.#look();
  }

  is(link: LinkState): void {
    this.#link = link;
    this.#look();
  }

  refused(): void {
    this.#refused = true;
    this.#look();
  }

  #look(): void {
    clearTimeout(this.#timer);
    const now = this.#now();
    if (now === "connecting" && this.state.value === "live") {
      this.#timer = setTimeout(() => this.state.set(this.#now()), 2_000);
    } else {
      this.state.set(now);
    }
  }

  #now(): ConnectionState {
    if (this.#refused) {
      return "refused";
    }
    if (!navigator.onLine) {
      return "offline";
    }
    return this.#link === "lost" ? "connecting" : this.#link;
  }
}
