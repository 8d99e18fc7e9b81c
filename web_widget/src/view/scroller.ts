import { button, h } from "../dom.ts";
import { icon } from "../icons.ts";
import { count } from "../words.ts";

/** Who is this close to the end is taken to follow the conversation. */
const FOLLOW_PX = 128;
const MARGIN_PX = 12;

/** The scrolling part of the transcript: it follows the end only for a reader who is there. */
export class Scroller {
  readonly area: HTMLElement;
  readonly jump: HTMLButtonElement;
  private unseen: HTMLElement[] = [];
  private atEnd = false;

  constructor(...content: HTMLElement[]) {
    this.area = h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Conversation" }, ...content);
    this.jump = button({ class: "jump", hidden: true }, () => this.toUnseen());
    this.area.addEventListener("scroll", () => this.scrolled(), { passive: true });
    // a notice or a phone's keyboard takes room: who was at the end stays there
    new ResizeObserver(() => this.atEnd && this.toEnd()).observe(this.area);
  }

  get following(): boolean {
    return this.below <= FOLLOW_PX;
  }

  /** Pixels of the transcript below the view. */
  private get below(): number {
    return this.area.scrollHeight - this.area.scrollTop - this.area.clientHeight;
  }

  private scrolled(): void {
    this.atEnd = this.below <= 1;
    if (this.following) this.seenAll();
  }

  /** Makes a change that adds `item`, and shows the top of it to a reader who follows. */
  add(item: HTMLElement, change: () => void): void {
    const followed = this.following;
    change();
    if (followed) return this.show(item);
    this.unseen.push(item);
    this.jump.replaceChildren(icon("down"), count(this.unseen.length, "new message"));
    this.jump.hidden = false;
  }

  /** As much of the end as leaves the top of `item` in view. */
  show(item: HTMLElement): void {
    const top = item.getBoundingClientRect().top - this.area.getBoundingClientRect().top + this.area.scrollTop;
    this.area.scrollTop = Math.min(top - MARGIN_PX, this.area.scrollHeight);
  }

  toEnd(): void {
    this.area.scrollTop = this.area.scrollHeight;
    this.seenAll();
  }

  seenAll(): void {
    this.unseen = [];
    this.jump.hidden = true;
  }

  private toUnseen(): void {
    const first = this.unseen[0];
    this.seenAll();
    if (first?.isConnected) this.show(first);
    this.area.focus({ preventScroll: true });
  }
}
