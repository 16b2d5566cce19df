import { useText } from "../text/text.js";
import { Dialog } from "../ui/Dialog.js";
import "./keys.css";

/** What the keyboard can do. */
export const HelpSheet = ({ onClose }: { onClose: () => void }) => {
  const t = useText();
  return (
    <Dialog title={t.keyboard} onClose={onClose} wide>
      <dl className="keys" tabIndex={0}>
        {t.keys.map(([keys, what]) => (
          <div key={what} className="keys-row">
            <dt>{keys.split(" ").map((key) => <kbd key={key}>{key}</kbd>)}</dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
};
