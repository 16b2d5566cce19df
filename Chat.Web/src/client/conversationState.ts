import type { ChangePage, Conversation, MemberCursors, Membership, Message, MessagePage, OwnMessage, OwnReactions, PushedEvent } from "./contracts.js";
import { HeldMessages } from "./heldMessages.js";
import type { PendingMessage } from "./outbox.js";
import { Overview } from "./overview.js";
import { Revs } from "./revs.js";
import type { ConversationSnapshot } from "./snapshot.js";

/**
 * What the client holds of one conversation: the latest messages and what is the user's own of them, as of a rev. Pushes and pages are
 * states, each under its rev; whatever order they come in, and however often, the outcome is the same.
 */
export class ConversationState {
  /** To ask with for what came after; empty until its messages have been loaded. */
  token = "";
  /** Grows with everything that may show. */
  version = 0;
  readonly overview: Overview;
  readonly held = new HeldMessages();
  #loading = false;
  readonly #revs = new Revs();
  #early: PushedEvent[] = [];
  #pending: PendingMessage[] = [];

  constructor(
    readonly id: string,
    private readonly userId: string,
  ) {
    this.overview = new Overview(userId);
  }

  /** Undefined until it has been listed or loaded. */
  get conversation(): Conversation | undefined {
    return this.overview.conversation;
  }

  get isLoaded(): boolean {
    return this.token !== "";
  }

  /** Up to here nothing of the stream is missing. */
  get rev(): number {
    return this.#revs.rev;
  }

  /** The seq from which on messages are held up to the latest; 1: all of them. */
  get oldest(): number {
    return this.held.oldest;
  }

  /** Something is known to be missing: a push came before an earlier one, or a head was told. */
  get isBehind(): boolean {
    return this.#revs.isBehind;
  }

  /** By seq; hidden ones left out. */
  get messages(): Message[] {
    return this.held.all();
  }

  /** What the user has written and the server has not acknowledged, in the order of writing. */
  get pending(): readonly PendingMessage[] {
    return this.#pending;
  }

  /** The user's own reactions to a message. */
  mine(seq: number): OwnReactions {
    return this.held.mine(seq);
  }

  /** Shows what the user has written until the message itself comes, by whichever way first. */
  add(pending: PendingMessage): void {
    const shown = this.#pending.some((p) => p.request.clientId === pending.request.clientId);
    if (!shown && !this.held.all().some((m) => this.#is(pending, m))) {
      this.#pending = [...this.#pending, pending];
      this.version++;
    }
  }

  /** It was not sent and will not be. */
  withdraw(clientId: string): void {
    this.#pending = this.#pending.filter((p) => p.request.clientId !== clientId);
    this.version++;
  }

  /** It waits for the user to send it again, or is on its way again. */
  mark(clientId: string, failed: boolean): void {
    this.#pending = this.#pending.map((p) => (p.request.clientId === clientId ? { ...p, failed } : p));
    this.version++;
  }

  /** Pages are about to be read for `load`: pushes that come until then are kept for it. */
  beginLoading(): void {
    this.#loading = true;
    this.#early = [];
  }

  /** The history is another one now (410): what is known of revs holds no more. */
  forget(): void {
    this.#revs.forget();
  }

  /** Takes the place of what was held. The conversation must have been read after the page, whose token covers what came in between. */
  load(latest: MessagePage, conversation: Conversation): void {
    // What was known beyond the page, by an answer that came meanwhile, is asked for again.
    this.#revs.told(this.rev);
    this.#loading = false;
    this.overview.replace(conversation);
    this.token = latest.changesToken;
    this.held.clear();
    this.#putPage(latest, Infinity);
    this.#revs.reach(latest.rev);
    const early = this.#early;
    this.#early = [];
    early.forEach((e) => this.applyEvent(e));
  }

  /** Puts a page of history that reaches from its first message up to `last`. */
  loadOlder(older: MessagePage, last = this.oldest - 1): void {
    this.#putPage(older, last);
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
    if (e.message !== undefined || e.conversation !== undefined) {
      this.#revs.came(e.rev);
    } else {
      // A kind that this client does not know has changed something all the same: it asks what.
      this.#revs.told(e.rev);
    }
  }

  /** Applies a page of changes that was asked for with the token held. */
  applyPage(page: ChangePage): void {
    page.messages.forEach((m) => this.applyMessage(m));
    this.applyConversation(page.conversation ?? undefined);
    this.token = page.next;
    this.#revs.reach(Math.max(this.rev, page.rev));
  }

  /** A message that came otherwise, as the answer to what the user did: by its own rev, and no step of the stream. */
  applyMessage(message: Message | undefined): void {
    if (message === undefined) {
      return;
    }
    this.overview.saw(message);
    this.held.put(message);
    if (this.#pending.some((p) => this.#is(p, message))) {
      this.#pending = this.#pending.filter((p) => !this.#is(p, message));
    }
    this.version++;
  }

  /** What a message is to the user now, by their own stream. */
  applyOwn(own: OwnMessage): void {
    this.held.putOwn(own);
    this.version++;
  }

  /** Members have read or got more. */
  moved(cursors: readonly MemberCursors[]): void {
    this.overview.moved(cursors);
    this.version++;
  }

  /** The user's own settings, ahead of the server's word of them. */
  assume(me: Partial<Membership>): void {
    this.overview.assume(me);
    this.version++;
  }

  /** The user has read up to a seq: shown before the server knows. */
  readUpTo(seq: number): void {
    this.overview.readUpTo(seq);
    this.overview.assume({ markedUnread: false });
    this.version++;
  }

  applyConversation(next: Conversation | undefined): void {
    if (next !== undefined) {
      this.overview.apply(next);
      this.version++;
    }
  }

  /** As a list has it: without messages, so that of one whose messages are not held nothing is missing then. */
  applyListed(next: Conversation): void {
    this.applyConversation(next);
    if (this.isLoaded) {
      this.reached(next.lastRev);
    } else {
      this.#revs.reach(Math.max(this.rev, next.lastRev));
    }
  }

  /** The server has told how far the conversation has come. True: further than what is held. */
  reached(head: number): boolean {
    this.#revs.told(head);
    return this.isBehind;
  }

  /** For the next start, with so many of the latest messages; undefined before it is known. */
  snapshot(count: number): ConversationSnapshot | undefined {
    const conversation = this.overview.current;
    if (conversation === undefined) {
      return undefined;
    }
    const { from, messages, hidden } = this.held.latest(this.isLoaded ? count : 0);
    const mine = messages.map((m) => this.mine(m.seq)).filter((own) => own.seq !== 0);
    return { id: this.id, conversation, token: this.token, rev: this.rev, from, messages, hidden, mine };
  }

  restore(kept: ConversationSnapshot): void {
    this.overview.apply(kept.conversation);
    this.token = kept.token;
    this.#revs.reach(kept.rev);
    if (this.isLoaded) {
      this.held.restore(kept.from, kept.messages, kept.hidden, kept.mine);
    }
    kept.messages.slice(-1).forEach((m) => this.overview.saw(m));
    this.version++;
  }

  #putPage(page: MessagePage, last: number): void {
    const from = page.next == null ? 1 : (page.items[0]?.seq ?? 1);
    this.held.putPage(page, from, last);
    page.items.forEach((m) => this.applyMessage(m));
    this.version++;
  }

  /** Ids are made by clients, so another's may be the same. */
  #is(pending: PendingMessage, message: Message): boolean {
    return pending.request.clientId === message.clientId && message.senderId === this.userId;
  }
}
