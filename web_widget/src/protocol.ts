/** The frames and blocks of the chat protocol, version 1 (docs/protocol.md, bot/blocks.py). */

// --- blocks ---------------------------------------------------------------------------------

export interface Span {
  text: string;
  style?: "plain" | "strong" | "emphasis" | "code";
  href?: string | null;
}

export type Node =
  | { type: "paragraph"; spans: Span[] }
  | { type: "heading"; level: 3 | 4; spans: Span[] }
  | { type: "list"; ordered: boolean; items: Span[][] };

export interface TextBlock {
  type: "text";
  nodes: Node[];
}

export interface Option {
  value: string;
  label: string;
  help?: string | null;
}

export interface ChoicesBlock {
  type: "choices";
  id: string;
  prompt: string;
  multiple?: boolean;
  options: Option[];
}

export interface ControlsBlock {
  type: "controls";
  items: { action: string; label: string }[];
}

export interface ProgressBlock {
  type: "progress";
  done: number;
  total: number;
  label: string;
}

export interface NoticeBlock {
  type: "notice";
  kind: "privacy" | "emergency" | "advice" | "apology" | "stale";
  nodes: Node[];
}

export type Status =
  "in_force" | "final_not_yet_effective" | "proposed" | "guidance" | "superseded" | "withdrawn" | "survey" | "practice";

export interface Citation {
  title: string;
  publisher: string;
  published: string;
  url: string;
  locator?: string | null;
  /** `local`: a policy of the organisation's own, without an address; then `as_of` is the day it was added. */
  status: Status | "local";
  /** The day the fact was last checked, as YYYY-MM-DD. */
  as_of: string;
}

export interface CitationsBlock {
  type: "citations";
  items: Citation[];
}

export interface Score {
  dimension: string;
  title: string;
  /** 0–100; null or absent where too little was answered. */
  value?: number | null;
  low: number;
  high: number;
  level?: string | null;
  /** 1–5, beside `level`. */
  level_number?: number | null;
}

export interface ScoresBlock {
  type: "scores";
  overall: Score;
  dimensions: Score[];
  barriers?: { id: string; title: string; reason: string }[];
  red_flags?: { title: string; do: string }[];
}

export interface PlanItem {
  id: string;
  title: string;
  reason: string;
  first_step: string;
  who: string;
  /** A person's working time. */
  minutes?: number | null;
  cost: string;
  article?: string | null;
}

export interface PlanBlock {
  type: "plan";
  horizons: { id: string; title: string; items: PlanItem[] }[];
}

export interface Resource {
  id: string;
  kind: "training" | "partner";
  title: string;
  provider: string;
  url: string;
  summary: string;
  cost: string;
  free: boolean;
  hours?: number | null;
  credit?: string | null;
  eligibility?: string | null;
  first_step: string;
  reason: string;
  as_of: string;
}

export interface ResourcesBlock {
  type: "resources";
  title: string;
  items: Resource[];
}

export interface Duty {
  id: string;
  title: string;
  do: string;
  jurisdiction: string;
  status: Status;
  effective?: string | null;
  applies: "yes" | "maybe";
  article?: string | null;
  as_of: string;
  url: string;
  source: string;
}

export interface DutiesBlock {
  type: "duties";
  title: string;
  items: Duty[];
}

export interface ReportBlock {
  type: "report";
  links: { format: string; label: string; url: string }[];
}

export type Block =
  | TextBlock
  | ChoicesBlock
  | ControlsBlock
  | ProgressBlock
  | NoticeBlock
  | CitationsBlock
  | ScoresBlock
  | PlanBlock
  | ResourcesBlock
  | DutiesBlock
  | ReportBlock;

// --- frames the client sends --------------------------------------------------------------------

export interface Hello {
  type: "hello";
  v: 1;
  site: string;
  conversation?: string;
  token?: string;
  last_seq?: number;
  locale?: string;
}

/** A frame with an id, kept in the outbox until the server has answered it. */
export type OutboxFrame =
  | { type: "message"; id: string; text: string }
  | { type: "message"; id: string; choice: string | string[]; block: string }
  | { type: "control"; id: string; action: string; block?: string }
  | { type: "contact"; id: string; name?: string; reach?: string; about: string; consent: true };

export type ClientFrame =
  Hello | OutboxFrame | { type: "feedback"; seq: number; helpful: boolean; comment?: string } | { type: "ping" };

// --- frames the server sends --------------------------------------------------------------------

export interface Limits {
  message_length: number;
  messages_a_minute: number;
  frame_bytes: number;
}

export interface Opening {
  blocks: Block[];
  plain: string;
}

export interface Welcome {
  type: "welcome";
  v: number;
  conversation: string;
  token?: string | null;
  seq: number;
  resumed: boolean;
  limits: Limits;
  opening?: Opening | null;
}

export type Author = "visitor" | "advisor" | "person";

export interface Message {
  type: "message";
  seq: number;
  author: Author;
  blocks: Block[];
  plain: string;
  /** When it was stored, ISO 8601. */
  at: string;
  reply_to?: string | null;
}

export interface ErrorFrame {
  type: "error";
  code: string;
  text: string;
  id?: string | null;
  /** Seconds. */
  retry_after?: number | null;
}

export type ServerFrame =
  | Welcome
  | Message
  | ErrorFrame
  | { type: "working"; id: string }
  | { type: "accepted"; id: string; seq: number }
  | { type: "stored"; id: string }
  | { type: "reset"; reason: string }
  | { type: "bye"; reason: string; text: string }
  | { type: "pong" };

/** A server's frame from its JSON text, or null where it is no object with a type. */
export function parseFrame(data: unknown): ServerFrame | null {
  if (typeof data !== "string") return null;
  try {
    const frame: unknown = JSON.parse(data);
    const known = typeof frame === "object" && frame !== null && typeof (frame as { type?: unknown }).type === "string";
    return known ? (frame as ServerFrame) : null;
  } catch {
    return null;
  }
}
