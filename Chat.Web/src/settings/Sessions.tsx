import { useState } from "react";
import { isDone, useAct } from "../app/act.js";
import { useAsked } from "../app/asked.js";
import { useText } from "../text/text.js";
import { dateAndTime } from "../text/times.js";
import { Waiting } from "../ui/Empty.js";
import { Icon } from "../ui/Icon.js";
import { deviceOf } from "./devices.js";

interface SignedInDevice {
  readonly id: string;
  readonly current: boolean;
  readonly userAgent?: string;
  readonly lastRefreshedAt: string;
}

/** Where the user is signed in; elsewhere can be ended from here. */
export const Sessions = () => {
  const t = useText();
  const act = useAct();
  const [version, setVersion] = useState(0);
  const asked = useAsked<{ items: SignedInDevice[] }>("/api/auth/sessions", version);
  const end = async (id: string) => isDone(await act("DELETE", `/api/auth/sessions/${id}`)) && setVersion(version + 1);
  return (
    <section className="section">
      <h2>{t.devices}</h2>
      {asked.state === "asking" && <Waiting label={t.loading} />}
      {asked.state === "failed" && <p className="problem">{t.noAnswer}</p>}
      <ul className="cards">
        {(asked.state === "told" ? asked.value.items : []).map(({ id, current, userAgent, lastRefreshedAt }) => (
          <li key={id} className="card">
            <Icon name="device" size={24} />
            <span className="person-words">
              <span className="ellipsis">{deviceOf(userAgent ?? "") || t.unknownDevice}</span>
              <span className="hint">{current ? t.thisDevice : t.lastUsed(dateAndTime(lastRefreshedAt))}</span>
            </span>
            {!current && <button type="button" className="button button-small" onClick={() => void end(id)}>{t.signOut}</button>}
          </li>
        ))}
      </ul>
    </section>
  );
};
