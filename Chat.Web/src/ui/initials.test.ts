import { expect, it } from "vitest";
import { initials, tint } from "./initials.js";

it("takes letters as readers see them", () => {
  expect(["Mira Lund", "aiko", "  ", "👩‍🚀 Zoë", "Ö"].map((name) => initials(name).length > 4)).toEqual([false, false, false, true, false]);
  expect([initials("Mira van Lund"), initials("aiko"), initials("")]).toEqual(["ML", "A", ""]);
});

it("gives the same colour for the same id", () => {
  expect(tint("01a1fedf")).toBe(tint("01a1fedf"));
});
