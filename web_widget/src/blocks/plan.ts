import { button, h, hidden } from "../dom.ts";
import type { PlanBlock, PlanItem } from "../protocol.ts";
import { count, duration } from "../words.ts";
import type { BlockContext, BlockView } from "./view.ts";

export const plan: BlockView<PlanBlock> = {
  render(block, context) {
    const horizons = block.horizons.filter((horizon) => horizon.items.length);
    const parts = horizons.map((horizon, n) =>
      h(
        "details",
        { open: n === 0 },
        h("summary", { dir: "auto" }, `${horizon.title} (${headline(horizon.items)})`),
        h("ol", { class: "steps-list" }, ...horizon.items.map((item) => step(item, context))),
      ),
    );
    return h("section", { class: "plan" }, h("h3", {}, "Your plan"), ...parts);
  },
  spoken: (block) => {
    const first = block.horizons.find((horizon) => horizon.items.length);
    const total = block.horizons.reduce((sum, horizon) => sum + horizon.items.length, 0);
    return first
      ? `Your plan has ${count(total, "step")}. ${first.title}: ${first.items.map((item) => item.title).join("; ")}.`
      : "";
  },
};

function headline(items: PlanItem[]): string {
  const minutes = items.reduce((sum, item) => sum + (item.minutes ?? 0), 0);
  return count(items.length, "step") + (minutes ? `, about ${duration(minutes)}` : "");
}

function step(item: PlanItem, context: BlockContext): HTMLElement {
  const facts = [item.who, item.minutes ? duration(item.minutes) : "", item.cost].filter(Boolean);
  const article = item.article;
  return h(
    "li",
    { dir: "auto" },
    h("strong", {}, item.title),
    h("div", {}, item.first_step),
    h("div", { class: "facts" }, ...facts.map((fact) => h("span", {}, fact))),
    h("div", { class: "quiet" }, `Why: ${item.reason}`),
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
