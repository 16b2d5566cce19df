import { useCallback } from "react";
import type { Answer, Method } from "../client/index.js";
import { text } from "../text/text.js";
import { toast } from "../ui/toasts.js";
import { useChat } from "./chat.js";

export type Act = <T>(method: Method, path: string, body?: unknown) => Promise<Answer<T>>;

/** Asks the API once for what the user wants done, and says so where it was not. */
export const useAct = (): Act => {
  const { client } = useChat();
  return useCallback(
    async <T>(method: Method, path: string, body?: unknown) => {
      const answer = await client.call<T>(method, path, body);
      if (!isDone(answer)) {
        toast(reasonOf(answer), "problem");
      }
      return answer;
    },
    [client],
  );
};

export const isDone = ({ status }: Answer<unknown>): boolean => status >= 200 && status < 300;

export const reasonOf = ({ status, problem }: Answer<unknown>): string => {
  const field = Object.values(problem?.errors ?? {})[0]?.[0];
  return status === 0 ? text().noAnswer : (problem?.detail ?? field ?? problem?.title ?? text().somethingWrong);
};
