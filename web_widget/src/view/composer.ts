import { h } from "../dom.ts";
import { icon } from "../icons.ts";
import { count } from "../words.ts";

/** The counter shows when so many characters, or fewer, are left. */
const NEAR_THE_END = 100;

/** The field for the visitor's words. Enter sends, Shift+Enter breaks the line. */
export class Composer {
  readonly element: HTMLFormElement;
  private readonly field: HTMLTextAreaElement;
  private readonly counter = h("p", { class: "counter quiet", id: "counter", hidden: true });
  private limit = Infinity;

  /**
   * @param draft what was typed before the page was loaded
   * @param keep called with each change of the draft
   * @param send called with what is to be sent, trimmed and never empty
   */
  constructor(
    draft: string,
    private readonly keep: (draft: string) => void,
    private readonly send: (text: string) => void,
  ) {
    const attributes = {
      id: "field",
      rows: 1,
      enterkeyhint: "send",
      autocomplete: "off",
      dir: "auto",
      "aria-describedby": "counter",
    };
    this.field = h("textarea", { ...attributes, placeholder: "Type your message" });
    this.field.value = draft;
    this.field.addEventListener("input", () => this.changed());
    this.field.addEventListener("keydown", (event) => this.key(event));
    const label = h("label", { class: "vh", for: "field" }, "Your message");
    const button = h("button", { type: "submit", class: "button send" }, icon("send"), h("span", {}, "Send"));
    this.element = h(
      "form",
      { class: "composer" },
      this.counter,
      h("div", { class: "composer-row" }, label, this.field, button),
    );
    this.element.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
  }

  /** Characters the server takes. */
  setLimit(limit: number): void {
    this.limit = limit;
    this.changed();
  }

  focus(): void {
    this.field.focus({ preventScroll: true });
  }

  /** Gives back what could not be sent, before anything typed since. */
  restore(text: string): void {
    this.field.value = [text, this.field.value].filter(Boolean).join("\n");
    this.changed();
  }

  clear(): void {
    this.field.value = "";
    this.changed();
  }

  private submit(): void {
    const text = this.field.value.trim();
    if (!text || this.left < 0) return this.focus();
    this.clear();
    this.send(text);
  }

  private key(event: KeyboardEvent): void {
    const composing = event.isComposing || event.keyCode === 229; // Safari ends the composition before its keydown
    if (event.key !== "Enter" || event.shiftKey || composing) return;
    event.preventDefault();
    if (!event.repeat) this.submit();
  }

  /** Characters, as the server counts them: code points. */
  private get left(): number {
    return this.limit - [...this.field.value.trim()].length;
  }

  private changed(): void {
    this.keep(this.field.value);
    const left = this.left;
    this.counter.hidden = left > NEAR_THE_END;
    this.counter.textContent =
      left < 0
        ? `${count(-left, "character")} too long. Please shorten it or send it in parts.`
        : `${count(left, "character")} left`;
    this.counter.classList.toggle("over", left < 0);
    this.field.setAttribute("aria-invalid", String(left < 0));
    this.field.style.height = "auto";
    this.field.style.height = `${this.field.scrollHeight + 2}px`;
  }
}
