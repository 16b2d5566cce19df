import { useSignal } from "../app/signal.js";
import { useText } from "../text/text.js";
import { Icon } from "./Icon.js";
import { dismiss, toasts } from "./toasts.js";
import "./toasts.css";

export const ToastStack = () => {
  const t = useText();
  const shown = useSignal(toasts);
  return (
    <div className="toasts" role="status" aria-live="polite">
      {shown.map(({ id, text, kind }) => (
        <div key={id} className={`toast toast-${kind}`}>
          <span>{text}</span>
          <button type="button" className="icon-button" aria-label={t.close} onClick={() => dismiss(id)}>
            <Icon name="close" />
          </button>
        </div>
      ))}
    </div>
  );
};
