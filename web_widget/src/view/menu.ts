import { button, h } from "../dom.ts";
import { icon } from "../icons.ts";

export interface MenuActions {
  download(): void;
  startOver(): void;
  /** Tells whether the panel is wide now; left out where it can't be changed. */
  widen?(): boolean;
}

/** What one needs rarely: the transcript, and a new start (which asks first). */
export class Menu {
  readonly toggle: HTMLButtonElement;
  readonly element: HTMLElement;
  private readonly entries: HTMLElement;
  private readonly confirm: HTMLElement;

  constructor(private readonly actions: MenuActions) {
    this.toggle = button(
      { class: "bar-button", "aria-expanded": "false", "aria-controls": "menu" },
      () => this.show(this.element.hidden === true),
      icon("menu"),
      "Menu",
    );
    const startOver = button({ class: "entry" }, () => this.ask(true), "Start over");
    const download = button({ class: "entry" }, () => this.run(this.actions.download), "Download this conversation");
    this.entries = h("div", {}, download, this.actions.widen ? this.wider(this.actions.widen) : null, startOver);
    const yes = button({ class: "button" }, () => this.run(this.actions.startOver), "Start over");
    const no = button({ class: "button plain" }, () => this.show(false), "Keep it");
    const question = h("p", { id: "confirm" }, "Start over? This device then forgets the conversation.");
    this.confirm = h(
      "div",
      { role: "group", "aria-labelledby": "confirm", hidden: true },
      question,
      h("div", { class: "button-row" }, no, yes),
    );
    this.element = h("div", { class: "menu", id: "menu", hidden: true }, this.entries, this.confirm);
  }

  /** Closes the menu if it is open, and tells whether it was. */
  close(): boolean {
    if (this.element.hidden) return false;
    this.show(false);
    return true;
  }

  private show(open: boolean): void {
    this.ask(false);
    this.element.hidden = !open;
    this.toggle.setAttribute("aria-expanded", String(open));
    (open ? this.entries.querySelector("button") : this.toggle)?.focus();
  }

  private ask(asking: boolean): void {
    this.entries.hidden = asking;
    this.confirm.hidden = !asking;
    if (asking) this.confirm.querySelector("button")?.focus();
  }

  private wider(widen: () => boolean): HTMLElement {
    const entry = button(
      { class: "entry wider" },
      () => this.run(() => (entry.textContent = widen() ? "Narrower" : "Wider")),
      "Wider",
    );
    return entry;
  }

  private run(action: () => void): void {
    this.show(false);
    action();
  }
}
