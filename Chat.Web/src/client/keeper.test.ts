import { expect, it, vi } from "vitest";
import type { Answer, Api } from "./api.js";
import type { OwnChangePage } from "./contracts.js";
import { Keeper } from "./keeper.js";
import { History, randomFrom } from "./testing.js";

/** The API of one conversation. Answers take a turn of the event loop or more. */
class FakeApi implements Api {
  readonly asked: string[] = [];
  gone = false;
  member = true;

  constructor(readonly history: History) {}

  async get<T>(path: string): Promise<Answer<T>> {
    this.asked.push(path);
    await new Promise((resolve) => setTimeout(resolve, 1));
    return this.#answer(path) as Answer<T>;
  }

  tryPost<T>(): Promise<Answer<T> | undefined> {
    return Promise.resolve(undefined);
  }

  count(part: string): number {
    return this.asked.filter((path) => path.includes(part)).length;
  }

  #answer(path: string): Answer<unknown> {
    const { pathname, searchParams } = new URL(path, "http://x");
    if (pathname === "/api/changes") {
      const page: OwnChangePage = {
        conversations: this.member ? [] : [{ conversationId: "c" }], messages: [], rev: this.member ? 0 : 1, next: "own", more: false,
      };
      return { status: 200, value: page };
    }
    if (pathname === "/api/conversations") {
      return { status: 200, value: { items: [this.history.conversation] } };
    }
    if (!this.member) {
      return { status: 404 };
    }
    if (pathname.endsWith("/changes")) {
      return this.gone ? { status: 410 } : { status: 200, value: this.history.changes(searchParams.get("since")!) };
    }
    return { status: 200, value: pathname.endsWith("/messages") ? this.history.page() : this.history.conversation };
  }
}

const begin = async (history = new History()) => {
  const api = new FakeApi(history);
  const stop = new AbortController();
  const keeper = new Keeper(api, "me", () => undefined, stop.signal, 1);
  keeper.ready({ userId: "me", ownRev: 0, heads: { c: history.rev }, catchUpWithin: 0 });
  await keeper.loaded;
  return { api, keeper, history, stop, texts: () => keeper.conversations.get("c")?.messages.map((m) => m.text) };
};

it("asks for a gap once, however many pushes show it", async () => {
  const { api, keeper, history, texts } = await begin();
  for (let n = 0; n < 20; n++) {
    history.send("other", `${n}`);
  }

  history.events.slice(1).forEach((e) => keeper.receive(e));
  await vi.waitFor(() => expect(texts()).toHaveLength(20));

  expect(api.count("/c/changes")).toBe(1);
});

it("asks for nothing where the heads are what it holds", async () => {
  const { api, keeper, history } = await begin();
  const before = api.asked.length;

  keeper.ready({ userId: "me", ownRev: 0, heads: { c: history.rev }, catchUpWithin: 0 });
  keeper.heads({ heads: { c: history.rev }, ownRev: null, catchUpWithin: 0 });
  await new Promise((resolve) => setTimeout(resolve, 20));

  expect(api.asked.length).toBe(before);
});

it("gets by a head what no push has brought", async () => {
  const { keeper, history, texts } = await begin();
  history.send("other", "lost");

  keeper.heads({ heads: { c: 1 }, ownRev: null, catchUpWithin: 0 });

  await vi.waitFor(() => expect(texts()).toEqual(["lost"]));
});

it("loads anew where its token is of the past", async () => {
  const { api, keeper, history, texts } = await begin();
  history.send("other", "lost");
  api.gone = true;

  keeper.heads({ heads: { c: 1 }, ownRev: null, catchUpWithin: 0 });

  await vi.waitFor(() => expect(texts()).toEqual(["lost"]));
  expect(keeper.conversations.get("c")!.isBehind).toBe(false);
});

it("drops a conversation that the user has left", async () => {
  const { api, keeper } = await begin();
  api.member = false;

  keeper.receive({ type: "conversationLeft", conversationId: "c", membershipVersion: 2 });

  await vi.waitFor(() => expect(keeper.conversations.size).toBe(0));
});

it("polls while the node is degraded, and no longer", async () => {
  const { api, keeper, history, texts } = await begin();
  keeper.degraded(5);
  history.send("other", "unheard");
  await vi.waitFor(() => expect(texts()).toEqual(["unheard"]));

  keeper.recovered();
  await new Promise((resolve) => setTimeout(resolve, 20));
  const after = api.asked.length;
  await new Promise((resolve) => setTimeout(resolve, 30));

  expect(api.asked.length).toBe(after);
});

for (let seed = 1; seed <= 20; seed++) {
  it(`holds what the server has, whatever is lost between two words of the hub (seed ${seed})`, async () => {
    const random = randomFrom(seed);
    const { keeper, history, texts } = await begin();
    for (let n = 0; n < 60; n++) {
      history.change(random);
      if (random() < 0.6) {
        keeper.receive(history.events.at(-1)!);
      }
      if (random() < 0.1) {
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
    }

    keeper.heads({ heads: { c: history.rev }, ownRev: null, catchUpWithin: 0 });

    await vi.waitFor(() => expect(texts()).toEqual(history.page().items.map((m) => m.text)));
    expect(keeper.conversations.get("c")!.conversation!.title).toBe(history.conversation.title);
  });
}
