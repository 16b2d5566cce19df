import { useEffect } from "react";
import type { UserPresence } from "../client/index.js";
import { useChat } from "./chat.js";
import { Signal, useSignal } from "./signal.js";

const watchedAtMost = 100;

/** How the people on screen are there: watched while somebody shows them, told anew after each connect. */
export class Presence {
  readonly #watched = new Map<string, number>();
  readonly #states = new Map<string, Signal<UserPresence | undefined>>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly watch: (userIds: string[]) => Promise<readonly UserPresence[] | undefined>) {}

  of(userId: string): Signal<UserPresence | undefined> {
    const held = this.#states.get(userId) ?? new Signal<UserPresence | undefined>(undefined);
    this.#states.set(userId, held);
    return held;
  }

  told(presence: UserPresence): void {
    this.of(presence.userId).set(presence);
  }

  show(userId: string): () => void {
    this.#watched.set(userId, (this.#watched.get(userId) ?? 0) + 1);
    this.askSoon();
    return () => {
      const left = (this.#watched.get(userId) ?? 1) - 1;
      if (left === 0) {
        this.#watched.delete(userId);
      } else {
        this.#watched.set(userId, left);
      }
    };
  }

  askSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#ask(), 200);
  }

  async #ask(): Promise<void> {
    const told = await this.watch([...this.#watched.keys()].slice(-watchedAtMost));
    told?.forEach((presence) => this.told(presence));
  }
}

/** Undefined: none of one's business, or not known yet. */
export const usePresence = (userId: string | undefined): UserPresence | undefined => {
  const { presence } = useChat();
  useEffect(() => (userId === undefined ? undefined : presence.show(userId)), [presence, userId]);
  return useSignal(presence.of(userId ?? ""));
};
