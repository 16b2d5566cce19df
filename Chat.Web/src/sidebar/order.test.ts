import { expect, it } from "vitest";
import { ConversationState, type Conversation } from "../client/index.js";
import { en } from "../text/en.js";
import { matching } from "./order.js";

const state = (title: string, archived = false): ConversationState => {
  const conversation: Conversation = {
    id: title, kind: "group", title, activeAt: "2026-11-21T12:00:00Z", lastSeq: 1, lastRev: 1, membershipVersion: 1, memberCount: 1, firstMembers: [],
    me: { role: "member", readSeq: 1, deliveredSeq: 1, unread: 0, mentions: 0, archived },
  };
  const made = new ConversationState(title, "me");
  made.applyListed(conversation);
  return made;
};

const all = [state("Café Crème"), state("Launch week"), state("Old things", true)];
const titles = (filter: string, away = false) => matching(all, filter, away, "me", en).map((s) => s.id);

it("finds what has every word, whatever its case and accents", () => {
  expect([titles("cafe"), titles("WEEK lau"), titles("week cafe")]).toEqual([["Café Crème"], ["Launch week"], []]);
});

it("shows what was put away only where it is asked for, or looked for", () => {
  expect([titles(""), titles("", true), titles("old")]).toEqual([["Café Crème", "Launch week"], ["Old things"], ["Old things"]]);
});
