import { Screen } from "../app/Screen.js";
import { change, useSettings } from "../app/settings.js";
import { askToNotify, mayNotify } from "../announce/notifications.js";
import { useText } from "../text/text.js";
import { AccountSection } from "./AccountSection.js";
import { Choice } from "./Choice.js";
import { ProfileForm } from "./ProfileForm.js";
import { Sessions } from "./Sessions.js";

export const SettingsScreen = () => {
  const t = useText();
  const { theme, language, notifications, enterSends } = useSettings();
  const notify = async (wanted: boolean) => change({ notifications: wanted && (await askToNotify()) });
  return (
    <Screen title={t.settings}>
      <ProfileForm />
      <section className="section">
        <h2>{t.appearance}</h2>
        <Choice label={t.theme} value={theme} options={t.themes} onChange={(value) => change({ theme: value })} />
        <Choice label={t.languageLabel} value={language} options={t.languages} onChange={(value) => change({ language: value })} />
      </section>
      <section className="section">
        <h2>{t.notificationsLabel}</h2>
        <label className="check">
          <input type="checkbox" checked={notifications && mayNotify()} onChange={(e) => void notify(e.target.checked)} />
          {t.notifyMe}
        </label>
        <label className="check">
          <input type="checkbox" checked={enterSends} onChange={(e) => change({ enterSends: e.target.checked })} />
          {t.enterSends}
        </label>
      </section>
      <Sessions />
      <AccountSection />
    </Screen>
  );
};
