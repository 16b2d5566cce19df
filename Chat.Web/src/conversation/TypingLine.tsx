import { useChat, useLive } from "../app/chat.js";
import { useSignal } from "../app/signal.js";
import { useText } from "../text/text.js";

export const TypingLine = ({ id }: { id: string }) => {
  const t = useText();
  const { typing } = useChat();
  const writers = useSignal(typing.in(id));
  const [first, second] = useLive(({ client }) => writers.map((w) => client.people.name(w) ?? t.someone).join("\n")).split("\n");
  const words =
    writers.length === 0 ? "" : writers.length === 1 ? t.isTyping(first ?? "") : writers.length === 2 ? t.areTyping(first ?? "", second ?? "") : t.manyTyping;
  return <p className="typing-line ellipsis">{words}</p>;
};
