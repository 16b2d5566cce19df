import { useState, type FormEvent } from "react";
import { useAct } from "../app/act.js";
import { useChat } from "../app/chat.js";
import { renamed } from "../app/session.js";
import { useSignal } from "../app/signal.js";
import type { Me } from "../client/index.js";
import { useText } from "../text/text.js";
import { Avatar } from "../ui/Avatar.js";
import { Field } from "../ui/Field.js";
import { toast } from "../ui/toasts.js";

export const ProfileForm = () => {
  const t = useText();
  const { me, client } = useChat();
  const act = useAct();
  const { id, displayName, userName } = useSignal(me);
  const [name, setName] = useState(displayName);
  const save = async (e: FormEvent) => {
    e.preventDefault();
    const { value } = await act<Me>("PATCH", "/api/users/me", { displayName: name.trim() });
    if (value !== undefined) {
      me.set(value);
      renamed(value);
      client.people.learn([value]);
      client.touch();
      toast(t.saved);
    }
  };
  return (
    <form className="section" onSubmit={(e) => void save(e)}>
      <h2>{t.profile}</h2>
      <div className="person">
        <Avatar id={id} name={name} size="large" />
        <span className="person-words">
          <bdi className="ellipsis">{name}</bdi>
          <span className="hint ellipsis">{userName}</span>
        </span>
      </div>
      <Field label={t.displayName} value={name} maxLength={64} required hint={t.displayNameHint} onChange={(e) => setName(e.target.value)} />
      <div className="form-actions">
        <button type="submit" className="button button-main" disabled={name.trim() === "" || name.trim() === displayName}>{t.save}</button>
      </div>
    </form>
  );
};
