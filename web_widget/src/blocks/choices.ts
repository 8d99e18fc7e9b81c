import { button, h, hidden } from "../dom.ts";
import { icon } from "../icons.ts";
import type { ChoicesBlock, Option } from "../protocol.ts";
import { sentences } from "../words.ts";
import type { BlockContext, BlockView } from "./view.ts";

export const choices: BlockView<ChoicesBlock> = {
  render(block, context) {
    const legend = h("legend", { class: block.prompt ? "" : "vh", dir: "auto" }, block.prompt || "Choose an answer");
    const body = block.multiple ? several(block, context) : one(block, context);
    return h("fieldset", { class: "choices", "data-block": block.id }, legend, ...body);
  },
  spoken: (block) => sentences([block.prompt, `Choices: ${block.options.map((option) => option.label).join("; ")}`]),
};

/** Shows which option an answer from the transcript chose; `answer` is the text of the visitor's message. */
export function markAnswered(root: HTMLElement, answer: string): void {
  const options = [...root.querySelectorAll<HTMLElement>(".option")];
  const chosen = options.filter((option) => option.dataset["label"] === answer);
  if (chosen[0]) return markChosen(options, chosen[0]);
  const boxes = [...root.querySelectorAll<HTMLInputElement>(".box input")];
  const ticked = boxes.filter((box) => answer.includes(box.dataset["label"] ?? answer));
  for (const box of boxes) box.checked = ticked.includes(box);
}

/** Lets an article or a menu entry be chosen again: only an interview's answer stays chosen. */
export function reopen(root: HTMLElement): void {
  for (const option of root.querySelectorAll<HTMLElement>('.choices:not([data-block^="interview:"]) .option.chosen'))
    enable(option, true);
}

function one(block: ChoicesBlock, context: BlockContext): HTMLElement[] {
  const options: HTMLButtonElement[] = block.options.map((option) =>
    button({ class: "option", "data-label": option.label }, () => choose(option), icon("check"), wording(option)),
  );
  const choose = (option: Option): void => {
    const pressed = options[block.options.indexOf(option)]!;
    if (pressed.getAttribute("aria-disabled") === "true") return;
    markChosen(options, pressed);
    for (const other of options) enable(other, false); // until the answer is stored
    context.choose([option.value], block.id, option.label, false, (ok) => {
      for (const other of options) enable(other, !ok || other !== pressed);
      if (!ok) unmark(pressed);
    });
  };
  return [h("div", { class: "options" }, ...options)];
}

function several(block: ChoicesBlock, context: BlockContext): HTMLElement[] {
  const boxes = block.options.map((option) =>
    h("input", { type: "checkbox", value: option.value, "data-label": option.label }),
  );
  const hint = h("p", { class: "hint", role: "status" });
  const send = button(
    { class: "button" },
    () => {
      if (send.getAttribute("aria-disabled") === "true") return;
      const chosen = boxes.flatMap((box, n) => (box.checked ? [block.options[n]!] : []));
      hint.textContent = chosen.length ? "" : "Choose at least one, or type an answer below.";
      if (!chosen.length) return;
      enable(send, false);
      const label = chosen.map((option) => option.label).join(", ");
      context.choose(
        chosen.map((option) => option.value),
        block.id,
        label,
        true,
        (ok) => enable(send, !ok),
      );
    },
    "Send answers",
  );
  for (const box of boxes) box.addEventListener("change", () => enable(send, true));
  const rows = block.options.map((option, n) => h("label", { class: "box" }, boxes[n], wording(option)));
  return [h("div", { class: "options" }, ...rows), hint, send];
}

function wording(option: Option): HTMLElement {
  return h("span", { dir: "auto" }, option.label, option.help ? h("span", { class: "help" }, ` ${option.help}`) : "");
}

function markChosen(options: HTMLElement[], chosen: HTMLElement): void {
  for (const option of options) unmark(option);
  chosen.classList.add("chosen");
  chosen.append(hidden(" (your answer)"));
  enable(chosen, false);
}

function unmark(option: HTMLElement): void {
  option.classList.remove("chosen");
  option.querySelector(":scope > .vh")?.remove();
  enable(option, true);
}

/** A real `disabled` would throw the focus to the page's top; this only says so and is checked on use. */
function enable(control: HTMLElement, enabled: boolean): void {
  if (enabled) control.removeAttribute("aria-disabled");
  else control.setAttribute("aria-disabled", "true");
}
