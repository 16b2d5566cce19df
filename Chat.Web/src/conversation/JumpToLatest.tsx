import { useState } from "react";
import type { ConversationState } from "../client/index.js";
import { useText } from "../text/text.js";
import { Icon } from "../ui/Icon.js";

/** Says how many came since the reader left the end. */
export const JumpToLatest = ({ state, onJump }: { state: ConversationState; onJump: () => void }) => {
  const t = useText();
  const [left] = useState(state.overview.lastSeq);
  const more = state.overview.lastSeq - left;
  return (
    <button type="button" className="jump-to-latest" onClick={onJump} aria-label={more > 0 ? `${t.jumpToLatest}, ${t.newBelow(more)}` : t.jumpToLatest}>
      <Icon name="down" size={18} />
      {more > 0 && <span>{t.newBelow(more)}</span>}
    </button>
  );
};
