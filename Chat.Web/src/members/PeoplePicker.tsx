import { useEffect, useState } from "react";
import { useChat } from "../app/chat.js";
import type { UserProfile } from "../client/index.js";
import { useText } from "../text/text.js";
import { Avatar } from "../ui/Avatar.js";
import { Icon } from "../ui/Icon.js";
import "./members.css";

export type Person = Pick<UserProfile, "id" | "userName" | "displayName">;

interface PeoplePickerProps {
  readonly chosen: readonly Person[];
  readonly onChange: (people: readonly Person[]) => void;
  /** Who is not offered. */
  readonly without?: readonly string[];
}

const pause = 250;

/** Looks people up by the beginning of their names. */
export const PeoplePicker = ({ chosen, onChange, without = [] }: PeoplePickerProps) => {
  const t = useText();
  const { client } = useChat();
  const [query, setQuery] = useState("");
  const [found, setFound] = useState<readonly Person[]>([]);
  const wanted = query.trim();
  useEffect(() => {
    let over = false;
    const timer = setTimeout(() => {
      if (wanted === "") {
        setFound([]);
        return;
      }
      void client
        .call<{ items: Person[] }>("GET", `/api/users?query=${encodeURIComponent(wanted)}`)
        .then(({ value }) => !over && setFound(value?.items ?? []))
        .catch(() => undefined);
    }, pause);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [client, wanted]);
  const offered = found.filter((p) => p.id !== client.userId && !without.includes(p.id) && !chosen.some((c) => c.id === p.id));
  return (
    <div className="people-picker">
      {chosen.length > 0 && (
        <ul className="people-chosen" aria-label={t.chosenPeople}>
          {chosen.map((p) => (
            <li key={p.id}>
              <bdi className="ellipsis">{p.displayName}</bdi>
              <button type="button" className="icon-button" aria-label={t.removePerson(p.displayName)} onClick={() => onChange(chosen.filter((c) => c.id !== p.id))}>
                <Icon name="close" size={14} />
              </button>
            </li>
          ))}
        </ul>
      )}
      <input type="search" className="input" value={query} aria-label={t.findPeople} placeholder={t.findPeople} autoFocus maxLength={64} onChange={(e) => setQuery(e.target.value)} />
      <ul className="people-found" aria-label={t.suggestions}>
        {offered.map((p) => (
          <li key={p.id}>
            <button
              type="button" className="menu-item"
              onClick={() => {
                onChange([...chosen, p]);
                setQuery("");
              }}
            >
              <Avatar id={p.id} name={p.displayName} size="small" />
              <bdi className="ellipsis">{p.displayName}</bdi>
              <span className="hint ellipsis">{p.userName}</span>
            </button>
          </li>
        ))}
        {wanted !== "" && offered.length === 0 && <li className="hint">{t.nothingFound}</li>}
      </ul>
    </div>
  );
};
