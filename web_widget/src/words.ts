import type { Status } from "./protocol.ts";

/** How each legal status is told (as in bot/blocks.py). */
export const STATUS_WORDS: Record<Status | "local", string> = {
  in_force: "in force",
  final_not_yet_effective: "final, not yet in effect",
  proposed: "proposed, not law",
  guidance: "guidance, not binding",
  superseded: "superseded",
  withdrawn: "withdrawn",
  survey: "survey finding",
  practice: "good practice",
  local: "your own policy",
};

/** A day for people: '3 June 2026' from '2026-06-03'; whatever is no whole day stays as it is. */
export function day(iso: string): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(iso);
  if (!match) return iso;
  const date = new Date(Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3])));
  return date.toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
}

/** '1 step', '2 steps'. */
export function count(n: number, one: string, many: string = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`;
}

/** '45 minutes', '2 hours', '1.5 hours'. */
export function duration(minutes: number): string {
  return minutes < 90 ? count(minutes, "minute") : count(Math.round(minutes / 30) / 2, "hour");
}

/** Light Markdown (emphasis, code, links, list marks) as words to be spoken. */
export function spokenMarkdown(markdown: string): string {
  return markdown
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/[*`]+/g, "")
    .replace(/^- /gm, "")
    .trim();
}

/** A sentence's end between parts that have none. */
export function sentences(parts: (string | false | null | undefined)[]): string {
  return parts
    .filter((part): part is string => Boolean(part))
    .map((part) => (/[.?!:]$/.test(part) ? part : `${part}.`))
    .join(" ");
}
