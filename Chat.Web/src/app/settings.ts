import { Signal, useSignal } from "./signal.js";

export interface Settings {
  readonly theme: "system" | "light" | "dark";
  readonly language: "system" | "en" | "de";
  readonly notifications: boolean;
  readonly sound: boolean;
  readonly enterSends: boolean;
  /** Hints that were read and put away. */
  readonly hintsSeen: boolean;
}

const key = "chat.settings";
const usual: Settings = { theme: "system", language: "system", notifications: false, sound: false, enterSends: true, hintsSeen: false };

const read = (): Settings => {
  try {
    return { ...usual, ...(JSON.parse(localStorage.getItem(key) ?? "{}") as Partial<Settings>) };
  } catch {
    return usual;
  }
};

export const settings = new Signal<Settings>(typeof localStorage === "undefined" ? usual : read());

export const useSettings = (): Settings => useSignal(settings);

export const change = (part: Partial<Settings>): void => {
  settings.set({ ...settings.value, ...part });
  try {
    localStorage.setItem(key, JSON.stringify(settings.value));
  } catch {
    // Without storage the choice holds until the page is left.
  }
};

/** Puts the theme and the language where style sheets and screen readers look, now and whenever they change. */
export const applySettings = (): void => {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const apply = () => {
    const { theme } = settings.value;
    document.documentElement.dataset["theme"] = theme === "system" ? (dark.matches ? "dark" : "light") : theme;
    document.documentElement.lang = languageOf(settings.value);
  };
  dark.addEventListener("change", apply);
  settings.follow(apply);
  window.addEventListener("storage", (e) => e.key === key && settings.set(read()));
  apply();
};

export const languageOf = ({ language }: Settings): "en" | "de" => {
  if (language !== "system") {
    return language;
  }
  return typeof navigator !== "undefined" && navigator.language.toLowerCase().startsWith("de") ? "de" : "en";
};
