import { useEffect, useRef, type ReactNode } from "react";
import { useText } from "../text/text.js";
import { Icon } from "../ui/Icon.js";
import { Link } from "./Link.js";
import "./screen.css";

/** A screen that is no conversation. */
export const Screen = ({ title, children }: { title: string; children: ReactNode }) => {
  const t = useText();
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => head.current?.focus(), []);
  return (
    <main className="workspace-main screen">
      <header className="screen-head">
        <Link href="/" className="icon-button screen-back" aria-label={t.back}>
          <Icon name="back" />
        </Link>
        <h1 ref={head} tabIndex={-1}>{title}</h1>
      </header>
      <div className="screen-content scroll">
        <div className="screen-column">{children}</div>
      </div>
    </main>
  );
};
