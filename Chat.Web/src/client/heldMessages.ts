import type { Message, MessagePage, OwnMessage, OwnReactions } from "./contracts.js";
import { SeqRanges } from "./seqRanges.js";

const nothing: OwnReactions = { seq: 0, emoji: [] };

/** Messages of a conversation by seq, of the stretches of history that were loaded: the latest, without an end, and any others. */
export class HeldMessages {
  readonly #bySeq = new Map<number, Message>();
  readonly #mine = new Map<number, OwnReactions>();
  readonly #hidden = new Set<number>();
  readonly #known = new SeqRanges();
  #reading = 0;
  #meanwhile: Message[] = [];

  get(seq: number): Message | undefined {
    return this.#hidden.has(seq) ? undefined : this.#bySeq.get(seq);
  }

  isHidden(seq: number): boolean {
    return this.#hidden.has(seq);
  }

  mine(seq: number): OwnReactions {
    return this.#mine.get(seq) ?? nothing;
  }

  /** The seq from which on everything up to the latest is held. */
  get oldest(): number {
    return this.#known.lastFrom ?? 1;
  }

  /** By seq; hidden ones left out. */
  all(): Message[] {
    return [...this.#bySeq.values()].filter((m) => !this.#hidden.has(m.seq)).sort((a, b) => a.seq - b.seq);
  }

  /** The latest that are held, hidden ones among them. */
  latest(count: number): { readonly from: number; readonly messages: Message[]; readonly hidden: number[] } {
    const newest = Math.max(0, ...this.#bySeq.keys());
    const from = count === 0 ? Infinity : Math.max(this.oldest, newest - count + 1);
    return {
      from,
      messages: [...this.#bySeq.values()].filter((m) => m.seq >= from).sort((a, b) => a.seq - b.seq),
      hidden: [...this.#hidden].filter((seq) => seq >= from),
    };
  }

  missing(from: number, to: number): (readonly [from: number, to: number])[] {
    return this.#known.missing(from, to);
  }

  /** True: it is news. What is not of a stretch that is held is loaded as it is when the user scrolls there. */
  put(message: Message): boolean {
    if (!this.#known.has(message.seq)) {
      if (this.#reading > 0) {
        this.#meanwhile.push(message);
      }
      return false;
    }
    if ((this.#bySeq.get(message.seq)?.rev ?? -1) >= message.rev) {
      return false;
    }
    this.#bySeq.set(message.seq, message);
    return true;
  }

  putOwn(own: OwnMessage): void {
    this.setMine({ seq: own.seq, emoji: own.reactions, ...(own.vote == null ? {} : { vote: own.vote }) });
    this.#setHidden(own.seq, own.hidden);
  }

  setMine(own: OwnReactions): void {
    this.#mine.set(own.seq, own);
  }

  clear(): void {
    this.#bySeq.clear();
    this.#mine.clear();
    this.#known.clear();
  }

  /** A page of history is about to be read: what comes of messages that are not held yet is kept until `putPage`, or `endReading`. */
  beginReading(): void {
    this.#reading++;
  }

  endReading(): void {
    if (--this.#reading === 0) {
      this.#meanwhile = [];
    }
  }

  /** Seqs are dense: what a page leaves out between `from` and `to` the user has hidden, and pushes of it are not to show it. */
  putPage(page: MessagePage, from: number, to: number, last = Math.min(to, page.lastSeq)): void {
    const there = new Set(page.items.map((m) => m.seq));
    for (let seq = from; seq <= last; seq++) {
      this.#setHidden(seq, !there.has(seq));
    }
    this.#known.add(from, to);
    page.items.forEach((m) => this.put(m));
    page.mine.forEach((own) => this.#mine.set(own.seq, own));
    this.#meanwhile.forEach((m) => this.put(m));
  }

  restore(from: number, messages: readonly Message[], hidden: readonly number[], mine: readonly OwnReactions[]): void {
    this.#known.add(from, Infinity);
    messages.forEach((m) => this.put(m));
    hidden.forEach((seq) => this.#hidden.add(seq));
    mine.forEach((own) => this.#mine.set(own.seq, own));
  }

  #setHidden(seq: number, hidden: boolean): void {
    if (hidden) {
      this.#hidden.add(seq);
    } else {
      this.#hidden.delete(seq);
    }
  }
}
