import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import { Icon, type IconName } from "./Icon.js";
import { Popover } from "./Popover.js";

export interface MenuChoice {
  readonly label: string;
  readonly icon: IconName;
  readonly danger?: boolean;
  readonly run: () => void;
}

/** Choices beside what opened it, by the arrow keys. */
export const Menu = ({ anchor, label, choices, onClose }: { anchor: Element; label: string; choices: readonly MenuChoice[]; onClose: () => void }) => {
  const menu = useRef<HTMLDivElement>(null);
  const items = () => [...(menu.current?.querySelectorAll<HTMLElement>("[role=menuitem]") ?? [])];
  useEffect(() => {
    const frame = requestAnimationFrame(() => items()[0]?.focus());
    return () => cancelAnimationFrame(frame);
  }, []);
  const onKeyDown = (e: KeyboardEvent) => {
    const all = items();
    const at = all.indexOf(document.activeElement as HTMLElement);
    const next = { ArrowDown: (at + 1) % all.length, ArrowUp: (at - 1 + all.length) % all.length, Home: 0, End: all.length - 1 }[e.key];
    if (next !== undefined) {
      e.preventDefault();
      all[next]?.focus();
    } else if (e.key === "Tab") {
      onClose();
    }
  };
  return (
    <Popover anchor={anchor} onClose={onClose}>
      <div ref={menu} role="menu" aria-label={label} className="menu" onKeyDown={onKeyDown}>
        {choices.map(({ label: words, icon, danger, run }) => (
          <button
            key={words} type="button" role="menuitem" tabIndex={-1} className={danger === true ? "menu-item menu-item-danger" : "menu-item"}
            onClick={() => {
              onClose();
              run();
            }}
          >
            <Icon name={icon} size={18} />
            {words}
          </button>
        ))}
      </div>
    </Popover>
  );
};

/** A button with a menu. */
export const MenuButton = ({ label, icon = "more", choices }: { label: string; icon?: IconName; choices: () => readonly MenuChoice[] }) => {
  const [anchor, setAnchor] = useState<Element>();
  return (
    <>
      <button
        type="button" className="icon-button" aria-label={label} aria-haspopup="menu" aria-expanded={anchor !== undefined}
        onClick={(e) => setAnchor(anchor === undefined ? e.currentTarget : undefined)}
      >
        <Icon name={icon} />
      </button>
      {anchor !== undefined && <Menu anchor={anchor} label={label} choices={choices()} onClose={() => setAnchor(undefined)} />}
    </>
  );
};
