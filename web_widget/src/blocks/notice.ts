import { h } from "../dom.ts";
import { icon, type IconName } from "../icons.ts";
import type { NoticeBlock } from "../protocol.ts";
import { renderNode, spokenNodes } from "./text.ts";
import type { BlockView } from "./view.ts";

const KINDS: Record<NoticeBlock["kind"], { word: string; icon: IconName }> = {
  privacy: { word: "Privacy", icon: "shield" },
  emergency: { word: "Emergency", icon: "alert" },
  advice: { word: "Please note", icon: "info" },
  apology: { word: "Sorry", icon: "info" },
  stale: { word: "May be out of date", icon: "clock" },
};

export const notice: BlockView<NoticeBlock> = {
  render(block) {
    const kind = KINDS[block.kind] ?? KINDS.advice;
    const word = h("p", { class: "notice-word" }, icon(kind.icon), kind.word);
    return h("div", { class: `notice notice-${block.kind}` }, word, ...block.nodes.map(renderNode));
  },
  spoken: (block) => `${(KINDS[block.kind] ?? KINDS.advice).word}: ${spokenNodes(block.nodes)}`,
};
