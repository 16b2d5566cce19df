import type { Upload as TusUpload } from "tus-js-client";
import { Signal } from "../app/signal.js";
import type { ChatClient, StoredFile } from "../client/index.js";
import { newId } from "../client/index.js";
import type { SharedOutbox } from "../offline/sharedOutbox.js";

export interface Transfer {
  readonly id: string;
  readonly conversationId: string;
  readonly name: string;
  readonly size: number;
  readonly sent: number;
  readonly state: "going" | "paused" | "failed";
  readonly threadRoot: number | undefined;
}

const retryAfter = [0, 1_000, 3_000, 5_000, 10_000, 20_000, 30_000];
const chunk = 4 * 1024 * 1024;

/**
 * Files on their way to the server, by tus: a broken connection is taken up where it broke, and so is an upload of the same file that a
 * reload cut off. With the last byte the message goes into the outbox.
 */
export class Uploads {
  readonly list = new Signal<readonly Transfer[]>([]);
  readonly #running = new Map<string, TusUpload>();

  constructor(
    private readonly client: ChatClient,
    private readonly outbox: SharedOutbox,
  ) {}

  async add(conversationId: string, file: File, threadRoot?: number): Promise<void> {
    const id = newId();
    this.list.set([...this.list.value, { id, conversationId, name: file.name, size: file.size, sent: 0, state: "going", threadRoot }]);
    const { Upload } = await import("tus-js-client");
    const upload = new Upload(file, {
      endpoint: "/api/uploads",
      chunkSize: chunk,
      retryDelays: retryAfter,
      metadata: { filename: file.name, filetype: file.type || "application/octet-stream" },
      removeFingerprintOnSuccess: true,
      onBeforeRequest: async (request) => request.setHeader("Authorization", `Bearer ${await this.client.accessToken()}`),
      onShouldRetry: (error) => {
        const status = error.originalResponse?.getStatus() ?? 0;
        return status === 0 || status === 401 || status === 409 || status === 423 || status === 429 || status >= 500;
      },
      onProgress: (sent) => this.#change(id, { sent }),
      onError: () => this.#change(id, { state: "failed" }),
      onSuccess: () => void this.#done(id, upload.url ?? ""),
    });
    this.#running.set(id, upload);
    const [begun] = await upload.findPreviousUploads();
    if (begun !== undefined) {
      upload.resumeFromPreviousUpload(begun);
    }
    upload.start();
  }

  async pause(id: string): Promise<void> {
    await this.#running.get(id)?.abort();
    this.#change(id, { state: "paused" });
  }

  resume(id: string): void {
    this.#change(id, { state: "going" });
    this.#running.get(id)?.start();
  }

  async cancel(id: string): Promise<void> {
    const upload = this.#running.get(id);
    this.#forget(id);
    await upload?.abort(upload.url !== null).catch(() => undefined);
  }

  async #done(id: string, url: string): Promise<void> {
    const transfer = this.list.value.find((t) => t.id === id);
    const fileId = url.split("/").at(-1) ?? "";
    const { value } = await this.client.call<StoredFile>("GET", `/api/files/${fileId}`);
    this.#forget(id);
    if (transfer !== undefined) {
      const { conversationId, threadRoot } = transfer;
      this.outbox.add(conversationId, { kind: kindOf(value?.mediaType ?? ""), fileId, ...(threadRoot === undefined ? {} : { threadRoot }) });
    }
  }

  #change(id: string, part: Partial<Transfer>): void {
    this.list.set(this.list.value.map((t) => (t.id === id ? { ...t, ...part } : t)));
  }

  #forget(id: string): void {
    this.#running.delete(id);
    this.list.set(this.list.value.filter((t) => t.id !== id));
  }
}

/** By what the server found it to be. */
const kindOf = (mediaType: string): "image" | "voice" | "file" =>
  mediaType.startsWith("image/") && mediaType !== "image/svg+xml" ? "image" : mediaType.startsWith("audio/") ? "voice" : "file";
