import { expect, it } from "vitest";
import type { Conversation, Message } from "./contracts.js";
import { Overview } from "./overview.js";

const conversation: Conversation = {
  id: "c", kind: "group", title: "A group", activeAt: "2026-11-21T12:00:00Z", lastSeq: 10, lastRev: 10, membershipVersion: 1, memberCount: 2, firstMembers: [],
  me: { role: "member", readSeq: 4, deliveredSeq: 4, unread: 6, mentions: 2 },
};

const message = (seq: number, senderId: string, mentions?: string[]): Message => ({
  conversationId: "c", seq, rev: seq, senderId, clientId: `${seq}`, kind: "text", text: `${seq}`, createdAt: `2026-11-21T12:${seq}:00Z`, ...(mentions ? { mentions } : {}),
});

const begin = () => {
  const overview = new Overview("me");
  overview.apply(conversation);
  return overview;
};

it("counts what comes after what was told", () => {
  const overview = begin();
  overview.saw(message(11, "other", ["me"]));
  overview.saw(message(12, "other"));

  expect([overview.unread, overview.mentions, overview.preview?.text]).toEqual([8, 3, "12"]);
});

it("has everything read by whoever answers", () => {
  const overview = begin();
  overview.saw(message(11, "me"));

  expect([overview.unread, overview.mentions]).toEqual([0, 0]);
});

it("keeps the farthest position, whatever comes late", () => {
  const overview = begin();
  overview.moved([{ userId: "me", readSeq: 9, deliveredSeq: 9 }]);
  overview.moved([{ userId: "me", readSeq: 7, deliveredSeq: 7 }]);
  overview.apply(conversation);

  expect(overview.readSeq).toBe(9);
});
