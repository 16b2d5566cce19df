import { expect, it } from "vitest";
import { de } from "./de.js";
import { en } from "./en.js";

const shape = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.length
    : typeof value === "object" && value !== null
      ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shape(inner)]))
      : typeof value;

it("says everything in every language", () => {
  expect(shape(de)).toEqual(shape(en));
});
