import { h } from "../dom.ts";
import type { Block, Opening } from "../protocol.ts";
import { spokenMarkdown } from "../words.ts";
import { choices } from "./choices.ts";
import { citations } from "./citations.ts";
import { controls } from "./controls.ts";
import { duties } from "./duties.ts";
import { notice } from "./notice.ts";
import { plan } from "./plan.ts";
import { progress } from "./progress.ts";
import { report } from "./report.ts";
import { resources } from "./resources.ts";
import { scores } from "./scores.ts";
import { text } from "./text.ts";
import type { BlockContext, BlockView } from "./view.ts";

/** One module for each type; a new type is one more line here. */
const VIEWS: { [T in Block["type"]]: BlockView<Extract<Block, { type: T }>> } = {
  text,
  choices,
  controls,
  progress,
  citations,
  notice,
  scores,
  plan,
  resources,
  duties,
  report,
};

/** A message's blocks as elements. A message of which nothing is known is shown in its plain form. */
export function renderBlocks(content: Opening, context: BlockContext): HTMLElement[] {
  const known = content.blocks.filter((block) => viewOf(block));
  if (!known.length) return [h("div", { class: "text pre" }, content.plain)];
  return known.map((block) => viewOf(block)!.render(block, context));
}

/** What of a message is read aloud: whole sentences, long parts by their headline. */
export function spoken(content: Opening): string {
  const parts = content.blocks.map((block) => viewOf(block)?.spoken(block) ?? "").filter(Boolean);
  return parts.length ? parts.join(" ") : spokenMarkdown(content.plain);
}

function viewOf(block: Block): BlockView<Block> | undefined {
  return (VIEWS as unknown as Record<string, BlockView<Block> | undefined>)[block.type];
}
