import { usePlace } from "../conversation/place.js";
import { gist } from "../conversation/titles.js";
import type { Message } from "../client/index.js";
import { useText } from "../text/text.js";
import { Icon } from "../ui/Icon.js";

/** An answer in a thread, where it came in the conversation: a line that leads there. */
export const ThreadLine = ({ message, name }: { message: Message; name: string }) => {
  const t = useText();
  const { setPanel } = usePlace();
  const root = message.threadRoot;
  return (
    <button type="button" className="thread-line" onClick={() => root !== undefined && setPanel({ what: "thread", seq: root })}>
      <Icon name="thread" size={16} />
      <span className="ellipsis">
        <bdi className="thread-line-name">{name}</bdi> {t.inThread}: <bdi>{gist(message, t)}</bdi>
      </span>
    </button>
  );
};
