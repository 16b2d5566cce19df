import { useState } from "react";
import { isDone, useAct } from "../app/act.js";
import { useAsked } from "../app/asked.js";
import { useText } from "../text/text.js";
import { dateAndTime } from "../text/times.js";
import { Icon } from "../ui/Icon.js";
import { toast } from "../ui/toasts.js";

interface Invite {
  readonly id: string;
  readonly expiresAt: string;
  readonly uses: number;
  readonly usesMax?: number;
}

/** Links that people join by. A link is shown once, when it is made. */
export const Invites = ({ conversationId }: { conversationId: string }) => {
  const t = useText();
  const act = useAct();
  const path = `/api/conversations/${conversationId}/invites`;
  const [version, setVersion] = useState(0);
  const [link, setLink] = useState<string>();
  const asked = useAsked<{ items: Invite[] }>(path, version);
  const make = async () => {
    const { value } = await act<{ token: string }>("POST", path, {});
    if (value !== undefined) {
      // Behind the #, which no server sees.
      setLink(`${location.origin}/invite#${value.token}`);
      setVersion(version + 1);
    }
  };
  const revoke = async (id: string) => isDone(await act("DELETE", `${path}/${id}`)) && setVersion(version + 1);
  const copy = () => void navigator.clipboard?.writeText(link ?? "").then(() => toast(t.copied));
  return (
    <section className="panel-section">
      <h3>{t.invites}</h3>
      <button type="button" className="button" onClick={() => void make()}>
        <Icon name="link" size={18} />
        {t.makeInvite}
      </button>
      {link !== undefined && (
        <div className="invite-link">
          <input className="input" readOnly value={link} aria-label={t.inviteLink} onFocus={(e) => e.target.select()} />
          <button type="button" className="icon-button" aria-label={t.copy} onClick={copy}>
            <Icon name="copy" />
          </button>
        </div>
      )}
      <ul>
        {(asked.state === "told" ? asked.value.items : []).map((invite) => (
          <li key={invite.id} className="person">
            <span className="person-words">
              <span>{t.inviteUses(invite.uses, invite.usesMax)}</span>
              <span className="hint">{t.validUntil(dateAndTime(invite.expiresAt))}</span>
            </span>
            <button type="button" className="button button-small" onClick={() => void revoke(invite.id)}>{t.revoke}</button>
          </li>
        ))}
      </ul>
    </section>
  );
};
