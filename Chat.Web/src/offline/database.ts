import type { ConversationSnapshot, Positions, SendRequest } from "../client/index.js";

/** Something written that the server has not got yet. */
export interface Entry {
  readonly clientId: string;
  readonly conversationId: string;
  readonly request: SendRequest;
  /** Milliseconds since 1970: entries go out in this order. */
  readonly at: number;
  readonly failed?: boolean;
}

const stores = ["conversations", "positions", "outbox"] as const;
type Store = (typeof stores)[number];

/** What is kept in the browser of one account. Every call resolves, with nothing where the browser keeps nothing. */
export class Database {
  readonly #open: Promise<IDBDatabase | undefined>;

  constructor(private readonly userId: string) {
    this.#open = open(`chat-${userId}`).catch(() => undefined);
  }

  async kept(): Promise<{ positions: Positions; conversations: ConversationSnapshot[] } | undefined> {
    const [positions] = await this.#all<Positions>("positions");
    const conversations = await this.#all<ConversationSnapshot>("conversations");
    return positions === undefined ? undefined : { positions, conversations };
  }

  /** All or nothing: the positions say how far what is kept of the conversations is known. */
  async keep(positions: Positions, changed: readonly ConversationSnapshot[], gone: readonly string[]): Promise<void> {
    await this.#write(["conversations", "positions"], (store) => {
      store("positions").put(positions, "now");
      changed.forEach((c) => store("conversations").put(c, c.id));
      gone.forEach((id) => store("conversations").delete(id));
    });
  }

  async entries(): Promise<Entry[]> {
    return (await this.#all<Entry>("outbox")).sort((a, b) => a.at - b.at);
  }

  async putEntry(entry: Entry): Promise<void> {
    await this.#write(["outbox"], (store) => store("outbox").put(entry, entry.clientId));
  }

  async removeEntry(clientId: string): Promise<void> {
    await this.#write(["outbox"], (store) => store("outbox").delete(clientId));
  }

  /** Signed out: nothing stays. */
  async delete(): Promise<void> {
    (await this.#open)?.close();
    await new Promise((resolve) => {
      const request = indexedDB.deleteDatabase(`chat-${this.userId}`);
      request.onsuccess = request.onerror = request.onblocked = resolve;
    }).catch(() => undefined);
  }

  async #all<T>(name: Store): Promise<T[]> {
    const database = await this.#open;
    if (database === undefined) {
      return [];
    }
    return new Promise((resolve) => {
      const request = database.transaction(name).objectStore(name).getAll();
      request.onsuccess = () => resolve(request.result as T[]);
      request.onerror = () => resolve([]);
    });
  }

  async #write(names: Store[], change: (store: (name: Store) => IDBObjectStore) => void): Promise<void> {
    const database = await this.#open;
    if (database === undefined) {
      return;
    }
    await new Promise<void>((resolve) => {
      try {
        const transaction = database.transaction(names, "readwrite");
        transaction.oncomplete = transaction.onerror = transaction.onabort = () => resolve();
        change((name) => transaction.objectStore(name));
      } catch {
        resolve();
      }
    });
  }
}

const open = (name: string): Promise<IDBDatabase> =>
  new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => stores.forEach((store) => request.result.createObjectStore(store));
    request.onsuccess = () => {
      // Another tab signs out, or has a newer version: it goes first.
      request.result.onversionchange = () => request.result.close();
      resolve(request.result);
    };
    request.onerror = () => reject(request.error ?? new Error("The browser keeps nothing."));
  });
