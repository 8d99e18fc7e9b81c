import { h, hidden, link } from "../dom.ts";
import type { Node, Span, TextBlock } from "../protocol.ts";
import { sentences } from "../words.ts";
import type { BlockView } from "./view.ts";

export const text: BlockView<TextBlock> = {
  render: (block) => h("div", { class: "text" }, ...block.nodes.map(renderNode)),
  spoken: (block) => spokenNodes(block.nodes),
};

export function renderNode(node: Node): HTMLElement {
  switch (node.type) {
    case "paragraph":
      return h("p", { dir: "auto" }, ...node.spans.map(renderSpan));
    case "heading":
      return h(node.level === 4 ? "h4" : "h3", { dir: "auto" }, ...node.spans.map(renderSpan));
    case "list":
      return h(
        node.ordered ? "ol" : "ul",
        {},
        ...node.items.map((item) => h("li", { dir: "auto" }, ...item.map(renderSpan))),
      );
    default:
      return hidden("");
  }
}

export function spokenNodes(nodes: Node[]): string {
  return sentences(nodes.flatMap((node) => (node.type === "list" ? node.items.map(spanText) : [spanText(node.spans)])));
}

function spanText(spans: Span[]): string {
  return spans.map((span) => span.text).join("");
}

const TAGS = { strong: "strong", emphasis: "em", code: "code" } as const;

function renderSpan(span: Span): HTMLElement | string {
  const style = span.style ?? "plain";
  const styled = style === "plain" ? span.text : h(TAGS[style], {}, span.text);
  return span.href ? link(span.href, undefined, {}, styled) : styled;
}
