import { h } from "../dom.ts";
import type { ProgressBlock } from "../protocol.ts";
import type { BlockView } from "./view.ts";

export const progress: BlockView<ProgressBlock> = {
  render(block) {
    const bar = h("progress", {
      max: block.total,
      value: Math.min(block.done, block.total),
      "aria-label": "Interview",
      "aria-valuetext": block.label,
    });
    return h("div", { class: "progress" }, bar, h("span", { "aria-hidden": "true" }, block.label));
  },
  spoken: () => "", // heard before every question, it would only be in the way
};
