import { useEffect, useLayoutEffect, useRef, useState, type ReactNode } from "react";
import { createPortal } from "react-dom";
import "./dialog.css";

interface PopoverProps {
  readonly anchor: Element;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

const margin = 8;

/** Something beside what opened it, within the window. Escape and a click elsewhere close it, and the focus goes back. */
export const Popover = ({ anchor, onClose, children }: PopoverProps) => {
  const box = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState<{ left: number; top: number }>();
  const close = useRef(onClose);
  close.current = onClose;

  useLayoutEffect(() => {
    const put = () => {
      const to = anchor.getBoundingClientRect();
      const { width, height } = box.current!.getBoundingClientRect();
      const below = to.bottom + margin / 2;
      const top = below + height > innerHeight - margin ? Math.max(margin, to.top - height - margin / 2) : below;
      // From where it was opened on, in the direction of reading, if there is room; else as far as it goes.
      const start = document.dir === "rtl" ? to.right - width : to.left;
      setPlace({ top: Math.max(margin, Math.min(top, innerHeight - height - margin)), left: Math.max(margin, Math.min(start, innerWidth - width - margin)) });
    };
    put();
    const sizes = new ResizeObserver(put);
    sizes.observe(box.current!);
    return () => sizes.disconnect();
  }, [anchor]);

  useEffect(() => {
    const before = document.activeElement;
    const outside = (e: Event) => e.target instanceof Node && box.current?.contains(e.target) === false && close.current();
    const key = (e: KeyboardEvent) => {
      if (e.key === "Escape") {
        e.preventDefault();
        e.stopPropagation();
        close.current();
      }
    };
    document.addEventListener("pointerdown", outside, true);
    document.addEventListener("keydown", key, true);
    return () => {
      document.removeEventListener("pointerdown", outside, true);
      document.removeEventListener("keydown", key, true);
      if (before instanceof HTMLElement && (document.activeElement === document.body || box.current?.contains(document.activeElement) !== false)) {
        before.focus({ preventScroll: true });
      }
    };
  }, []);

  return createPortal(
    <div ref={box} className="popover" style={place ?? { left: 0, top: 0, visibility: "hidden" }}>
      {children}
    </div>,
    // A modal dialog leaves everything outside it without effect.
    anchor.closest("dialog") ?? document.body,
  );
};
