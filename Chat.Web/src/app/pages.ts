import { useCallback, useEffect, useState } from "react";
import { useChat } from "./chat.js";

export interface Pages<T> {
  readonly state: "asking" | "told" | "failed";
  readonly items: readonly T[];
  /** Asks for the next page; undefined: there is none, or it is being asked for. */
  readonly more: (() => void) | undefined;
}

interface Page<T> {
  readonly items: readonly T[];
  readonly next?: string | number | null;
}

/** A list that the API gives page by page, the first at once. `then` is the parameter that its `next` goes into. */
export const usePages = <T>(path: string, then: "after" | "before" = "after"): Pages<T> => {
  const { client } = useChat();
  const [pages, setPages] = useState<Page<T> & { readonly state: Pages<T>["state"] }>({ state: "asking", items: [] });
  const ask = useCallback(
    async (before: readonly T[], next: string | number | undefined, signal?: AbortSignal) => {
      setPages({ state: "asking", items: before });
      const { value } = await client.call<Page<T>>("GET", next === undefined ? path : `${path}?${then}=${encodeURIComponent(next)}`);
      if (signal?.aborted !== true) {
        setPages(value === undefined ? { state: "failed", items: before } : { state: "told", items: [...before, ...value.items], next: value.next ?? null });
      }
    },
    [client, path, then],
  );
  useEffect(() => {
    const left = new AbortController();
    void ask([], undefined, left.signal).catch(() => undefined);
    return () => left.abort();
  }, [ask]);
  const { state, items, next } = pages;
  return { state, items, more: next == null ? undefined : () => void ask(items, next).catch(() => undefined) };
};
