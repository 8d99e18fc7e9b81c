import { h, link } from "../dom.ts";
import type { ReportBlock } from "../protocol.ts";
import type { BlockView } from "./view.ts";

export const report: BlockView<ReportBlock> = {
  render(block, context) {
    const links = block.links.map((item) => h("li", {}, link(item.url, context.base, { class: "button" }, item.label)));
    return h(
      "section",
      { class: "report" },
      h("h3", {}, "Take it with you"),
      h("ul", { role: "list", class: "button-row" }, ...links),
      h("p", { class: "quiet" }, "Whoever has one of these links can read the report. Share it with care."),
    );
  },
  spoken: () => "The report can be downloaded.",
};
