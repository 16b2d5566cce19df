import { expect, it } from "vitest";
import { plain } from "./titles.js";

it("tells a message in one line, without the marks of Markdown", () => {
  expect(plain("# Hello\n\n> **bold** and `code`\n- [a link](https://example.org)")).toBe("Hello bold and code a link");
});

