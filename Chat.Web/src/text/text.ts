import { languageOf, settings, useSettings } from "../app/settings.js";
import { de } from "./de.js";
import { en } from "./en.js";

export type Text = typeof en;

const languages: Readonly<Record<"en" | "de", Text>> = { en, de };

/** What is said, in the reader's language. */
export const useText = (): Text => languages[languageOf(useSettings())];

/** The same where there is no component. */
export const text = (): Text => languages[languageOf(settings.value)];

/** For dates and numbers: the reader's own country's way, where it goes with the language chosen. */
export const locale = (): string => {
  const language = languageOf(settings.value);
  return navigator.languages.find((l) => l.toLowerCase().startsWith(language)) ?? language;
};
