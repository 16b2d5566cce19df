import { expect, it } from "vitest";
import { pathOfConversation, routeOf } from "./router.js";

const id = "01a1fedf-2953-7e53-84f9-d69c89181a07";

it("finds a conversation, and a message in it, by its own address", () => {
  expect(routeOf(pathOfConversation(id))).toEqual({ screen: "conversation", id });
  expect(routeOf(pathOfConversation(id, 42))).toEqual({ screen: "conversation", id, seq: 42 });
});

it("takes what is no id and no seq for no conversation and no message", () => {
  expect(routeOf("/c/../../etc")).toEqual({ screen: "home" });
  expect(routeOf(`/c/${id}/m/0`)).toEqual({ screen: "conversation", id });
  expect(routeOf(`/c/${id}/m/1e9`)).toEqual({ screen: "conversation", id });
});

it("reads an invitation's token behind the #", () => {
  expect(routeOf("/invite", "#token")).toEqual({ screen: "invite", token: "token" });
});
