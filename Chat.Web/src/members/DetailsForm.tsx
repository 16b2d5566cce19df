import { useState, type FormEvent } from "react";
import { useAct } from "../app/act.js";
import { useChat } from "../app/chat.js";
import type { Conversation, ConversationState } from "../client/index.js";
import { useText } from "../text/text.js";
import { Field } from "../ui/Field.js";

/** Name and description, for those who may change them. */
export const DetailsForm = ({ state }: { state: ConversationState }) => {
  const t = useText();
  const act = useAct();
  const { client } = useChat();
  const [title, setTitle] = useState(state.conversation?.title ?? "");
  const [description, setDescription] = useState(state.conversation?.description ?? "");
  const unchanged = title.trim() === (state.conversation?.title ?? "") && description.trim() === (state.conversation?.description ?? "");
  const save = async (e: FormEvent) => {
    e.preventDefault();
    const said = description.trim() === "" ? { removeDescription: true } : { description: description.trim() };
    const { value } = await act<Conversation>("PATCH", `/api/conversations/${state.id}`, { title: title.trim(), ...said });
    if (value !== undefined) {
      state.applyConversation(value);
      client.touch();
    }
  };
  return (
    <form className="panel-section form" onSubmit={(e) => void save(e)}>
      <Field label={t.name} value={title} maxLength={200} required onChange={(e) => setTitle(e.target.value)} />
      <Field label={t.description} value={description} maxLength={1000} onChange={(e) => setDescription(e.target.value)} />
      <div className="form-actions">
        <button type="submit" className="button button-small" disabled={unchanged}>{t.save}</button>
      </div>
    </form>
  );
};
