import { useLive } from "../app/chat.js";
import type { ConversationState } from "../client/index.js";
import { useText } from "../text/text.js";
import { Icon } from "../ui/Icon.js";

/** Whether anybody else has read it. */
export const ReadMark = ({ state, seq }: { state: ConversationState; seq: number }) => {
  const t = useText();
  const read = useLive(({ client }) => [...state.overview.cursors].some((c) => c.userId !== client.userId && c.readSeq >= seq));
  return (
    <span className="read-mark" data-read={read} role="img" aria-label={read ? t.read : t.sent}>
      <Icon name={read ? "checks" : "check"} size={14} />
    </span>
  );
};
