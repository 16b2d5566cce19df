import { useDeferredValue, useState } from "react";
import { isDone, useAct } from "../app/act.js";
import { useAsked } from "../app/asked.js";
import { go, pathOfConversation } from "../app/router.js";
import { Screen } from "../app/Screen.js";
import { useText } from "../text/text.js";
import { Avatar } from "../ui/Avatar.js";
import { Empty, Waiting } from "../ui/Empty.js";

interface Channel {
  readonly id: string;
  readonly title: string;
  readonly memberCount: number;
  readonly isMember: boolean;
  readonly description?: string;
}

/** Channels are found by everybody, by the beginning of their names. */
export const ChannelsScreen = () => {
  const t = useText();
  const act = useAct();
  const [query, setQuery] = useState("");
  const wanted = useDeferredValue(query.trim());
  const asked = useAsked<{ items: Channel[] }>(`/api/channels${wanted === "" ? "" : `?query=${encodeURIComponent(wanted)}`}`);
  const open = async ({ id, isMember }: Channel) => {
    if (isMember || isDone(await act("POST", `/api/conversations/${id}/join`))) {
      go(pathOfConversation(id));
    }
  };
  return (
    <Screen title={t.channels}>
      <input type="search" className="input" value={query} aria-label={t.findChannel} placeholder={t.findChannel} autoFocus onChange={(e) => setQuery(e.target.value)} />
      {asked.state === "asking" && <Waiting label={t.loading} />}
      {asked.state === "failed" && <Empty icon="warning" title={t.noAnswer} />}
      {asked.state === "told" && asked.value.items.length === 0 && <Empty icon="hash" title={t.nothingFound} hint={t.noChannelsHint} />}
      <ul className="cards">
        {(asked.state === "told" ? asked.value.items : []).map((channel) => (
          <li key={channel.id} className="card">
            <Avatar id={channel.id} name={channel.title} icon="hash" />
            <span className="person-words">
              <bdi className="ellipsis">{channel.title}</bdi>
              <span className="hint ellipsis">{channel.description ?? t.memberCount(channel.memberCount)}</span>
            </span>
            <button type="button" className={channel.isMember ? "button" : "button button-main"} aria-label={`${channel.isMember ? t.open : t.join} ${channel.title}`} onClick={() => void open(channel)}>
              {channel.isMember ? t.open : t.join}
            </button>
          </li>
        ))}
      </ul>
    </Screen>
  );
};
