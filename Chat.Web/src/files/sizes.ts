import { locale } from "../text/text.js";

const units = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;

/** In the reader's way of writing, as "1.5 MB". */
export const sizeOf = (bytes: number): string => {
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  const unit = units[power] ?? "byte";
  return new Intl.NumberFormat(locale(), { style: "unit", unit, unitDisplay: power === 0 ? "long" : "short", maximumFractionDigits: power > 1 ? 1 : 0 }).format(
    bytes / 1000 ** power,
  );
};
