import type { ChatClient } from "../client/index.js";

const tick = 5_000;
// Pages in the background get a tick a minute.
const asleep = 90_000;

/** After a sleep of the device, or with another network, the old connection may seem alive for long: a new one is made at once. */
export const watchWaking = (client: ChatClient, signal: AbortSignal): void => {
  window.addEventListener("online", () => client.reconnect(), { signal });
  let last = Date.now();
  const timer = setInterval(() => {
    const now = Date.now();
    if (now - last > asleep && navigator.onLine) {
      client.reconnect();
    }
    last = now;
  }, tick);
  signal.addEventListener("abort", () => clearInterval(timer));
};
