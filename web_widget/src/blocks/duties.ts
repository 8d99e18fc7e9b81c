import { button, h, hidden, link } from "../dom.ts";
import type { DutiesBlock, Duty } from "../protocol.ts";
import { count, day } from "../words.ts";
import { status } from "./citations.ts";
import type { BlockContext, BlockView } from "./view.ts";

export const duties: BlockView<DutiesBlock> = {
  render(block, context) {
    const list = h("ul", { role: "list", class: "cards" }, ...block.items.map((item) => card(item, context)));
    if (!context.folded) return h("section", { class: "duties" }, h("h3", { dir: "auto" }, block.title), list);
    return h(
      "details",
      { class: "duties" },
      h("summary", { dir: "auto" }, `${block.title} (${headline(block.items)})`),
      list,
    );
  },
  spoken: (block) => `${block.title}: ${headline(block.items)}.`,
};

function headline(items: Duty[]): string {
  const maybe = items.filter((item) => item.applies === "maybe").length;
  return count(items.length, "duty", "duties") + (maybe ? `, ${maybe} of them may apply` : "");
}

function card(item: Duty, context: BlockContext): HTMLElement {
  const article = item.article;
  return h(
    "li",
    { class: "card", dir: "auto" },
    h("strong", {}, (item.applies === "maybe" ? "May apply: " : "") + item.title),
    h("p", {}, item.do),
    h(
      "div",
      { class: "facts" },
      h("span", {}, item.jurisdiction),
      status(item.status),
      item.effective ? h("span", {}, `from ${day(item.effective)}`) : null,
      h("span", {}, `checked ${day(item.as_of)}`),
    ),
    h("div", { class: "quiet" }, "Source: ", link(item.url, undefined, {}, item.source)),
    article
      ? button(
          { class: "small" },
          () => context.openArticle(article, item.title),
          "Read more",
          hidden(` about ${item.title}`),
        )
      : null,
  );
}
