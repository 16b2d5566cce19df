import { Lexer, type Token } from "marked";

const deepest = 12;
const kept = new Map<string, readonly Token[]>();
const keptAtMost = 500;

/** Markdown taken apart, never HTML. Undefined: too deep or too odd to be meant as Markdown, and shown as it is written. */
export const tokensOf = (markdown: string): readonly Token[] | undefined => {
  const held = kept.get(markdown);
  if (held !== undefined) {
    return held;
  }
  if (isHostile(markdown)) {
    return undefined;
  }
  try {
    const tokens = new Lexer({ gfm: true, breaks: true }).lex(markdown);
    if (depth(tokens) > deepest) {
      return undefined;
    }
    if (kept.size >= keptAtMost) {
      kept.delete(kept.keys().next().value ?? "");
    }
    kept.set(markdown, tokens);
    return tokens;
  } catch {
    return undefined;
  }
};

/** What makes a lexer go deep or back and forth: rows of opening marks, that nobody writes. */
const isHostile = (markdown: string): boolean =>
  /(?:>[ \t]*){13}|(?:[-*+][ \t]+){13}|[[(!]{40}|[*_~`<&\\]{200}/.test(markdown) || (markdown.match(/[[\]*_`~<]/g)?.length ?? 0) > 2_000;

const depth = (tokens: readonly Token[]): number =>
  tokens.reduce((most, token) => {
    const inner = [...("tokens" in token && token.tokens !== undefined ? token.tokens : []), ...("items" in token ? (token.items as Token[]) : [])];
    return Math.max(most, inner.length === 0 ? 1 : 1 + depth(inner));
  }, 0);
