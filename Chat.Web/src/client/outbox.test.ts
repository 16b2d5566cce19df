import { expect, it } from "vitest";
import type { Answer, Api } from "./api.js";
import { Backoff } from "./backoff.js";
import type { Message } from "./contracts.js";
import { Outbox, type PendingMessage, type SendRequest } from "./outbox.js";
import { History } from "./testing.js";

const outbox = (answer: (request: SendRequest, attempt: number) => Answer<Message> | undefined, attempts = 5) => {
  const posted: SendRequest[] = [];
  const ended: [PendingMessage, Message | undefined][] = [];
  const api: Api = {
    get: () => Promise.reject(new Error("Nothing is read.")),
    tryPost: (_, body) => {
      posted.push(body as SendRequest);
      return Promise.resolve(answer(body as SendRequest, posted.length) as Answer<never> | undefined);
    },
  };
  const box = new Outbox(api, new Backoff(0, 0), (...e) => ended.push(e), new AbortController().signal, attempts);
  return { box, posted, ended };
};

it("sends again under the same id until it is acknowledged", async () => {
  const history = new History();
  const { box, posted } = outbox((r, attempt) => (attempt < 3 ? undefined : { status: 201, value: history.send("me", r.text, r.clientId) }));

  const message = await box.add("c", { clientId: "id", text: "hello" }).outcome;

  expect(posted.map((r) => r.clientId)).toEqual(["id", "id", "id"]);
  expect(message?.seq).toBe(1);
});

it("gives up after so many attempts, and at once where it is refused", async () => {
  const silent = outbox(() => undefined, 4);
  const refused = outbox(() => ({ status: 404 }));

  await Promise.all([silent, refused].map(({ box }) => box.add("c", { clientId: "id", text: "hello" }).outcome));

  expect([silent.posted.length, refused.posted.length]).toEqual([4, 1]);
});

it("keeps the order of writing within a conversation", async () => {
  const history = new History();
  const { box } = outbox((r, attempt) => (attempt % 2 === 1 ? undefined : { status: 201, value: history.send("me", r.text, r.clientId) }));

  await Promise.all(["one", "two", "three"].map((text) => box.add("c", { clientId: text, text }).outcome));

  expect(history.page().items.map((m) => m.text)).toEqual(["one", "two", "three"]);
});
