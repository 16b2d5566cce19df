import { Signal } from "./signal.js";

const shownFor = 5_000;
const saidEvery = 3_000;

/** Who is writing where: told by the hub, shown for 5 s or until their message comes. */
export class Typing {
  readonly #writers = new Map<string, Signal<readonly string[]>>();
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();
  #said = new Map<string, number>();

  constructor(private readonly say: (conversationId: string) => void) {}

  in(conversationId: string): Signal<readonly string[]> {
    const held = this.#writers.get(conversationId) ?? new Signal<readonly string[]>([]);
    this.#writers.set(conversationId, held);
    return held;
  }

  begins(conversationId: string, userId: string): void {
    const writers = this.in(conversationId);
    const key = `${conversationId} ${userId}`;
    clearTimeout(this.#timers.get(key));
    this.#timers.set(key, setTimeout(() => this.ends(conversationId, userId), shownFor));
    if (!writers.value.includes(userId)) {
      writers.set([...writers.value, userId]);
    }
  }

  ends(conversationId: string, userId: string): void {
    const writers = this.#writers.get(conversationId);
    clearTimeout(this.#timers.get(`${conversationId} ${userId}`));
    if (writers?.value.includes(userId) === true) {
      writers.set(writers.value.filter((id) => id !== userId));
    }
  }

  /** The user strikes keys: told every three seconds. */
  struck(conversationId: string): void {
    const now = Date.now();
    if (now - (this.#said.get(conversationId) ?? 0) > saidEvery) {
      this.#said.set(conversationId, now);
      this.say(conversationId);
    }
  }
}
