import { useLive } from "../app/chat.js";
import type { ConversationState } from "../client/index.js";
import { useText } from "../text/text.js";
import { Icon } from "../ui/Icon.js";

/** Whether anybody else has read it, or at least one of their devices has got it. */
export const ReadMark = ({ state, seq }: { state: ConversationState; seq: number }) => {
  const t = useText();
  const mark = useLive(({ client }) => {
    const others = [...state.overview.cursors].filter((c) => c.userId !== client.userId);
    return others.some((c) => c.readSeq >= seq) ? "read" : others.some((c) => c.deliveredSeq >= seq) ? "delivered" : "sent";
  });
  return (
    <span className="read-mark" data-read={mark === "read"} role="img" aria-label={t[mark]}>
      <Icon name={mark === "sent" ? "check" : "checks"} size={14} />
    </span>
  );
};
