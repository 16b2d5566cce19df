/** Keeps the page for when there is no network. Not while it is developed, when each file may be another one the next moment. */
export const keepShell = (): void => {
  if (import.meta.env.PROD && "serviceWorker" in navigator) {
    window.addEventListener("load", () => void navigator.serviceWorker.register("/sw.js").catch(() => undefined));
  }
};
