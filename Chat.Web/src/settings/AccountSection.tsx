import { useState, type FormEvent } from "react";
import { isDone, reasonOf, useAct } from "../app/act.js";
import { useChat } from "../app/chat.js";
import { forgetSignIn } from "../app/session.js";
import { useText } from "../text/text.js";
import { Dialog } from "../ui/Dialog.js";
import { Field } from "../ui/Field.js";

/** Leaving: here, everywhere, and for good. */
export const AccountSection = () => {
  const t = useText();
  const chat = useChat();
  const act = useAct();
  const [asks, setAsks] = useState(false);
  const leave = async (method: "POST" | "DELETE", path: string) => {
    if (isDone(await act(method, path))) {
      await chat.forget();
      forgetSignIn();
    }
  };
  return (
    <section className="section">
      <h2>{t.account}</h2>
      <button type="button" className="button" onClick={() => void leave("POST", "/api/auth/logout")}>{t.signOut}</button>
      <button type="button" className="button" onClick={() => void leave("DELETE", "/api/auth/sessions")}>{t.signOutEverywhere}</button>
      <button type="button" className="button button-danger" onClick={() => setAsks(true)}>{t.deleteAccount}</button>
      {asks && <DeleteAccount onClose={() => setAsks(false)} />}
    </section>
  );
};

const DeleteAccount = ({ onClose }: { onClose: () => void }) => {
  const t = useText();
  const chat = useChat();
  const [problem, setProblem] = useState<string>();
  const submit = async (e: FormEvent<HTMLFormElement>) => {
    e.preventDefault();
    const password = `${new FormData(e.currentTarget).get("password") ?? ""}`;
    const answer = await chat.client.call("DELETE", "/api/users/me", { password });
    if (isDone(answer)) {
      await chat.forget();
      forgetSignIn();
    } else {
      setProblem(reasonOf(answer));
    }
  };
  return (
    <Dialog title={t.deleteAccount} onClose={onClose}>
      <form className="form" onSubmit={(e) => void submit(e)}>
        <p>{t.deleteAccountHint}</p>
        <Field label={t.password} name="password" type="password" autoComplete="current-password" required problem={problem} />
        <div className="form-actions">
          <button type="button" className="button" onClick={onClose}>{t.cancel}</button>
          <button type="submit" className="button button-danger">{t.deleteAccount}</button>
        </div>
      </form>
    </Dialog>
  );
};
