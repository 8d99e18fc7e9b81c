import { h, link } from "../dom.ts";
import type { Citation, CitationsBlock } from "../protocol.ts";
import { count, day, STATUS_WORDS } from "../words.ts";
import type { BlockView } from "./view.ts";

export const citations: BlockView<CitationsBlock> = {
  render(block) {
    const own = block.items.filter((item) => item.status === "local");
    const newest = block.items
      .filter((item) => item.status !== "local")
      .map((item) => item.as_of)
      .reduce((a, b) => (a > b ? a : b), "");
    const headline = [
      `Sources (${block.items.length})`,
      own.length > 0 && STATUS_WORDS.local,
      newest && `newest checked ${day(newest)}`,
    ]
      .filter(Boolean)
      .join(", ");
    return h(
      "details",
      { class: "citations" },
      h("summary", {}, headline),
      h("ul", { role: "list" }, ...block.items.map(source)),
    );
  },
  spoken: (block) => `With ${count(block.items.length, "source")}.`,
};

function source(item: Citation): HTMLElement {
  return h(
    "li",
    { dir: "auto" },
    link(item.url, undefined, {}, item.title),
    item.locator ? `, ${item.locator}` : "",
    item.status !== "local" && h("div", { class: "quiet" }, `${item.publisher}, ${day(item.published)}`),
    h(
      "div",
      { class: "facts" },
      status(item.status),
      h("span", {}, `${item.status === "local" ? "added" : "checked"} ${day(item.as_of)}`),
    ),
  );
}

/** The status in words; what is not binding yet, or no longer, is outlined with dashes as well. */
export function status(name: Citation["status"]): HTMLElement {
  return h("span", { class: `status status-${name}` }, STATUS_WORDS[name] ?? name);
}
