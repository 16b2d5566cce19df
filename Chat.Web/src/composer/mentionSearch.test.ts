import { describe, expect, it } from "vitest";
import { mentionBefore, mentionedIn, suggest } from "./mentionSearch.js";

const ann = { id: "1", name: "Ann", userName: "ann" };
const annLee = { id: "2", name: "Ann Lee", userName: "al" };
const zoe = { id: "3", name: "Zoë", userName: "zoe_k" };
const everyone = { id: "", name: "everyone", userName: "" };
const all = [ann, annLee, zoe, everyone];

describe("a name that is being typed", () => {
  it("begins behind an @ at the beginning of a word", () => {
    expect(["@", "hi @an", "(@zoë"].map(mentionBefore)).toEqual(["", "an", "zoë"]);
    expect(["a@b", "hi @an ", "no"].map(mentionBefore)).toEqual([undefined, undefined, undefined]);
  });

  it("is looked for in each part of a name and in the user name", () => {
    expect(suggest(all, "lee")).toEqual([annLee]);
    expect(suggest(all, "zoe_")).toEqual([zoe]);
    expect(suggest(all, "").length).toBe(4);
  });
});

describe("who is mentioned", () => {
  it("is who is named whole", () => {
    expect(mentionedIn("@Zoë, look", all)).toEqual({ ids: ["3"], everyone: false });
    expect(mentionedIn("@Zoës", all)).toEqual({ ids: [], everyone: false });
  });

  it("may be everyone", () => {
    expect(mentionedIn("@everyone!", all)).toEqual({ ids: [], everyone: true });
  });
});
