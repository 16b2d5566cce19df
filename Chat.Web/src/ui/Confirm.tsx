import { useText } from "../text/text.js";
import { Dialog } from "./Dialog.js";

interface ConfirmProps {
  readonly title: string;
  readonly hint: string;
  readonly action: string;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** Asked before what cannot be taken back. */
export const Confirm = ({ title, hint, action, onConfirm, onClose }: ConfirmProps) => {
  const t = useText();
  return (
    <Dialog title={title} onClose={onClose}>
      <div className="form">
        <p>{hint}</p>
        <div className="form-actions">
          <button type="button" className="button" onClick={onClose}>{t.cancel}</button>
          <button
            type="button" className="button button-danger"
            onClick={() => {
              onClose();
              onConfirm();
            }}
          >
            {action}
          </button>
        </div>
      </div>
    </Dialog>
  );
};
