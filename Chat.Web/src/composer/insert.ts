/** The text with something at the caret, or in the place of what is selected; the caret goes behind it, at once: the next key may follow. */
export const insertAt = (field: HTMLTextAreaElement | null, text: string, what: string): string => {
  if (field === null) {
    return text + what;
  }
  field.focus();
  field.setRangeText(what, field.selectionStart, field.selectionEnd, "end");
  return field.value;
};
