import type { Api } from "./api.js";
import type { MemberName } from "./contracts.js";

interface Profile {
  readonly id: string;
  readonly displayName: string;
  readonly userName?: string;
  readonly deleted?: boolean;
}

/** Names of people, as they were last told; who is not known yet is asked for once. */
export class People {
  version = 0;
  readonly #names = new Map<string, string>();
  readonly #asked = new Set<string>();

  constructor(
    private readonly api: Api,
    private readonly changed: () => void,
  ) {}

  learn(names: readonly MemberName[]): void {
    for (const { id, displayName } of names) {
      if (this.#names.get(id) !== displayName) {
        this.#names.set(id, displayName);
        this.version++;
      }
    }
  }

  /** Undefined until it is known; asks for it then. */
  name(id: string): string | undefined {
    const name = this.#names.get(id);
    if (name === undefined && id !== "" && !this.#asked.has(id)) {
      this.#asked.add(id);
      void this.#ask(id).catch(() => this.#asked.delete(id));
    }
    return name;
  }

  async #ask(id: string): Promise<void> {
    const { value } = await this.api.get<Profile>(`/api/users/${id}`);
    if (value !== undefined) {
      this.learn([value]);
      this.changed();
    }
  }
}
