import { useState, type FormEvent } from "react";
import { useAct } from "../app/act.js";
import { go, pathOfConversation } from "../app/router.js";
import type { Conversation, ConversationKind } from "../client/index.js";
import { PeoplePicker, type Person } from "../members/PeoplePicker.js";
import { useText } from "../text/text.js";
import { Dialog } from "../ui/Dialog.js";
import { Field } from "../ui/Field.js";
import "./create.css";

const kinds: readonly ConversationKind[] = ["direct", "group", "channel"];

export const NewConversation = ({ onClose }: { onClose: () => void }) => {
  const t = useText();
  const act = useAct();
  const [kind, setKind] = useState<ConversationKind>("direct");
  const [title, setTitle] = useState("");
  const [people, setPeople] = useState<readonly Person[]>([]);
  const ready = kind === "direct" ? people.length === 1 : title.trim() !== "";
  const create = async (e: FormEvent) => {
    e.preventDefault();
    const { value } = await act<Conversation>("POST", "/api/conversations", {
      kind,
      memberIds: people.map((p) => p.id),
      ...(kind === "direct" ? {} : { title: title.trim() }),
    });
    if (value !== undefined) {
      onClose();
      go(pathOfConversation(value.id));
    }
  };
  return (
    <Dialog title={t.newConversation} onClose={onClose}>
      <form className="form" onSubmit={(e) => void create(e)}>
        <fieldset className="kinds">
          <legend className="unseen">{t.kindOfConversation}</legend>
          {kinds.map((k) => (
            <label key={k} className="kind" data-chosen={k === kind}>
              <input type="radio" name="kind" checked={k === kind} onChange={() => setKind(k)} />
              <span>
                <strong>{t[k]}</strong>
                <span className="hint">{t.kindHints[k]}</span>
              </span>
            </label>
          ))}
        </fieldset>
        {kind !== "direct" && <Field label={t.name} value={title} maxLength={200} required onChange={(e) => setTitle(e.target.value)} />}
        <PeoplePicker chosen={people} onChange={(all) => setPeople(kind === "direct" ? all.slice(-1) : all)} />
        <div className="form-actions">
          <button type="button" className="button" onClick={onClose}>{t.cancel}</button>
          <button type="submit" className="button button-main" disabled={!ready}>{t.create}</button>
        </div>
      </form>
    </Dialog>
  );
};
