import { useLayoutEffect, useRef } from "react";
import { createPortal } from "react-dom";
import { useText } from "../text/text.js";
import { Icon } from "../ui/Icon.js";

/** A picture by itself. */
export const Lightbox = ({ url, name, onClose }: { url: string; name: string; onClose: () => void }) => {
  const t = useText();
  const dialog = useRef<HTMLDialogElement>(null);
  // Before the dialog leaves the page, so that the browser gives the focus back.
  useLayoutEffect(() => {
    const shown = dialog.current;
    if (shown?.open === false) {
      shown.showModal();
    }
    return () => shown?.close();
  }, []);
  return createPortal(
    <dialog
      ref={dialog} className="lightbox" onKeyDown={(e) => e.stopPropagation()} aria-label={name} onClick={(e) => e.target !== e.currentTarget.querySelector("img") && onClose()}
      onCancel={(e) => {
        e.preventDefault();
        onClose();
      }}
    >
      <img src={url} alt={name} />
      <p className="lightbox-name ellipsis" dir="auto">{name}</p>
      <button type="button" className="icon-button lightbox-close" aria-label={t.close} onClick={onClose}>
        <Icon name="close" />
      </button>
    </dialog>,
    document.body,
  );
};
