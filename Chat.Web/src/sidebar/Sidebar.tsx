import { useState, type RefObject } from "react";
import { useText } from "../text/text.js";
import { Icon } from "../ui/Icon.js";
import { ConversationList } from "./ConversationList.js";
import { Hints } from "./Hints.js";
import { SidebarHead } from "./SidebarHead.js";
import "./sidebar.css";

interface SidebarProps {
  readonly filterField: RefObject<HTMLInputElement | null>;
  readonly onNew: () => void;
  readonly onHelp: () => void;
}

export const Sidebar = ({ filterField, onNew, onHelp }: SidebarProps) => {
  const t = useText();
  const [filter, setFilter] = useState("");
  return (
    <nav className="sidebar" aria-label={t.conversations}>
      <SidebarHead onNew={onNew} onHelp={onHelp} />
      <div className="sidebar-filter">
        <Icon name="search" size={16} />
        <input
          ref={filterField} type="search" className="input" value={filter} aria-label={t.filterConversations} placeholder={t.filterConversations}
          onChange={(e) => setFilter(e.target.value)} onKeyDown={(e) => e.key === "Escape" && setFilter("")}
        />
      </div>
      <ConversationList filter={filter} onNew={onNew} />
      <Hints onHelp={onHelp} />
    </nav>
  );
};
