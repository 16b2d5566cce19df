import type { ChangePage, Conversation, Message, MessagePage, OwnMessage, PushedEvent } from "./contracts.js";
import type { PendingMessage } from "./outbox.js";

/**
 * What the client holds of one conversation: the latest messages and what is the user's own of them, as of a rev. Pushes and pages are
 * states, each under its rev; whatever order they come in, and however often, the outcome is the same.
 */
export class ConversationState {
  /** Undefined until it has been loaded. */
  conversation: Conversation | undefined;
  /** To ask with for what came after. */
  token = "";
  #rev = 0;
  #head = 0;
  #oldest = 1;
  #loading = false;
  readonly #messages = new Map<number, Message>();
  readonly #mine = new Map<number, readonly string[]>();
  readonly #hidden = new Set<number>();
  readonly #ahead = new Set<number>();
  #early: PushedEvent[] = [];
  #pending: PendingMessage[] = [];

  constructor(
    readonly id: string,
    private readonly userId: string,
  ) {}

  /** Up to here nothing of the stream is missing. */
  get rev(): number {
    return this.#rev;
  }

  /** The seq from which on messages are held; 1: all of them. */
  get oldest(): number {
    return this.#oldest;
  }

  /** Something is known to be missing: a push came before an earlier one, or a head was told. */
  get isBehind(): boolean {
    return this.#ahead.size > 0 || this.#head > this.#rev;
  }

  /** By seq; hidden ones left out. */
  get messages(): Message[] {
    return [...this.#messages.values()].filter((m) => !this.#hidden.has(m.seq)).sort((a, b) => a.seq - b.seq);
  }

  /** What the user has written and the server has not acknowledged, in the order of writing. */
  get pending(): readonly PendingMessage[] {
    return this.#pending;
  }

  /** The user's own reactions to a message. */
  mine(seq: number): readonly string[] {
    return this.#mine.get(seq) ?? [];
  }

  /** Shows what the user has written until the message itself comes, by whichever way first. */
  add(pending: PendingMessage): void {
    if (![...this.#messages.values()].some((m) => this.#is(pending, m))) {
      this.#pending.push(pending);
    }
  }

  /** It was not sent and will not be. */
  withdraw(pending: PendingMessage): void {
    this.#pending = this.#pending.filter((p) => p !== pending);
  }

  /** Pages are about to be read for `load`: pushes that come until then are kept for it. */
  beginLoading(): void {
    this.#loading = true;
    this.#early = [];
  }

  /** The history is another one now (410): what is known of revs holds no more. */
  forget(): void {
    this.#rev = this.#head = 0;
    this.#ahead.clear();
  }

  /** Takes the place of what was held. The conversation must have been read after the page, whose token covers what came in between. */
  load(latest: MessagePage, conversation: Conversation): void {
    // What was known beyond the page, by an answer that came meanwhile, is asked for again.
    this.#head = Math.max(this.#head, this.#rev);
    this.#loading = false;
    this.conversation = conversation;
    this.token = latest.changesToken;
    this.#messages.clear();
    this.#mine.clear();
    this.#putPage(latest, latest.lastSeq);
    this.#reach(latest.rev);
    const early = this.#early;
    this.#early = [];
    early.forEach((e) => this.applyEvent(e));
  }

  /** Puts the page before what is held. */
  loadOlder(older: MessagePage): void {
    this.#putPage(older, this.#oldest - 1);
  }

  applyEvent(e: PushedEvent): void {
    if (this.#loading) {
      this.#early.push(e);
    }
    if (this.conversation === undefined || e.rev === undefined) {
      return;
    }
    this.applyMessage(e.message);
    this.applyConversation(e.conversation);
    // A kind that this client does not know has changed something all the same: it asks what.
    const understood = e.message !== undefined || e.conversation !== undefined;
    if (e.rev === this.#rev + 1 && understood) {
      this.#reach(e.rev);
    } else if (e.rev > this.#rev) {
      if (understood) {
        this.#ahead.add(e.rev);
      } else {
        this.reached(e.rev);
      }
    }
  }

  /** Applies a page of changes that was asked for with the token held. */
  applyPage(page: ChangePage): void {
    page.messages.forEach((m) => this.applyMessage(m));
    this.applyConversation(page.conversation ?? undefined);
    this.token = page.next;
    this.#reach(Math.max(this.#rev, page.rev));
  }

  /** A message that came otherwise, as the answer to what the user did: by its own rev, and no step of the stream. */
  applyMessage(message: Message | undefined): void {
    if (message === undefined || message.seq < this.#oldest || (this.#messages.get(message.seq)?.rev ?? -1) >= message.rev) {
      return;
    }
    this.#messages.set(message.seq, message);
    this.#pending = this.#pending.filter((p) => !this.#is(p, message));
  }

  /** What a message is to the user now, by their own stream. */
  applyOwn(own: OwnMessage): void {
    this.#mine.set(own.seq, own.reactions);
    this.#setHidden(own.seq, own.hidden);
  }

  /** Events have no `me`: what is known of it stays. */
  applyConversation(next: Conversation | undefined): void {
    if (next !== undefined && next.lastRev >= (this.conversation?.lastRev ?? 0)) {
      const me = next.me ?? this.conversation?.me;
      this.conversation = me === undefined ? next : { ...next, me };
    }
  }

  /** The server has told how far the conversation has come. True: further than what is held. */
  reached(head: number): boolean {
    this.#head = Math.max(this.#head, head);
    return this.isBehind;
  }

  /** Seqs are dense: what a page leaves out within its reach, the user has hidden, and pushes of it are not to show it. */
  #putPage(page: MessagePage, last: number): void {
    this.#oldest = page.next == null ? 1 : (page.items[0]?.seq ?? 1);
    const there = new Set(page.items.map((m) => m.seq));
    for (let seq = this.#oldest; seq <= last; seq++) {
      this.#setHidden(seq, !there.has(seq));
    }
    page.items.forEach((m) => this.applyMessage(m));
    page.mine.forEach((own) => this.#mine.set(own.seq, own.emoji));
  }

  #setHidden(seq: number, hidden: boolean): void {
    if (hidden) {
      this.#hidden.add(seq);
    } else {
      this.#hidden.delete(seq);
    }
  }

  #reach(rev: number): void {
    while (this.#ahead.delete(rev + 1)) {
      rev++;
    }
    this.#rev = rev;
    for (const ahead of this.#ahead) {
      if (ahead <= rev) {
        this.#ahead.delete(ahead);
      }
    }
  }

  /** Ids are made by clients, so another's may be the same. */
  #is(pending: PendingMessage, message: Message): boolean {
    return pending.request.clientId === message.clientId && message.senderId === this.userId;
  }
}
