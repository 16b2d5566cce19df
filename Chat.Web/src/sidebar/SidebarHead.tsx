import { useChat } from "../app/chat.js";
import { go } from "../app/router.js";
import { useSignal } from "../app/signal.js";
import { useAct } from "../app/act.js";
import { useText } from "../text/text.js";
import { Avatar } from "../ui/Avatar.js";
import { Icon } from "../ui/Icon.js";
import { MenuButton, type MenuChoice } from "../ui/Menu.js";

interface SidebarHeadProps {
  readonly onNew: () => void;
  readonly onHelp: () => void;
}

export const SidebarHead = ({ onNew, onHelp }: SidebarHeadProps) => {
  const t = useText();
  const { me: signedIn, client } = useChat();
  const act = useAct();
  const me = useSignal(signedIn);
  const readAll = async () => {
    if ((await act("PUT", "/api/conversations/read")).status < 300) {
      client.conversations.forEach((state) => state.readUpTo(state.overview.lastSeq));
      client.touch();
    }
  };
  const choices = (): MenuChoice[] => [
    { label: t.findChannels, icon: "hash", run: () => go("/channels") },
    { label: t.markAllRead, icon: "checks", run: () => void readAll() },
    { label: t.settings, icon: "settings", run: () => go("/settings") },
    { label: t.keyboard, icon: "key", run: onHelp },
  ];
  return (
    <header className="sidebar-head">
      <Avatar id={me.id} name={me.displayName} />
      <bdi className="sidebar-me ellipsis">{me.displayName}</bdi>
      <button type="button" className="icon-button" aria-label={t.newConversation} onClick={onNew}>
        <Icon name="compose" />
      </button>
      <MenuButton label={t.menu} choices={choices} />
    </header>
  );
};
