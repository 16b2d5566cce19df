import { useChat, useName } from "../app/chat.js";
import type { Purpose } from "../conversation/place.js";
import { gist } from "../conversation/titles.js";
import { useText } from "../text/text.js";
import { Icon } from "../ui/Icon.js";

/** What is being answered or edited. */
export const PurposeBar = ({ purpose, onLeave }: { purpose: NonNullable<Purpose>; onLeave: () => void }) => {
  const t = useText();
  const { client } = useChat();
  const { message } = purpose;
  const name = useName(message.senderId);
  const words = purpose.what === "edit" ? t.editing : t.replyingTo(message.senderId === client.userId ? t.you : name);
  return (
    <div className="purpose-bar">
      <Icon name={purpose.what === "edit" ? "edit" : "reply"} size={18} />
      <span className="purpose-words">
        <span className="purpose-what">{words}</span>
        <bdi className="ellipsis">{gist(message, t)}</bdi>
      </span>
      <button type="button" className="icon-button" aria-label={t.cancel} onClick={onLeave}>
        <Icon name="close" size={18} />
      </button>
    </div>
  );
};
