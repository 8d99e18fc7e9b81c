import { h, link } from "../dom.ts";
import type { Resource, ResourcesBlock } from "../protocol.ts";
import { count, day } from "../words.ts";
import type { BlockView } from "./view.ts";

export const resources: BlockView<ResourcesBlock> = {
  render(block, context) {
    const list = h("ul", { role: "list", class: "cards" }, ...block.items.map(card));
    if (!context.folded) return h("section", { class: "resources" }, h("h3", { dir: "auto" }, block.title), list);
    return h(
      "details",
      { class: "resources" },
      h("summary", { dir: "auto" }, `${block.title} (${block.items.length})`),
      list,
    );
  },
  spoken: (block) =>
    `${block.title}: ${block.items.length > 3 ? count(block.items.length, "entry", "entries") : block.items.map((item) => item.title).join("; ")}.`,
};

function card(item: Resource): HTMLElement {
  const facts = [item.cost, item.hours ? count(item.hours, "hour") : "", item.credit ?? ""].filter(Boolean);
  return h(
    "li",
    { class: "card", dir: "auto" },
    h("strong", {}, link(item.url, undefined, {}, item.title)),
    h("div", { class: "quiet" }, item.provider),
    h("p", {}, item.summary),
    h("div", { class: "facts" }, ...facts.map((fact) => h("span", {}, fact))),
    h("p", {}, h("strong", {}, "Why this: "), item.reason),
    item.eligibility ? h("p", {}, h("strong", {}, "Who may use it: "), item.eligibility) : null,
    h("p", {}, h("strong", {}, "First step: "), item.first_step),
    h("div", { class: "quiet" }, `Checked ${day(item.as_of)}`),
  );
}
