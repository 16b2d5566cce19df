import { useEffect, useState } from "react";
import { useChat } from "./chat.js";

export type Asked<T> = { readonly state: "asking" } | { readonly state: "told"; readonly value: T } | { readonly state: "failed" };

/** What the API says at an address; asked anew when it is another address or `version`. What was told stays until then. */
export const useAsked = <T>(path: string | undefined, version: unknown = 0): Asked<T> => {
  const { client } = useChat();
  const [asked, setAsked] = useState<Asked<T>>({ state: "asking" });
  useEffect(() => {
    let over = false;
    if (path !== undefined) {
      void client
        .call<T>("GET", path)
        .then(({ value }) => !over && setAsked(value === undefined ? { state: "failed" } : { state: "told", value }))
        .catch(() => undefined);
    }
    return () => {
      over = true;
    };
  }, [client, path, version]);
  return asked;
};
