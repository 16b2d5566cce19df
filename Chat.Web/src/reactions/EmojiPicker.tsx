import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import { languageOf, useSettings } from "../app/settings.js";
import { useText } from "../text/text.js";
import { Waiting } from "../ui/Empty.js";
import { groupsOf, loadEmoji, type Emoji } from "./emoji.js";
import { frequent, used } from "./frequent.js";
import "./picker.css";

const foundAtMost = 120;
const columns = 8;

/** All emoji by their groups, or those whose names have what is typed. Arrow keys go from one to the next. */
const EmojiPicker = ({ onPick }: { onPick: (emoji: string) => void }) => {
  const t = useText();
  const language = languageOf(useSettings());
  const [all, setAll] = useState<readonly Emoji[]>();
  const [query, setQuery] = useState("");
  const [group, setGroup] = useState(-1);
  const grid = useRef<HTMLDivElement>(null);
  useEffect(() => void loadEmoji(language).then(setAll), [language]);
  if (all === undefined) {
    return <Waiting label={t.loading} />;
  }
  const wanted = query.trim().toLocaleLowerCase();
  const often = frequent().flatMap((unicode) => all.find((e) => bare(e.unicode) === bare(unicode)) ?? []);
  const shown = wanted !== "" ? found(all, wanted) : group < 0 ? often : all.filter((e) => e.group === group);
  const pick = (emoji: Emoji) => {
    used(emoji.unicode);
    onPick(emoji.unicode);
  };
  const onKeyDown = (e: KeyboardEvent) => {
    const cells = [...(grid.current?.querySelectorAll<HTMLElement>("button") ?? [])];
    const at = cells.indexOf(document.activeElement as HTMLElement);
    const next = { ArrowRight: at + 1, ArrowLeft: at - 1, ArrowDown: at < 0 ? 0 : at + columns, ArrowUp: at - columns }[e.key];
    if (next !== undefined && (at >= 0 || e.key === "ArrowDown")) {
      e.preventDefault();
      cells[Math.max(0, Math.min(cells.length - 1, next))]?.focus();
    } else if (e.key === "Enter" && at < 0 && shown[0] !== undefined) {
      e.preventDefault();
      pick(shown[0]);
    }
  };
  return (
    <div className="picker" role="dialog" aria-label={t.emoji} onKeyDown={onKeyDown}>
      <input type="search" className="input" autoFocus value={query} placeholder={t.findEmoji} aria-label={t.findEmoji} onChange={(e) => setQuery(e.target.value)} />
      <div className="picker-groups" role="group" aria-label={t.emojiGroups}>
        {[-1, ...groupsOf(all)].map((g) => (
          <button key={g} type="button" aria-pressed={group === g && wanted === ""} aria-label={t.emojiGroup[g + 1] ?? ""} onClick={() => setGroup(g)}>
            {g < 0 ? "🕘" : all.find((e) => e.group === g)?.unicode}
          </button>
        ))}
      </div>
      <div ref={grid} className="picker-grid scroll">
        {shown.map((e) => (
          <button key={e.unicode} type="button" aria-label={e.label} title={e.label} onClick={() => pick(e)}>
            {e.unicode}
          </button>
        ))}
        {shown.length === 0 && <p className="hint">{t.nothingFound}</p>}
      </div>
    </div>
  );
};

/** Without the mark that asks for colours, which some write and some do not. */
const bare = (emoji: string): string => emoji.replaceAll("\u{fe0f}", "");

/** Those that are called so before those that have it among their words. */
const found = (all: readonly Emoji[], wanted: string): readonly Emoji[] => {
  const some = all.filter((e) => e.words.includes(wanted));
  const called = (e: Emoji) => e.words.startsWith(wanted);
  return [...some.filter(called), ...some.filter((e) => !called(e))].slice(0, foundAtMost);
};

export default EmojiPicker;
