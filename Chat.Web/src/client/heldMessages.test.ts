import { expect, it } from "vitest";
import { ConversationState } from "./conversationState.js";
import { History } from "./testing.js";

const long = () => {
  const history = new History();
  for (let n = 1; n <= 300; n++) {
    history.send("other", `${n}`);
  }
  const state = new ConversationState("c", "me");
  state.load(history.page(50), history.conversation);
  return { history, state };
};

it("holds a stretch of history apart from the latest, and knows what lies between", () => {
  const { history, state } = long();

  state.loadOlder(history.page(40, 121), 120);

  expect(state.held.missing(1, 300)).toEqual([[121, 250], [1, 80]]);
  expect([state.held.get(100)?.text, state.held.get(200), state.oldest]).toEqual(["100", undefined, 251]);
});

it("does not lose what changes while a page of history is read", () => {
  const { history, state } = long();
  state.held.beginReading();
  const page = history.page(40, 121);
  history.edit(100, "edited meanwhile");
  state.applyEvent(history.events.at(-1)!);

  state.loadOlder(page, 120);
  state.held.endReading();

  expect(state.held.get(100)?.text).toBe("edited meanwhile");
});

it("is the same after a restart", () => {
  const { history, state } = long();
  const again = new ConversationState("c", "me");

  again.restore(state.snapshot(20)!);
  history.send("other", "after");
  again.applyEvent(history.events.at(-1)!);

  expect(again.messages.map((m) => m.text)).toEqual([...history.page(21).items.map((m) => m.text)]);
  expect([again.rev, again.isBehind, again.oldest]).toEqual([301, false, 281]);
});
