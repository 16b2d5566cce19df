import { useText } from "../text/text.js";
import { Avatar } from "../ui/Avatar.js";
import type { Mentions } from "./mentioning.js";

export const MentionList = ({ mentions }: { mentions: Mentions }) => {
  const t = useText();
  if (mentions.found.length === 0) {
    return null;
  }
  return (
    <ul id={mentions.id} className="mention-list" role="listbox" aria-label={t.suggestions}>
      {mentions.found.map((who, at) => (
        <li
          key={who.id} id={`${mentions.id}-${at}`} role="option" aria-selected={at === mentions.chosen} className="mention-option"
          onPointerDown={(e) => {
            e.preventDefault();
            mentions.pick(who);
          }}
        >
          <Avatar id={who.id} name={who.name} size="small" {...(who.id === "" ? { icon: "group" as const } : {})} />
          <bdi className="ellipsis">{who.name}</bdi>
          {who.userName !== "" && <span className="hint ellipsis">{who.userName}</span>}
        </li>
      ))}
    </ul>
  );
};
