import type { ConversationState, Message, OwnReactions } from "../client/index.js";
import { useMessageActions } from "../messages/actions.js";
import { useText } from "../text/text.js";
import "./reactions.css";

/** The reactions to a message; a click gives or takes back one's own. */
export const ReactionBar = ({ state, message, own }: { state: ConversationState; message: Message; own: OwnReactions }) => {
  const t = useText();
  const actions = useMessageActions(state);
  const counted = message.reactions ?? [];
  // One's own shows at once, before the server has counted it.
  const fresh = own.emoji.filter((emoji) => !counted.some((r) => r.emoji === emoji));
  const all = [...counted, ...fresh.map((emoji) => ({ emoji, count: 1, names: [] }))];
  if (all.length === 0) {
    return null;
  }
  return (
    <div className="reactions" role="group" aria-label={t.reactions}>
      {all.map(({ emoji, count, names }) => {
        const mine = own.emoji.includes(emoji);
        const who = [...(names ?? []), ...(count > (names?.length ?? 0) && (names?.length ?? 0) > 0 ? ["…"] : [])].join(", ");
        return (
          <button
            key={emoji} type="button" className="reaction" aria-pressed={mine} aria-label={t.reactionCount(emoji, count)} title={who}
            onClick={() => void actions.react(message.seq, emoji)}
          >
            <span>{emoji}</span>
            <span className="reaction-count">{count}</span>
          </button>
        );
      })}
    </div>
  );
};
