import { settings } from "../app/settings.js";

export const mayNotify = (): boolean => typeof Notification !== "undefined" && Notification.permission === "granted";

/** Asks the browser, once the user has said that they want it. True: it may. */
export const askToNotify = async (): Promise<boolean> =>
  typeof Notification !== "undefined" && (Notification.permission === "granted" || (await Notification.requestPermission()) === "granted");

/** Of one conversation the latest only. */
export const notify = (title: string, body: string, tag: string, open: () => void): void => {
  if (!settings.value.notifications || !mayNotify()) {
    return;
  }
  try {
    const shown = new Notification(title, { body, tag, icon: "/icon.svg" });
    shown.onclick = () => {
      window.focus();
      open();
      shown.close();
    };
  } catch {
    // Some browsers notify by service workers only.
  }
};
