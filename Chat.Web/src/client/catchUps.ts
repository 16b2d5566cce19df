import type { Api } from "./api.js";
import { delay } from "./backoff.js";
import type { ChangePage } from "./contracts.js";
import type { ConversationState } from "./conversationState.js";
import type { Loading } from "./loading.js";

interface Asking {
  always: boolean;
  again: boolean;
}

/** Asks for what conversations have missed. */
export class CatchUps {
  readonly #asking = new Map<ConversationState, Asking>();

  constructor(
    private readonly api: Api,
    private readonly loading: Loading,
    private readonly changed: () => void,
    private readonly signal: AbortSignal,
  ) {}

  /** Sees to it that a conversation is asked for: one question at a time, and for all that comes up meanwhile one more. */
  ask(state: ConversationState, always: boolean, after: number): void {
    const asking = this.#asking.get(state);
    if (asking !== undefined) {
      asking.again = true;
      asking.always ||= always;
      return;
    }
    const begun = { always, again: true };
    this.#asking.set(state, begun);
    void this.#catchUp(state, begun, after).catch(() => undefined);
  }

  async #catchUp(state: ConversationState, asking: Asking, after: number): Promise<void> {
    try {
      await delay(after, this.signal);
      if (state.isBehind && this.loading.isListedOnly(state)) {
        this.loading.askList();
      }
      while (this.loading.mayAsk(state) && (asking.always || (asking.again && state.isBehind))) {
        asking.always = asking.again = false;
        const { status, value: page } = await this.api.get<ChangePage>(`/api/conversations/${state.id}/changes?since=${state.token}`);
        if (page?.reload === false) {
          state.applyPage(page);
          asking.always ||= page.more;
        } else if (this.loading.mayAsk(state)) {
          // Too much has changed, the token is of the past (410), or the user may be no member any more (404).
          if (status === 410) {
            state.forget();
          }
          this.loading.load(state.id);
        }
        this.changed();
      }
    } finally {
      this.#asking.delete(state);
    }
  }
}
