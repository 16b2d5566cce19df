import { useState, type FormEvent } from "react";
import type { Problem, SignIn } from "../client/index.js";
import { Link } from "../app/Link.js";
import { currentRoute, go } from "../app/router.js";
import { keepSignIn } from "../app/session.js";
import { useText } from "../text/text.js";
import { Field } from "../ui/Field.js";
import "./signIn.css";

/** Sign in, or make an account; then the address that was asked for is opened. */
export const SignInScreen = ({ register }: { register: boolean }) => {
  const t = useText();
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);
  const submit = async (e: FormEvent<HTMLFormElement>) => {
    e.preventDefault();
    const form = new FormData(e.currentTarget);
    const [userName, password, displayName] = ["userName", "password", "displayName"].map((name) => `${form.get(name) ?? ""}`.trim());
    setBusy(true);
    const answer = await ask(register ? "register" : "login", { userName, password, ...(displayName ? { displayName } : {}) });
    setBusy(false);
    if ("user" in answer) {
      const { screen } = currentRoute();
      if (screen === "signIn" || screen === "register") {
        go("/", "replace");
      }
      keepSignIn(answer);
    } else {
      setProblem(answer);
    }
  };
  const wrong = (field: string) => problem?.errors?.[field]?.[0];
  const general = problem !== undefined && problem.errors === undefined ? (problem.detail ?? problem.title ?? t.noAnswer) : undefined;
  return (
    <main className="sign-in scroll">
      <form key={`${register}`} className="sign-in-card" onSubmit={(e) => void submit(e)} aria-labelledby="sign-in-title" noValidate>
        <img src="/icon.svg" alt="" width={48} height={48} />
        <h1 id="sign-in-title">{register ? t.registerTitle : t.signIn}</h1>
        <div role="alert">{general !== undefined && <p className="sign-in-problem">{general}</p>}</div>
        <Field label={t.userName} name="userName" autoComplete="username" autoCapitalize="none" spellCheck={false} required autoFocus
          {...(register ? { hint: t.userNameHint } : {})} problem={wrong("userName")} />
        {register && <Field label={t.displayName} name="displayName" autoComplete="name" hint={t.displayNameHint} problem={wrong("displayName")} />}
        <Password register={register} problem={wrong("password")} />
        <button type="submit" className="button button-main" disabled={busy}>
          {register ? t.register : t.signIn}
        </button>
        <Link href={register ? "/sign-in" : "/register"} onClick={() => setProblem(undefined)}>
          {register ? t.signInLink : t.registerLink}
        </Link>
      </form>
    </main>
  );
};

const Password = ({ register, problem }: { register: boolean; problem: string | undefined }) => {
  const t = useText();
  const [shown, setShown] = useState(false);
  return (
    <>
      <Field label={t.password} name="password" type={shown ? "text" : "password"} required problem={problem}
        autoComplete={register ? "new-password" : "current-password"} {...(register ? { hint: t.passwordHint } : {})} />
      <label className="check">
        <input type="checkbox" checked={shown} onChange={(e) => setShown(e.target.checked)} />
        {t.showPassword}
      </label>
    </>
  );
};

const ask = async (what: string, body: unknown): Promise<SignIn | Problem> => {
  try {
    const answer = await fetch(`/api/auth/${what}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    return (await answer.json()) as SignIn | Problem;
  } catch {
    return {};
  }
};
