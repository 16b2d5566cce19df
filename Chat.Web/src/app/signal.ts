import { useSyncExternalStore } from "react";

/** A value that components follow. */
export class Signal<T> {
  readonly #followers = new Set<() => void>();

  constructor(private current: T) {}

  get value(): T {
    return this.current;
  }

  set(next: T): void {
    if (!Object.is(next, this.current)) {
      this.current = next;
      [...this.#followers].forEach((tell) => tell());
    }
  }

  readonly follow = (tell: () => void): (() => void) => {
    this.#followers.add(tell);
    return () => this.#followers.delete(tell);
  };
}

export const useSignal = <T>(signal: Signal<T>): T => useSyncExternalStore(signal.follow, () => signal.value);
