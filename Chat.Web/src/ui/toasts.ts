import { Signal } from "../app/signal.js";

export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly kind: "word" | "problem";
}

const shownFor = 6_000;
let next = 0;

export const toasts = new Signal<readonly Toast[]>([]);

export const dismiss = (id: number): void => toasts.set(toasts.value.filter((t) => t.id !== id));

/** Says something in passing. */
export const toast = (text: string, kind: Toast["kind"] = "word"): void => {
  const id = ++next;
  toasts.set([...toasts.value.filter((t) => t.text !== text).slice(-2), { id, text, kind }]);
  setTimeout(() => dismiss(id), shownFor);
};
