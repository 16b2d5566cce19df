import { expect, it } from "vitest";
import { spanAround } from "./span.js";

it("has a row for every message, as long as a browser can scroll through them", () => {
  expect(spanAround(1, 100_000)).toEqual({ first: 1, last: 100_000, toEnd: true });
});

it("has the part around the reader of a history that is longer", () => {
  expect(spanAround(1_000_000, 1_000_000)).toEqual({ first: 800_001, last: 1_000_000, toEnd: true });
  expect(spanAround(500_000, 1_000_000)).toEqual({ first: 400_000, last: 599_999, toEnd: false });
  expect(spanAround(3, 1_000_000)).toEqual({ first: 1, last: 200_000, toEnd: false });
});
