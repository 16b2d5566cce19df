import { expect, it } from "vitest";
import { safeAddress } from "./links.js";
import { tokensOf } from "./tokens.js";

const hostile = [
  ">".repeat(10_000), "> ".repeat(5_000), "- ".repeat(5_000), "[".repeat(10_000), "![".repeat(5_000), "*".repeat(10_000), "_a".repeat(5_000),
  "`".repeat(9_999), "<".repeat(10_000), "*a **b ".repeat(1_400), "[a](".repeat(2_500), "|".repeat(10_000), "\\".repeat(10_000), "~a~ ".repeat(2_500),
  `${"a ".repeat(4_999)}`, "&".repeat(10_000), "1. ".repeat(3_300), "\n> ".repeat(3_000), "#".repeat(10_000), "<!--".repeat(2_500), "http://a.b ".repeat(900),
];

it("is done with whatever somebody writes within a frame or two", () => {
  for (const text of hostile) {
    const begun = performance.now();
    tokensOf(text);
    expect(performance.now() - begun, text.slice(0, 12)).toBeLessThan(500);
  }
});

it("leaves what is too deep as it is written", () => {
  expect(tokensOf("> ".repeat(40))).toBeUndefined();
  expect(tokensOf("> > a **quote** in a quote")).toBeDefined();
});

it("leads only where a click does no harm", () => {
  expect(safeAddress("https://example.org/a?b")).toBe("https://example.org/a?b");
  for (const bad of ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd", "/relative", "blob:x"]) {
    expect(safeAddress(bad)).toBeUndefined();
  }
});
