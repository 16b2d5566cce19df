import { useState, type FormEvent } from "react";
import { isDone, reasonOf } from "../app/act.js";
import { useChat } from "../app/chat.js";
import { newId, type ConversationState, type Message } from "../client/index.js";
import { useText } from "../text/text.js";
import { Dialog } from "../ui/Dialog.js";
import { Field } from "../ui/Field.js";
import { Icon } from "../ui/Icon.js";

const optionsMax = 20;

export const NewPoll = ({ state, onClose }: { state: ConversationState; onClose: () => void }) => {
  const t = useText();
  const { client } = useChat();
  const [clientId] = useState(newId);
  const [options, setOptions] = useState(["", ""]);
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const change = (at: number, option: string) => setOptions(options.map((o, i) => (i === at ? option : o)));
  const submit = async (e: FormEvent<HTMLFormElement>) => {
    e.preventDefault();
    const form = new FormData(e.currentTarget);
    setBusy(true);
    const answer = await client.call<Message>("POST", `/api/conversations/${state.id}/polls`, {
      clientId,
      question: `${form.get("question") ?? ""}`.trim(),
      options: options.map((o) => o.trim()).filter((o) => o !== ""),
      multiple: form.has("multiple"),
      anonymous: form.has("anonymous"),
      membersAddOptions: form.has("membersAddOptions"),
    });
    setBusy(false);
    if (isDone(answer)) {
      state.applyMessage(answer.value);
      client.touch();
      onClose();
    } else {
      setProblem(reasonOf(answer));
    }
  };
  return (
    <Dialog title={t.newPoll} onClose={onClose}>
      <form className="form" onSubmit={(e) => void submit(e)}>
        <Field label={t.question} name="question" maxLength={300} required autoFocus />
        {options.map((option, at) => (
          <Field key={at} label={t.optionAt(at + 1)} value={option} maxLength={100} required={at < 2} onChange={(e) => change(at, e.target.value)} />
        ))}
        <button type="button" className="button button-plain" disabled={options.length >= optionsMax} onClick={() => setOptions([...options, ""])}>
          <Icon name="add" />
          {t.addOption}
        </button>
        {(["multiple", "anonymous", "membersAddOptions"] as const).map((name) => (
          <label key={name} className="check">
            <input type="checkbox" name={name} />
            {t.pollSettings[name]}
          </label>
        ))}
        {problem !== undefined && <p className="problem" role="alert">{problem}</p>}
        <div className="form-actions">
          <button type="button" className="button" onClick={onClose}>{t.cancel}</button>
          <button type="submit" className="button button-main" disabled={busy}>{t.send}</button>
        </div>
      </form>
    </Dialog>
  );
};
