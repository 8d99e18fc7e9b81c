import { button, h } from "../dom.ts";
import type { ControlsBlock } from "../protocol.ts";
import type { BlockView } from "./view.ts";

export const controls: BlockView<ControlsBlock> = {
  render: (block, context) =>
    h(
      "div",
      { class: "controls", role: "group", "aria-label": "More you can do" },
      ...block.items.map((item) =>
        button({ class: "small" }, () => context.control(item.action, item.label), item.label),
      ),
    ),
  spoken: () => "",
};
