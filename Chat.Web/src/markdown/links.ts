const allowed = new Set(["http:", "https:", "mailto:", "tel:"]);

/** The address, if a click on it can do no more than open a page, write a mail or call; undefined: it is shown as text. */
export const safeAddress = (href: string): string | undefined => {
  try {
    const address = new URL(href);
    return allowed.has(address.protocol) ? address.href : undefined;
  } catch {
    return undefined;
  }
};
