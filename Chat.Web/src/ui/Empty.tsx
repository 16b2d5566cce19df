import type { ReactNode } from "react";
import { Icon, type IconName } from "./Icon.js";

/** A screen or panel with nothing in it, and what to do then. */
export const Empty = ({ icon, title, hint, children }: { icon: IconName; title: string; hint?: string; children?: ReactNode }) => (
  <div className="empty">
    <Icon name={icon} size={40} />
    <h2>{title}</h2>
    {hint !== undefined && <p>{hint}</p>}
    {children}
  </div>
);

export const Waiting = ({ label }: { label: string }) => (
  <div className="empty" role="status">
    <span className="spinner" />
    <span className="unseen">{label}</span>
  </div>
);
