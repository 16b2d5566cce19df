import type { ChangePage, Conversation, Message, MessagePage, PushedEvent } from "./contracts.js";

/** A random number generator that follows from its seed (mulberry32, T. Ettinger). */
export const randomFrom = (seed: number) => (): number => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
};

/** A conversation on a server: each change takes the next rev, and is one event. */
export class History {
  readonly events: PushedEvent[] = [];
  #messages: Message[] = [];
  #conversation: Conversation;

  constructor(readonly id = "c") {
    this.#conversation = {
      id, kind: "group", title: "A group", activeAt: "2026-11-21T12:00:00Z", lastSeq: 0, lastRev: 0, membershipVersion: 1, memberCount: 1, firstMembers: [],
    };
  }

  get rev(): number {
    return this.events.length;
  }

  send(senderId: string, text: string, clientId = `${senderId}-${this.rev}`): Message {
    const seq = this.#messages.length + 1;
    const message: Message = {
      conversationId: this.id, seq, rev: this.rev + 1, senderId, clientId, kind: "text", text, createdAt: "2026-11-21T12:00:00Z",
    };
    this.#messages.push(message);
    return this.#push("messageSent", message);
  }

  edit(seq: number, text: string): void {
    const message = { ...this.#messages[seq - 1]!, rev: this.rev + 1, text };
    this.#messages[seq - 1] = message;
    this.#push("messageChanged", message);
  }

  rename(title: string): void {
    this.#conversation = { ...this.#conversation, title, lastRev: this.rev + 1 };
    this.events.push({ type: "conversationChanged", conversationId: this.id, membershipVersion: 1, rev: this.rev + 1, conversation: this.conversation });
  }

  /** Something at random. */
  change(random: () => number): void {
    const choice = random();
    if (choice < 0.5 || this.#messages.length === 0) {
      this.send(random() < 0.5 ? "me" : "other", `message ${this.rev}`);
    } else if (choice < 0.9) {
      this.edit(1 + Math.floor(random() * this.#messages.length), `edited ${this.rev}`);
    } else {
      this.rename(`title ${this.rev}`);
    }
  }

  get conversation(): Conversation {
    return { ...this.#conversation, lastSeq: this.#messages.length, lastRev: this.rev };
  }

  page(limit = 100, before = Number.MAX_SAFE_INTEGER): MessagePage {
    const upTo = this.#messages.filter((m) => m.seq < before);
    const items = upTo.slice(-limit);
    return {
      items, mine: [], lastSeq: this.#messages.length, rev: this.rev, changesToken: `${this.rev}`,
      next: upTo.length > items.length ? items[0]!.seq : null,
    };
  }

  changes(since: string, limit = 100): ChangePage {
    const page = this.events.slice(Number(since), Number(since) + limit);
    const seqs = new Set(page.flatMap((e) => (e.message === undefined ? [] : [e.message.seq])));
    const rev = Number(since) + page.length;
    return {
      messages: [...seqs].map((seq) => this.#messages[seq - 1]!), rev, next: `${rev}`, more: rev < this.rev, reload: false,
      conversation: page.some((e) => e.conversation !== undefined) ? this.conversation : null,
    };
  }

  #push(type: string, message: Message): Message {
    this.events.push({ type, conversationId: this.id, membershipVersion: 1, rev: message.rev, message });
    return message;
  }
}
