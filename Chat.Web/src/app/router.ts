import { Signal, useSignal } from "./signal.js";

/** What the address names. */
export type Route =
  | { readonly screen: "signIn" }
  | { readonly screen: "register" }
  | { readonly screen: "home" }
  | { readonly screen: "conversation"; readonly id: string; readonly seq?: number }
  | { readonly screen: "channels" }
  | { readonly screen: "settings" }
  | { readonly screen: "invite"; readonly token: string };

export const routeOf = (path: string, hash = ""): Route => {
  const [first, id, second, seq] = path.split("/").filter((part) => part !== "");
  if (first === "c" && id !== undefined && /^[0-9a-f-]{36}$/i.test(id)) {
    return second === "m" && /^[1-9]\d{0,14}$/.test(seq ?? "") ? { screen: "conversation", id, seq: Number(seq) } : { screen: "conversation", id };
  }
  switch (first) {
    case "sign-in":
      return { screen: "signIn" };
    case "register":
      return { screen: "register" };
    case "channels":
      return { screen: "channels" };
    case "settings":
      return { screen: "settings" };
    case "invite":
      return { screen: "invite", token: hash.replace(/^#/, "") };
    default:
      return { screen: "home" };
  }
};

export const pathOfConversation = (id: string, seq?: number): string => (seq === undefined ? `/c/${id}` : `/c/${id}/m/${seq}`);

const here = (): Route => routeOf(location.pathname, location.hash);
const route = new Signal<Route>(typeof location === "undefined" ? { screen: "home" } : here());

if (typeof window !== "undefined") {
  window.addEventListener("popstate", () => route.set(here()));
}

export const useRoute = (): Route => useSignal(route);
export const currentRoute = (): Route => route.value;

export const go = (path: string, how: "push" | "replace" = "push"): void => {
  if (how === "replace" || path === location.pathname + location.hash) {
    history.replaceState(null, "", path);
  } else {
    history.pushState(null, "", path);
  }
  route.set(here());
};
