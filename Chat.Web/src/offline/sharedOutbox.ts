import { newId, type ChatClient, type Message, type SendRequest } from "../client/index.js";
import type { Database, Entry } from "./database.js";

type Word =
  | { readonly what: "written"; readonly entry: Entry }
  | { readonly what: "sent"; readonly conversationId: string; readonly clientId: string; readonly message: Message }
  | { readonly what: "failed" | "retried" | "discarded"; readonly conversationId: string; readonly clientId: string };

/**
 * What the user writes, kept in the browser from the stroke of Enter until the server has it: it survives a reload, a crash and days
 * without network. All tabs show it; the one that holds the Web Lock sends it, and when that tab goes, the lock passes to another.
 */
export class SharedOutbox {
  readonly #channel: BroadcastChannel;
  readonly #sending = new Set<string>();
  #sends = false;

  constructor(
    private readonly client: ChatClient,
    private readonly database: Database,
    private readonly signal: AbortSignal,
    /** Tells why something was refused. */
    private readonly refused: (reason: string | undefined) => void,
  ) {
    this.#channel = new BroadcastChannel(`chat-outbox-${client.userId}`);
    this.#channel.onmessage = ({ data }: MessageEvent<Word>) => this.#hear(data);
    signal.addEventListener("abort", () => this.#channel.close());
  }

  /** Shows what was not sent before the last end, and sends it once this tab is the one that does. */
  async start(): Promise<void> {
    const show = async () => (await this.database.entries()).forEach((e) => this.client.show(e.conversationId, e.request, e.failed));
    await show();
    // Conversations that were not kept are known only then.
    void this.client.loaded.then(show);
    if (navigator.locks === undefined) {
      await this.#sendAll();
      return;
    }
    const name = `chat.outbox.${this.client.userId}`;
    void navigator.locks
      .request(name, { signal: this.signal }, async () => {
        await this.#sendAll();
        await new Promise((resolve) => this.signal.addEventListener("abort", resolve));
      })
      .catch(() => undefined);
  }

  /** Shows it at once, keeps it, and has it sent. */
  add(conversationId: string, content: Omit<SendRequest, "clientId">): void {
    const request = { ...content, clientId: newId() };
    const entry: Entry = { clientId: request.clientId, conversationId, request, at: Date.now() };
    this.client.show(conversationId, request);
    void this.database.putEntry(entry).then(() => this.#say({ what: "written", entry }));
    this.#send(entry);
  }

  retry(conversationId: string, request: SendRequest): void {
    const entry: Entry = { clientId: request.clientId, conversationId, request, at: Date.now() };
    this.client.conversations.get(conversationId)?.mark(request.clientId, false);
    void this.database.putEntry(entry).then(() => this.#say({ what: "written", entry }));
    this.#say({ what: "retried", conversationId, clientId: request.clientId });
    this.#send(entry);
  }

  discard(conversationId: string, clientId: string): void {
    void this.database.removeEntry(clientId);
    this.client.conversations.get(conversationId)?.withdraw(clientId);
    this.#say({ what: "discarded", conversationId, clientId });
  }

  async #sendAll(): Promise<void> {
    this.#sends = true;
    (await this.database.entries()).filter((e) => e.failed !== true).forEach((e) => this.#send(e));
  }

  #send(entry: Entry): void {
    if (this.#sends && !this.#sending.has(entry.clientId)) {
      this.#sending.add(entry.clientId);
      void this.#deliver(entry).finally(() => this.#sending.delete(entry.clientId));
    }
  }

  async #deliver(entry: Entry): Promise<void> {
    const { conversationId, clientId, request } = entry;
    const { value, problem } = await this.client.deliver(conversationId, request);
    if (value !== undefined) {
      await this.database.removeEntry(clientId);
      this.#say({ what: "sent", conversationId, clientId, message: value });
    } else if (!this.signal.aborted) {
      await this.database.putEntry({ ...entry, failed: true });
      this.#say({ what: "failed", conversationId, clientId });
      this.refused(problem?.detail ?? problem?.title);
    }
  }

  #say(word: Word): void {
    if (!this.signal.aborted) {
      this.#channel.postMessage(word);
    }
  }

  #hear(word: Word): void {
    if (word.what === "written") {
      this.client.show(word.entry.conversationId, word.entry.request);
      this.#send(word.entry);
      return;
    }
    const state = this.client.conversations.get(word.conversationId);
    if (word.what === "sent") {
      state?.applyMessage(word.message);
    } else if (word.what === "discarded") {
      state?.withdraw(word.clientId);
    } else {
      state?.mark(word.clientId, word.what === "failed");
    }
  }
}
