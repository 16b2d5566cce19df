import { expect, it } from "vitest";
import type { Answer, Api } from "./api.js";
import { Backoff } from "./backoff.js";
import type { Message } from "./contracts.js";
import { Outbox, type SendRequest } from "./outbox.js";
import { History } from "./testing.js";

const outbox = (answer: (request: SendRequest, attempt: number) => Answer<Message> | undefined, attempts = 5) => {
  const posted: SendRequest[] = [];
  const api: Api = {
    get: () => Promise.reject(new Error("Nothing is read.")),
    tryPost: (_, body) => {
      posted.push(body as SendRequest);
      return Promise.resolve(answer(body as SendRequest, posted.length) as Answer<never> | undefined);
    },
  };
  return { box: new Outbox(api, new Backoff(0, 0), new AbortController().signal, attempts), posted };
};

it("sends again under the same id until it is acknowledged", async () => {
  const history = new History();
  const { box, posted } = outbox((r, attempt) => (attempt < 3 ? undefined : { status: 201, value: history.send("me", r.text ?? "", r.clientId) }));

  const { value } = await box.send("c", { clientId: "id", text: "hello" });

  expect(posted.map((r) => r.clientId)).toEqual(["id", "id", "id"]);
  expect(value?.seq).toBe(1);
});

it("gives up after so many attempts, and at once where it is refused", async () => {
  const silent = outbox(() => undefined, 4);
  const refused = outbox(() => ({ status: 404 }));

  await Promise.all([silent, refused].map(({ box }) => box.send("c", { clientId: "id", text: "hello" })));

  expect([silent.posted.length, refused.posted.length]).toEqual([4, 1]);
});

it("keeps the order of writing within a conversation", async () => {
  const history = new History();
  const { box } = outbox((r, attempt) => (attempt % 2 === 1 ? undefined : { status: 201, value: history.send("me", r.text ?? "", r.clientId) }));

  await Promise.all(["one", "two", "three"].map((text) => box.send("c", { clientId: text, text })));

  expect(history.page().items.map((m) => m.text)).toEqual(["one", "two", "three"]);
});
