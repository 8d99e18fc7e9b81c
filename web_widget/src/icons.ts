import { svg } from "./dom.ts";

/** Outlines on a 24 × 24 grid. Each stands beside text, so none speaks for itself. */
const PATHS = {
  chat: "M4 5h16v11H9l-5 4z M8 9h8 M8 12h5",
  close: "M6 6l12 12 M18 6L6 18",
  menu: "M4 7h16 M4 12h16 M4 17h16",
  send: "M4 12h15 M13 6l6 6-6 6",
  down: "M12 5v14 M6 13l6 6 6-6",
  check: "M5 13l4 4L19 7",
  shield: "M12 3l8 3v6c0 5-4 8-8 9-4-1-8-4-8-9V6z",
  alert: "M12 3l10 18H2z M12 10v5 M12 18v.5",
  info: "M12 3a9 9 0 100 18 9 9 0 000-18z M12 11v6 M12 7v.5",
  clock: "M12 3a9 9 0 100 18 9 9 0 000-18z M12 7v5l3 3",
} as const;

export type IconName = keyof typeof PATHS;

export function icon(name: IconName): SVGElement {
  return svg(
    "svg",
    { viewBox: "0 0 24 24", class: "icon", "aria-hidden": "true", focusable: "false" },
    svg("path", { d: PATHS[name] }),
  );
}
