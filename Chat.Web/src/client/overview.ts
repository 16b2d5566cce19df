import type { Conversation, MemberCursors, Membership, Message, MessagePreview } from "./contracts.js";

/** What a list shows of a conversation: the conversation as it was last told, and what messages and cursors since make of it. */
export class Overview {
  conversation: Conversation | undefined;
  /** The latest message that was seen, as it is now. */
  #latest: Message | undefined;
  #readSeq = 0;
  readonly #mentioned = new Set<number>();
  readonly #cursors = new Map<string, MemberCursors>();

  constructor(private readonly userId: string) {}

  get lastSeq(): number {
    return Math.max(this.conversation?.lastSeq ?? 0, this.#latest?.seq ?? 0);
  }

  get readSeq(): number {
    return Math.max(this.#readSeq, this.conversation?.me?.readSeq ?? 0);
  }

  get unread(): number {
    return this.lastSeq - this.readSeq;
  }

  get mentions(): number {
    const told = this.conversation?.me;
    const before = told !== undefined && this.readSeq === told.readSeq ? told.mentions : 0;
    return before + [...this.#mentioned].filter((seq) => seq > this.readSeq).length;
  }

  get activeAt(): string {
    const told = this.conversation?.activeAt ?? "";
    return this.#latest !== undefined && this.#latest.createdAt > told ? this.#latest.createdAt : told;
  }

  get preview(): MessagePreview | undefined {
    const told = this.conversation?.lastMessage;
    return this.#latest !== undefined && this.#latest.seq >= (told?.seq ?? 0) ? this.#latest : told;
  }

  /** Where the others are; the greater of what was told. */
  cursor(userId: string): MemberCursors | undefined {
    return this.#cursors.get(userId);
  }

  get cursors(): Iterable<MemberCursors> {
    return this.#cursors.values();
  }

  /** Events have no `me`: what is known of it stays. */
  apply(next: Conversation): void {
    this.readUpTo(next.me?.readSeq ?? 0);
    if (next.lastRev >= (this.conversation?.lastRev ?? 0)) {
      const me = next.me ?? this.conversation?.me;
      this.conversation = me === undefined ? next : { ...next, me };
      this.#mentioned.forEach((seq) => next.me !== undefined && seq <= next.lastSeq && this.#mentioned.delete(seq));
    }
  }

  /** Whatever was held: for a history that is another one now. */
  replace(next: Conversation): void {
    this.conversation = undefined;
    this.apply(next);
  }

  /** The user's own settings, ahead of the server's word of them. */
  assume(me: Partial<Membership>): void {
    if (this.conversation?.me !== undefined) {
      this.conversation = { ...this.conversation, me: { ...this.conversation.me, ...me } };
    }
  }

  /** The conversation as far as it is known now, for keeping. */
  get current(): Conversation | undefined {
    const { conversation: told, readSeq, lastSeq, unread, mentions, activeAt, preview } = this;
    return (
      told && {
        ...told, lastSeq, activeAt,
        ...(preview === undefined ? {} : { lastMessage: { ...preview, text: preview.text.slice(0, 200) } }),
        ...(told.me === undefined ? {} : { me: { ...told.me, readSeq, unread, mentions } }),
      }
    );
  }

  saw(message: Message): void {
    if (message.seq > this.lastSeq && this.#mentions(message)) {
      this.#mentioned.add(message.seq);
    }
    const latest = this.#latest;
    if (latest === undefined || message.seq > latest.seq || (message.seq === latest.seq && message.rev > latest.rev)) {
      this.#latest = message;
    }
    if (message.senderId === this.userId && message.kind !== "system") {
      this.readUpTo(message.seq);
    }
  }

  readUpTo(seq: number): void {
    this.#readSeq = Math.max(this.#readSeq, seq);
  }

  moved(cursors: readonly MemberCursors[]): void {
    for (const { userId, readSeq, deliveredSeq } of cursors) {
      const held = this.#cursors.get(userId);
      this.#cursors.set(userId, {
        userId,
        readSeq: Math.max(readSeq, held?.readSeq ?? 0),
        deliveredSeq: Math.max(deliveredSeq, held?.deliveredSeq ?? 0),
      });
      if (userId === this.userId) {
        this.readUpTo(readSeq);
      }
    }
  }

  #mentions(message: Message): boolean {
    return message.senderId !== this.userId && (message.mentionsEveryone === true || message.mentions?.includes(this.userId) === true);
  }
}
