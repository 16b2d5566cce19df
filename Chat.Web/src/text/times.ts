import { locale, text } from "./text.js";

const formats = new Map<string, Intl.DateTimeFormat>();

/** In the reader's time zone and way of writing. Making a format is slow, so each is made once. */
const format = (name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => {
  const key = `${locale()} ${name}`;
  const made = formats.get(key) ?? new Intl.DateTimeFormat(locale(), options);
  formats.set(key, made);
  return made;
};

export const dayOf = (iso: string): string => new Date(iso).toDateString();

export const timeOfDay = (iso: string): string => format("time", { hour: "numeric", minute: "2-digit" }).format(new Date(iso));

export const wholeTime = (iso: string): string => format("whole", { dateStyle: "full", timeStyle: "short" }).format(new Date(iso));

/** A day as a divider names it. */
export const dayName = (iso: string, now = new Date()): string => {
  const day = new Date(iso);
  if (day.toDateString() === now.toDateString()) {
    return text().today;
  }
  if (day.toDateString() === new Date(now.getTime() - 86_400_000).toDateString()) {
    return text().yesterday;
  }
  return day.getFullYear() === now.getFullYear()
    ? format("day", { weekday: "long", day: "numeric", month: "long" }).format(day)
    : format("dayYear", { day: "numeric", month: "long", year: "numeric" }).format(day);
};

/** As short as a list has room for: the time today, the weekday this week, else the date. */
export const shortTime = (iso: string, now = new Date()): string => {
  const at = new Date(iso);
  if (at.toDateString() === now.toDateString()) {
    return timeOfDay(iso);
  }
  if (now.getTime() - at.getTime() < 6 * 86_400_000) {
    return format("weekday", { weekday: "short" }).format(at);
  }
  return format("date", { day: "2-digit", month: "2-digit", year: "2-digit" }).format(at);
};

export const dateAndTime = (iso: string): string => format("dateTime", { dateStyle: "medium", timeStyle: "short" }).format(new Date(iso));
