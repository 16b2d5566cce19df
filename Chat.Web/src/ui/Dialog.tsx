import { useId, useLayoutEffect, useRef, type ReactNode } from "react";
import { createPortal } from "react-dom";
import { useText } from "../text/text.js";
import { Icon } from "./Icon.js";
import "./dialog.css";

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly wide?: boolean;
}

/** A modal dialog: the browser keeps the focus in it, closes it by Escape, and gives the focus back. */
export const Dialog = ({ title, onClose, children, wide = false }: DialogProps) => {
  const t = useText();
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  // Before the dialog leaves the page, so that the browser gives the focus back.
  useLayoutEffect(() => {
    const shown = dialog.current;
    if (shown?.open === false) {
      shown.showModal();
    }
    return () => shown?.close();
  }, []);
  // Outside what opened it, which may be a form; what happens in it is no business of that either.
  return createPortal(
    <dialog
      ref={dialog} onSubmit={(e) => e.stopPropagation()} onKeyDown={(e) => e.stopPropagation()} className={wide ? "dialog dialog-wide" : "dialog"} aria-labelledby={id}
      onCancel={(e) => {
        e.preventDefault();
        onClose();
      }}
      onMouseDown={(e) => e.target === dialog.current && onClose()}
    >
      <div className="dialog-body">
        <header className="dialog-head">
          <h2 id={id} className="ellipsis">{title}</h2>
          <button type="button" className="icon-button" aria-label={t.close} onClick={onClose}>
            <Icon name="close" />
          </button>
        </header>
        <div className="dialog-content scroll">{children}</div>
      </div>
    </dialog>,
    document.body,
  );
};
