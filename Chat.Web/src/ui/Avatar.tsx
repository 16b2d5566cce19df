import { usePresence } from "../app/presence.js";
import { useText } from "../text/text.js";
import { Icon, type IconName } from "./Icon.js";
import { initials, tint } from "./initials.js";
import "./avatar.css";

interface AvatarProps {
  readonly id: string;
  readonly name: string;
  readonly size?: "small" | "medium" | "large";
  readonly icon?: IconName;
}

/** Says nothing by itself: the name stands beside it. */
export const Avatar = ({ id, name, size = "medium", icon }: AvatarProps) => (
  <span className={`avatar avatar-${size} tint-${tint(id)}`} aria-hidden="true">
    {icon === undefined ? initials(name) : <Icon name={icon} size={size === "small" ? 14 : 18} />}
  </span>
);

/** With a dot that tells whether the person is here; `quiet`: not in words, where they would come before the name. */
export const LiveAvatar = ({ quiet = false, ...props }: AvatarProps & { quiet?: boolean }) => {
  const t = useText();
  const state = usePresence(props.id)?.state ?? "offline";
  return (
    <span className="avatar-live">
      <Avatar {...props} />
      {state !== "offline" && <span className={`presence presence-${state}`} {...(quiet ? { "aria-hidden": true } : { role: "img", "aria-label": t[state] })} />}
    </span>
  );
};
