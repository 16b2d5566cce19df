import { useCallback, useState } from "react";
import { useChat } from "../app/chat.js";
import type { FileContent, StoredFile } from "../client/index.js";

const fresh = new Map<string, string>();

/** Where a file is had. Links end after an hour or two, and pushes of changes have none: then the API is asked for another, once. */
export const useFileLink = (file: FileContent): { readonly url: string | undefined; readonly renew: () => void } => {
  const { client } = useChat();
  const [, again] = useState(0);
  const [asked, setAsked] = useState(false);
  const renew = useCallback(() => {
    if (!asked) {
      setAsked(true);
      void client
        .call<StoredFile>("GET", `/api/files/${file.id}`)
        .then(({ value }) => {
          if (value !== undefined) {
            fresh.set(file.id, value.url);
            again((n) => n + 1);
          }
        })
        .catch(() => undefined);
    }
  }, [client, file.id, asked]);
  const url = fresh.get(file.id) ?? file.url;
  return { url, renew };
};
