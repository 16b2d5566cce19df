import { Fragment, memo, type ReactNode } from "react";
import type { Token, Tokens } from "marked";
import { CodeBlock } from "./CodeBlock.js";
import { safeAddress } from "./links.js";
import { splitMentions } from "./mentions.js";
import { tokensOf } from "./tokens.js";
import "./markdown.css";

interface MarkdownProps {
  readonly text: string;
  /** Names that were mentioned: they stand out where they are written. */
  readonly mentioned?: readonly string[];
}

/** Markdown as elements. HTML in it is text like any other, and pictures are links: nothing is fetched from elsewhere. */
export const Markdown = memo(({ text, mentioned = [] }: MarkdownProps) => {
  const tokens = tokensOf(text);
  return (
    <div className="markdown" dir="auto">
      {tokens === undefined ? <p className="as-written">{text}</p> : blocks(tokens, mentioned)}
    </div>
  );
});

const blocks = (tokens: readonly Token[], mentioned: readonly string[]): ReactNode =>
  tokens.map((token, at) => <Fragment key={at}>{block(token, mentioned)}</Fragment>);

const block = (token: Token, mentioned: readonly string[]): ReactNode => {
  const inner = (t: { tokens?: Token[] }) => spans(t.tokens ?? [], mentioned);
  switch (token.type) {
    case "space":
    case "def":
      return null;
    case "paragraph":
      return <p dir="auto">{inner(token as Tokens.Paragraph)}</p>;
    case "heading":
      // The page has its own headings: those of a message are no part of its outline.
      return <p dir="auto" className="markdown-heading">{inner(token as Tokens.Heading)}</p>;
    case "blockquote":
      return <blockquote>{blocks((token as Tokens.Blockquote).tokens, mentioned)}</blockquote>;
    case "code":
      return <CodeBlock text={(token as Tokens.Code).text} language={(token as Tokens.Code).lang} />;
    case "hr":
      return <hr />;
    case "list":
      return list(token as Tokens.List, mentioned);
    case "table":
      return table(token as Tokens.Table, mentioned);
    case "text":
      return "tokens" in token && token.tokens !== undefined ? inner(token as Tokens.Text) : splitMentions((token as Tokens.Text).text, mentioned);
    default:
      return <p className="as-written">{token.raw}</p>;
  }
};

const list = (token: Tokens.List, mentioned: readonly string[]): ReactNode => {
  const items = token.items.map((item, at) => (
    <li key={at} className={item.task ? "markdown-task" : undefined}>
      {item.task && <input type="checkbox" checked={item.checked === true} readOnly disabled />}
      {blocks(item.tokens.filter((t) => t.type !== "checkbox"), mentioned)}
    </li>
  ));
  return token.ordered ? <ol start={Number(token.start) || 1}>{items}</ol> : <ul>{items}</ul>;
};

const table = (token: Tokens.Table, mentioned: readonly string[]): ReactNode => (
  <div className="markdown-table scroll" tabIndex={0} role="group">
    <table>
      <thead>
        <tr>{token.header.map((cell, at) => <th key={at}>{spans(cell.tokens, mentioned)}</th>)}</tr>
      </thead>
      <tbody>
        {token.rows.map((row, at) => (
          <tr key={at}>{row.map((cell, column) => <td key={column}>{spans(cell.tokens, mentioned)}</td>)}</tr>
        ))}
      </tbody>
    </table>
  </div>
);

const spans = (tokens: readonly Token[], mentioned: readonly string[]): ReactNode =>
  tokens.map((token, at) => <Fragment key={at}>{span(token, mentioned)}</Fragment>);

const span = (token: Token, mentioned: readonly string[]): ReactNode => {
  const inner = () => spans(("tokens" in token ? token.tokens : undefined) ?? [], mentioned);
  switch (token.type) {
    case "strong":
      return <strong>{inner()}</strong>;
    case "em":
      return <em>{inner()}</em>;
    case "del":
      return <del>{inner()}</del>;
    case "codespan":
      return <code>{(token as Tokens.Codespan).text}</code>;
    case "br":
      return <br />;
    case "escape":
      return (token as Tokens.Escape).text;
    case "link":
    case "image": {
      const { href, text } = token as Tokens.Link;
      const address = safeAddress(href);
      return address === undefined ? token.raw : (
        <a href={address} target="_blank" rel="noopener noreferrer nofollow">
          {token.type === "image" ? text || address : inner()}
        </a>
      );
    }
    case "text":
      return "tokens" in token && token.tokens !== undefined ? inner() : splitMentions(unescape((token as Tokens.Text).text), mentioned);
    default:
      return token.raw;
  }
};

const named: Readonly<Record<string, string>> = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'" };

/** The lexer leaves character references as they stand; the usual ones are read. */
const unescape = (text: string): string => text.replace(/&(?:amp|lt|gt|quot|#39);/g, (reference) => named[reference] ?? reference);
