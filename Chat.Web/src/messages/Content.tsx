import { useState } from "react";
import { useLive } from "../app/chat.js";
import type { ConversationState, Message, OwnReactions } from "../client/index.js";
import { FileView } from "../files/FileView.js";
import { CodeBlock } from "../markdown/CodeBlock.js";
import { Markdown } from "../markdown/Markdown.js";
import { PollView } from "../polls/PollView.js";
import { useText } from "../text/text.js";

/** What a message says, by its kind. */
export const Content = ({ state, message, own }: { state: ConversationState; message: Message; own: OwnReactions }) => {
  const t = useText();
  if (message.deletedAt !== undefined) {
    return <p className="message-gone">{t.deletedMessage}</p>;
  }
  switch (message.kind) {
    case "code":
      return <CodeBlock text={message.text} language={message.content?.language} />;
    case "encrypted":
      return <p className="message-gone">{t.encryptedMessage}</p>;
    case "poll":
      return <PollView state={state} message={message} own={own} />;
    case "image":
    case "file":
    case "voice":
      return (
        <>
          <FileView message={message} />
          {message.text !== "" && <Words message={message} />}
        </>
      );
    default:
      return message.text === "" ? null : <Words message={message} />;
  }
};

const longCharacters = 1_500;
const longLines = 24;

const Words = ({ message }: { message: Message }) => {
  const t = useText();
  const [whole, setWhole] = useState(false);
  const names = useLive(({ client }) => (message.mentions ?? []).map((id) => client.people.name(id) ?? "").join("\n"));
  const mentioned = [...names.split("\n").filter((name) => name !== ""), ...(message.mentionsEveryone === true ? [t.everyone] : [])];
  const long = message.text.length > longCharacters || message.text.split("\n").length > longLines;
  return (
    <>
      <div className={long && !whole ? "message-cut" : undefined}>
        <Markdown text={message.text} mentioned={mentioned} />
      </div>
      {long && (
        <button type="button" className="button button-plain button-small" aria-expanded={whole} onClick={() => setWhole(!whole)}>
          {whole ? t.showLess : t.showAll}
        </button>
      )}
    </>
  );
};
