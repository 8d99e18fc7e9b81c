import { h, svg } from "../dom.ts";
import { icon } from "../icons.ts";
import type { Score, ScoresBlock } from "../protocol.ts";
import { count, sentences } from "../words.ts";
import type { BlockView } from "./view.ts";

/** The result: words first, then position (bar), shape (steps) and last colour. */
export const scores: BlockView<ScoresBlock> = {
  render(block) {
    return h(
      "section",
      { class: "scores" },
      overall(block.overall),
      redFlags(block),
      table(block.dimensions),
      barriers(block),
    );
  },
  spoken: (block) =>
    sentences([
      `Your result: ${told(block.overall)}`,
      block.red_flags?.length ? `Act on first: ${block.red_flags.map((flag) => flag.title).join("; ")}` : "",
      `A table tells ${count(block.dimensions.length, "area")}`,
    ]),
};

function overall(score: Score): HTMLElement {
  const known = isKnown(score);
  return h(
    "div",
    { class: "overall" },
    h("h3", {}, "Your result"),
    h(
      "p",
      { class: "overall-line" },
      known ? h("strong", { class: "figure" }, String(score.value)) : "",
      known ? " of 100" : "Not enough answers yet",
    ),
    known && h("p", { class: "level-line" }, steps(score), h("strong", { class: level(score) }, score.level ?? "")),
    bar(score),
    known && score.low !== score.high
      ? h("p", { class: "quiet" }, `Between ${score.low} and ${score.high}, as some answers are unknown.`)
      : null,
  );
}

function table(dimensions: Score[]): HTMLElement {
  // The roles are said again, as some browsers forget them where narrow rows are laid out as a grid.
  const columns = ["Area", "Level and score"].map((name) => h("th", { scope: "col", role: "columnheader" }, name));
  const head = h("thead", { class: "vh", role: "rowgroup" }, h("tr", { role: "row" }, ...columns));
  const caption = h("caption", { class: "vh" }, "Score of each area, 0 to 100");
  return h("table", { role: "table" }, caption, head, h("tbody", { role: "rowgroup" }, ...dimensions.map(row)));
}

function row(score: Score): HTMLElement {
  const known = isKnown(score);
  const words = known
    ? h(
        "div",
        { class: "row-words" },
        steps(score),
        h("strong", { class: level(score) }, score.level ?? ""),
        h("span", {}, ` ${score.value} of 100`),
        range(score),
      )
    : h("div", { class: "row-words quiet" }, "not enough answers");
  return h(
    "tr",
    { role: "row" },
    h("th", { scope: "row", role: "rowheader", dir: "auto" }, score.title),
    h("td", { role: "cell" }, words, bar(score)),
  );
}

function range(score: Score): HTMLElement | null {
  return score.low === score.high ? null : h("span", { class: "quiet" }, ` (${score.low} to ${score.high})`);
}

function redFlags(block: ScoresBlock): HTMLElement | null {
  if (!block.red_flags?.length) return null;
  const items = block.red_flags.map((flag) =>
    h("li", { dir: "auto" }, h("strong", {}, flag.title), h("div", {}, flag.do)),
  );
  return h(
    "div",
    { class: "notice notice-emergency" },
    h("p", { class: "notice-word" }, icon("alert"), "Act on first"),
    h("ul", {}, ...items),
  );
}

function barriers(block: ScoresBlock): HTMLElement | null {
  if (!block.barriers?.length) return null;
  const items = block.barriers.map((barrier) =>
    h("li", { dir: "auto" }, h("strong", {}, barrier.title), h("div", { class: "quiet" }, barrier.reason)),
  );
  return h("details", {}, h("summary", {}, `What holds you back (${items.length})`), h("ul", {}, ...items));
}

/** Five steps, as many filled as the level has reached: the level's shape, beside its word. */
function steps(score: Score): SVGElement {
  const filled = score.level_number ?? 0;
  const marks = [1, 2, 3, 4, 5].map((n) =>
    svg("rect", {
      x: n * 9 - 8,
      y: 11 - n * 2,
      width: 6,
      height: n * 2 + 2,
      rx: 1,
      class: n <= filled ? "step-on" : "step-off",
    }),
  );
  return svg(
    "svg",
    { class: `steps ${level(score)}`, viewBox: "0 0 46 14", "aria-hidden": "true", focusable: "false" },
    ...marks,
  );
}

/** The value as a mark on a line from 0 to 100, with the range that unknown answers leave open. */
function bar(score: Score): SVGElement {
  const parts = [svg("rect", { x: 0, y: 6, width: 200, height: 4, rx: 2, class: "track" })];
  if (score.low !== score.high)
    parts.push(
      svg("rect", { x: score.low * 2, y: 4, width: (score.high - score.low) * 2, height: 8, rx: 2, class: "range" }),
    );
  if (isKnown(score)) parts.push(svg("path", { d: diamond(score.value ?? 0), class: "mark" }));
  return svg(
    "svg",
    { class: `meter ${level(score)}`, viewBox: "0 0 200 16", "aria-hidden": "true", focusable: "false" },
    ...parts,
  );
}

function diamond(value: number): string {
  const x = value * 2;
  return `M${x - 7} 8L${x} 1L${x + 7} 8L${x} 15Z`;
}

function isKnown(score: Score): boolean {
  return typeof score.value === "number";
}

function level(score: Score): string {
  return `level-${score.level_number ?? 0}`;
}

function told(score: Score): string {
  return isKnown(score) ? `${score.value} of 100, ${score.level ?? ""}` : "not enough answers yet";
}
