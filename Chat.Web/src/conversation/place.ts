import { createContext, useContext } from "react";
import type { ConversationState, Message } from "../client/index.js";

/** What the field at the bottom is for, beside a new message. */
export type Purpose = { readonly what: "reply" | "edit"; readonly message: Message } | undefined;

/** What stands beside the messages. */
export type Panel = { readonly what: "thread"; readonly seq: number } | { readonly what: "info" | "pins" | "files" } | undefined;

/** The conversation on screen, for what stands in it. */
export interface Place {
  readonly state: ConversationState;
  readonly purpose: Purpose;
  readonly setPurpose: (purpose: Purpose) => void;
  readonly panel: Panel;
  readonly setPanel: (panel: Panel) => void;
  readonly jump: (seq: number) => void;
}

export const PlaceContext = createContext<Place | undefined>(undefined);

export const usePlace = (): Place => {
  const place = useContext(PlaceContext);
  if (place === undefined) {
    throw new Error("Only within a conversation.");
  }
  return place;
};
