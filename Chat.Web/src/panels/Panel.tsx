import { useEffect, useId, useRef, type ReactNode } from "react";
import { usePlace } from "../conversation/place.js";
import { useText } from "../text/text.js";
import { Icon } from "../ui/Icon.js";
import "./panel.css";

/** What stands beside the messages; on a phone, over them. Escape closes it. */
export const Panel = ({ title, children, foot }: { title: string; children: ReactNode; foot?: ReactNode }) => {
  const t = useText();
  const id = useId();
  const head = useRef<HTMLHeadingElement>(null);
  const { setPanel } = usePlace();
  useEffect(() => head.current?.focus({ preventScroll: true }), []);
  return (
    <aside className="panel" aria-labelledby={id} onKeyDown={(e) => e.key === "Escape" && !e.defaultPrevented && setPanel(undefined)}>
      <header className="panel-head">
        <h2 ref={head} id={id} tabIndex={-1} className="ellipsis">{title}</h2>
        <button type="button" className="icon-button" aria-label={t.closePanel} onClick={() => setPanel(undefined)}>
          <Icon name="close" />
        </button>
      </header>
      <div className="panel-content scroll">{children}</div>
      {foot}
    </aside>
  );
};
