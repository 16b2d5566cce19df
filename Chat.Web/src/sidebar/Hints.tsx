import { change, useSettings } from "../app/settings.js";
import { useText } from "../text/text.js";

/** For who is here for the first time; put away for good. */
export const Hints = ({ onHelp }: { onHelp: () => void }) => {
  const t = useText();
  if (useSettings().hintsSeen) {
    return null;
  }
  return (
    <section className="hints" aria-label={t.hintsTitle}>
      <h2>{t.hintsTitle}</h2>
      <ul>{t.hints.map((hint) => <li key={hint}>{hint}</li>)}</ul>
      <div className="form-actions">
        <button type="button" className="button button-plain button-small" onClick={onHelp}>{t.keyboard}</button>
        <button type="button" className="button button-small" onClick={() => change({ hintsSeen: true })}>{t.gotIt}</button>
      </div>
    </section>
  );
};
