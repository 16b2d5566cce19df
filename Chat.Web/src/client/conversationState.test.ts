import { describe, expect, it } from "vitest";
import type { PushedEvent } from "./contracts.js";
import { ConversationState } from "./conversationState.js";
import { History, randomFrom } from "./testing.js";

const load = (history: History, limit?: number): ConversationState => {
  const state = new ConversationState(history.id, "me");
  state.load(history.page(limit), history.conversation);
  return state;
};

const show = (state: ConversationState) => ({
  messages: state.messages, title: state.conversation?.title, pending: state.pending.map((p) => p.request.text),
});

const shuffled = <T>(items: T[], random: () => number): T[] =>
  items.map((item) => ({ item, at: random() })).sort((a, b) => a.at - b.at).map(({ item }) => item);

describe("what was held and events are what a reload shows", () => {
  for (let seed = 1; seed <= 200; seed++) {
    it(`whatever comes twice, out of order or not at all (seed ${seed})`, () => {
      const random = randomFrom(seed);
      const history = new History();
      for (let n = 0; n < 20; n++) {
        history.change(random);
      }
      const state = load(history, 10);
      const from = history.rev;
      for (let n = 0; n < 40; n++) {
        history.change(random);
      }

      const pushed: PushedEvent[] = history.events.slice(from).flatMap((e) => (random() < 0.2 ? [] : random() < 0.2 ? [e, e] : [e]));
      for (const e of shuffled(pushed, random)) {
        state.applyEvent(e);
        if (random() < 0.1) {
          state.applyPage(history.changes(state.token, 1 + Math.floor(random() * 10)));
        }
      }
      state.reached(history.rev);
      while (state.isBehind) {
        state.applyPage(history.changes(state.token, 7));
      }
      state.loadOlder(history.page(100, state.oldest));

      expect(state.rev).toBe(history.rev);
      expect(show(state)).toEqual(show(load(history)));
    });
  }
});

describe("a gap", () => {
  it("is there from the push that skips a rev until the missing one comes", () => {
    const history = new History();
    const state = load(history);
    history.send("other", "one");
    history.send("other", "two");

    state.applyEvent(history.events[1]!);
    const before = state.isBehind;
    state.applyEvent(history.events[0]!);

    expect([before, state.isBehind, state.rev]).toEqual([true, false, 2]);
  });

  it("is left by an event of a kind that is not known", () => {
    const history = new History();
    const state = load(history);

    state.applyEvent({ type: "somethingNew", conversationId: "c", rev: 1 });

    expect(state.isBehind).toBe(true);
  });
});

describe("a reload", () => {
  it("keeps pushes that come while its pages are read", () => {
    const history = new History();
    const state = new ConversationState("c", "me");
    state.beginLoading();
    const page = history.page();
    history.send("other", "meanwhile");
    state.applyEvent(history.events[0]!);

    state.load(page, history.conversation);

    expect(state.messages.map((m) => m.text)).toEqual(["meanwhile"]);
  });

  it("leaves what an answer told meanwhile to be asked for again", () => {
    const history = new History();
    const state = load(history);
    state.beginLoading();
    const page = history.page();
    history.send("other", "meanwhile");
    state.applyPage(history.changes(state.token));

    state.load(page, history.conversation);

    expect([state.isBehind, state.rev]).toEqual([true, 0]);
  });
});

describe("what the user writes", () => {
  const pending = { conversationId: "c", request: { clientId: "id", text: "hello" } };

  it("is shown until it comes, by whichever way", () => {
    for (const way of ["push", "page", "answer"]) {
      const history = new History();
      const state = load(history);
      state.add(pending);
      const message = history.send("me", "hello", "id");
      if (way === "push") {
        state.applyEvent(history.events[0]!);
      } else if (way === "page") {
        state.applyPage(history.changes(state.token));
      } else {
        state.applyMessage(message);
      }
      expect(show(state)).toMatchObject({ messages: [{ text: "hello" }], pending: [] });
    }
  });

  it("is not taken for another's message of the same clientId", () => {
    const history = new History();
    const state = load(history);
    state.add(pending);
    history.send("other", "not mine", "id");
    state.applyEvent(history.events[0]!);
    expect(state.pending).toHaveLength(1);
  });
});

it("a message that the user has hidden is not shown again by a push", () => {
  const history = new History();
  history.send("other", "one");
  history.send("other", "two");
  const page = history.page();
  const state = new ConversationState("c", "me");
  state.load({ ...page, items: page.items.slice(1) }, history.conversation);
  history.edit(1, "edited");

  state.applyEvent(history.events[2]!);

  expect(state.messages.map((m) => m.seq)).toEqual([2]);
});
