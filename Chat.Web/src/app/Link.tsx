import type { ComponentProps } from "react";
import { go } from "./router.js";

/** A link within the application. */
export const Link = ({ href, onClick, ...rest }: ComponentProps<"a"> & { href: string }) => (
  <a
    {...rest}
    href={href}
    onClick={(e) => {
      onClick?.(e);
      if (!e.defaultPrevented && e.button === 0 && !e.metaKey && !e.ctrlKey && !e.shiftKey && !e.altKey) {
        e.preventDefault();
        go(href);
      }
    }}
  />
);
