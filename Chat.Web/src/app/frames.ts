import type { Message } from "../client/index.js";

/** Tells followers of changes once a frame, so that a burst of messages costs no more than the screen shows. */
export class Frames {
  readonly #followers = new Set<() => void>();
  readonly #listeners = new Set<(message: Message) => void>();
  #due = false;

  readonly follow = (tell: () => void): (() => void) => {
    this.#followers.add(tell);
    return () => this.#followers.delete(tell);
  };

  /** Called for each new message that is pushed. */
  readonly onMessage = (tell: (message: Message) => void): (() => void) => {
    this.#listeners.add(tell);
    return () => this.#listeners.delete(tell);
  };

  came(message: Message): void {
    this.#listeners.forEach((tell) => tell(message));
  }

  changed(): void {
    if (this.#due) {
      return;
    }
    this.#due = true;
    const tell = () => {
      this.#due = false;
      this.#followers.forEach((follower) => follower());
    };
    // A page in the background gets no frames, but its title shows what is unread.
    if (document.visibilityState === "hidden") {
      setTimeout(tell, 250);
    } else {
      requestAnimationFrame(tell);
    }
  }
}
