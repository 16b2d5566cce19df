const paths = {
  add: "M12 5v14M5 12h14",
  archive: "M4 4h16v4H4zM5 8v12h14V8M10 12h4",
  at: "M16 12a4 4 0 1 0-8 0 4 4 0 0 0 8 0zm0 0v1.5a2.5 2.5 0 0 0 5 0V12a9 9 0 1 0-3.6 7.2",
  attach: "M20 11.5 11.8 19.7a5 5 0 0 1-7.1-7.1l8.5-8.5a3.3 3.3 0 0 1 4.7 4.7l-8.5 8.5a1.7 1.7 0 0 1-2.4-2.4l7.8-7.8",
  back: "M15 5l-7 7 7 7",
  bell: "M6 10a6 6 0 0 1 12 0c0 5 2 6 2 7H4c0-1 2-2 2-7zM10 20a2 2 0 0 0 4 0",
  bellOff: "M4 4l16 16M8 5.5A6 6 0 0 1 18 10c0 2.5 .5 4 1 5M6.3 8.5C5.7 14 4 16 4 17h13M10 20a2 2 0 0 0 4 0",
  bold: "M7 5h6a3.5 3.5 0 0 1 0 7H7zM7 12h7a3.5 3.5 0 0 1 0 7H7z",
  check: "M5 12.500l4.5 4.500L19 7",
  checks: "M2 12.500l4.5 4.500L16 7M11.5 16l1 1L22 7",
  clock: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5l3 2",
  close: "M6 6l12 12M18 6L6 18",
  code: "M8 7l-5 5 5 5M16 7l5 5-5 5",
  compose: "M4 20h4L19 9a2.8 2.8 0 0 0-4-4L4 16zM13.5 6.500l4 4",
  copy: "M9 9h11v11H9zM5 15H4V4h11v1",
  device: "M3 5h18v11H3zM8 20h8M12 16v4",
  down: "M12 5v14M5 12l7 7 7-7",
  download: "M12 4v11M7 10.500l5 5 5-5M5 20h14",
  edit: "M4 20h4L19 9a2.8 2.8 0 0 0-4-4L4 16z",
  emoji: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM8.5 14.500a4.5 4.5 0 0 0 7 0M9 9.500v.01M15 9.500v.01",
  file: "M6 3h8l5 5v13H6zM14 3v5h5",
  forward: "M14 6l6 6-6 6M20 12H9a5 5 0 0 0-5 5v2",
  group: "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20a6.5 6.5 0 0 1 13 0M16 4.500a3.5 3.5 0 0 1 0 6.500M18 14a6.5 6.5 0 0 1 3.5 6",
  hash: "M9.5 4L7 20M17 4l-2.5 16M4.5 9h16M3.5 15h16",
  image: "M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M9 9.500v.01",
  info: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 11v5M12 8v.01",
  italic: "M10 5h7M7 19h7M14 5l-4 14",
  key: "M3 7h18v11H3zM7 11v.01M11 11v.01M15 11v.01M8 15h8",
  leave: "M14 4h5v16h-5M10 8l-4 4 4 4M6 12h9",
  link: "M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-5.7-5.700L12 7M14 10a4 4 0 0 0-6-.4l-3 3a4 4 0 0 0 5.7 5.700L12 17",
  list: "M9 6h11M9 12h11M9 18h11M4.5 6v.01M4.5 12v.01M4.5 18v.01",
  lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
  more: "M5.5 12v.01M12 12v.01M18.5 12v.01",
  pause: "M8 5v14M16 5v14",
  pin: "M9 4h6l-1 6 3 3v2H7v-2l3-3zM12 15v6",
  play: "M7 5l12 7-12 7z",
  poll: "M5 20V10M12 20V4M19 20v-7",
  quote: "M5 7h14M5 12h14M5 17h8",
  reply: "M10 6l-6 6 6 6M4 12h11a5 5 0 0 1 5 5v2",
  search: "M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM16 16l5 5",
  send: "M4 12L20 4l-6 17-3-7zM11 14l9-10",
  settings: "M12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM12 3v3M12 18v3M3 12h3M18 12h3M5.6 5.600l2.2 2.200M16.2 16.200l2.2 2.200M5.6 18.400l2.2-2.200M16.2 7.800l2.2-2.2",
  strike: "M4 12h16M16.5 7.500C16 5.5 14 5 12 5c-2.5 0-4.5 1-4.5 3.3 0 1.2.6 2 1.5 2.700M7.5 16c.5 2.2 2.5 3 4.5 3 2.5 0 4.5-1.2 4.5-3.5 0-.6-.1-1-.3-1.5",
  thread: "M4 5h16v11H9l-5 4zM8 9h8M8 12h5",
  trash: "M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13M10 11v5M14 11v5",
  unread: "M4 6h11M4 6v12h16v-6M4 7l8 6 3-2.200M20 6a2 2 0 1 0-.01 0",
  user: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20a7.5 7.5 0 0 1 15 0",
  warning: "M12 4L2.5 20h19zM12 10v4M12 17v.01",
} as const;

export type IconName = keyof typeof paths;

/** Says nothing by itself: what it stands in has a name. */
export const Icon = ({ name, size = 20 }: { name: IconName; size?: number }) => (
  <svg
    className={name === "back" || name === "reply" || name === "forward" || name === "send" || name === "leave" ? "turns" : undefined}
    width={size} height={size} viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth={1.75} strokeLinecap="round"
    strokeLinejoin="round" aria-hidden="true"
  >
    <path d={paths[name]} />
  </svg>
);
