import type { Author } from "../protocol.ts";

export interface Line {
  author: Author;
  /** ISO 8601, or empty for the greeting. */
  at: string;
  plain: string;
}

const NAMES: Record<Author, string> = { visitor: "You", advisor: "Advisor", person: "Support team" };

/** The conversation as text to keep. */
export function transcriptText(heading: string, lines: Line[]): string {
  const parts = lines.map(
    (line) => `${NAMES[line.author]}${line.at ? `, ${when(line.at)}` : ""}\n${line.plain.trim()}`,
  );
  return [heading, ...parts].join("\n\n") + "\n";
}

/** Hands the visitor a file. */
export function saveText(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  const anchor = document.createElement("a");
  anchor.href = url;
  anchor.download = name;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

function when(iso: string): string {
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? iso : date.toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" });
}
