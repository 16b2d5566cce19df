import type { SignIn, SignInStore } from "../client/index.js";
import { Signal, useSignal } from "./signal.js";

const key = "chat.session";

const read = (): SignIn | undefined => {
  try {
    const kept = localStorage.getItem(key);
    return kept === null ? undefined : (JSON.parse(kept) as SignIn);
  } catch {
    return undefined;
  }
};

/** Who is signed in: undefined, nobody. The tabs of a browser share it. */
const signedIn = new Signal<SignIn | undefined>(typeof localStorage === "undefined" ? undefined : read());

export const useSignIn = (): SignIn | undefined => useSignal(signedIn);

export const currentSignIn = (): SignIn | undefined => signedIn.value;

export const keepSignIn = (signIn: SignIn): void => {
  localStorage.setItem(key, JSON.stringify(signIn));
  signedIn.set(signIn);
};

/** The user calls themselves something else now. */
export const renamed = (user: SignIn["user"]): void => {
  const kept = read();
  if (kept !== undefined) {
    localStorage.setItem(key, JSON.stringify({ ...kept, user }));
  }
};

export const forgetSignIn = (): void => {
  localStorage.removeItem(key);
  signedIn.set(undefined);
};

/** Tokens change under a Web Lock, so that of two tabs one refreshes and the other takes what it got. */
export const sharedSignIn: SignInStore = {
  read,
  write: (signIn) => localStorage.setItem(key, JSON.stringify(signIn)),
  exclusively: async (work) => (navigator.locks === undefined ? work() : await navigator.locks.request(key, work)),
};

if (typeof window !== "undefined") {
  window.addEventListener("storage", (e) => {
    const now = read();
    if (e.key === key && now?.user.id !== signedIn.value?.user.id) {
      signedIn.set(now);
    }
  });
}
