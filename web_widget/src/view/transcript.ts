import { markAnswered, reopen } from "../blocks/choices.ts";
import { renderBlocks } from "../blocks/index.ts";
import type { BlockContext } from "../blocks/view.ts";
import { h, hidden } from "../dom.ts";
import type { Outgoing } from "../outbox.ts";
import type { Author, Message, Opening } from "../protocol.ts";
import { feedback } from "./feedback.ts";
import { Scroller } from "./scroller.ts";

export type ContextOf = (content: Opening) => BlockContext;

const SPEAKERS: Record<Author, string> = {
  visitor: "You said:",
  advisor: "Advisor said:",
  person: "A person of the support team said:",
};
/** A reply within this time needs no 'is writing'. */
const TYPING_AFTER_MS = 400;

/** The list of messages, in the server's order, with what is still on its way at the end. */
export class Transcript {
  readonly scroller: Scroller;
  private readonly opening = h("div", { class: "opening" });
  private readonly list = h("ol", { class: "messages", role: "list", "aria-label": "Messages" });
  private readonly typing = h("p", { class: "typing quiet", hidden: true }, "The advisor is writing…");
  private readonly outgoing = new Map<string, HTMLElement>();
  private typingTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly contextOf: ContextOf,
    private readonly sendFeedback: (seq: number, helpful: boolean, comment?: string) => boolean,
    private readonly sayTyping: (text: string) => void,
  ) {
    this.scroller = new Scroller(this.opening, this.list, this.typing);
  }

  showOpening(opening: Opening): void {
    if (this.opening.childElementCount) return; // drawn already: a reconnect must not take the focus away
    this.opening.replaceChildren(hidden(SPEAKERS.advisor), ...renderBlocks(opening, this.contextOf(opening)));
    this.quietOlder();
  }

  /** @param fresh false for what the visitor had before the page was loaded */
  addMessage(message: Message, fresh: boolean): void {
    const item = this.item(message.author);
    item.dataset["seq"] = String(message.seq);
    if (message.author === "visitor") item.append(bubble(message.plain));
    else item.append(...renderBlocks(message, this.contextOf(message)));
    if (message.author === "advisor" && message.blocks.some((block) => block.type === "citations")) {
      item.append(feedback((helpful, comment) => this.sendFeedback(message.seq, helpful, comment)));
    }
    if (fresh) this.scroller.add(item, () => this.insert(item, message.seq));
    else this.insert(item, message.seq);
    if (message.author === "visitor") this.answeredBy(item, message.plain);
    this.quietOlder();
    if (!fresh) this.showLatest();
  }

  /** The visitor's own words, before the server has them. */
  addOutgoing(outgoing: Outgoing): void {
    const item = this.item("visitor");
    item.append(bubble(outgoing.label), h("p", { class: "state" }));
    this.outgoing.set(outgoing.frame.id, item);
    this.list.append(item);
    this.setState(outgoing.frame.id, "sending", "Sending…");
    reopen(this.scroller.area);
    this.scroller.toEnd();
  }

  setState(id: string, state: "sending" | "waiting" | "sent" | "failed", text: string): void {
    const item = this.outgoing.get(id);
    if (!item) return;
    const followed = this.scroller.following;
    item.dataset["state"] = state;
    item.querySelector(".state")!.textContent = text;
    if (followed) this.scroller.toEnd();
  }

  /** The server has it under this number; a replay may have shown it already. */
  setSent(id: string, seq: number | null): void {
    const item = this.outgoing.get(id);
    this.setState(id, "sent", "Sent");
    this.outgoing.delete(id);
    if (!item || seq === null) return;
    if (this.bySeq(seq)) item.remove();
    else item.dataset["seq"] = String(seq);
  }

  setFailed(id: string, text: string): void {
    this.setState(id, "failed", `Not sent. ${text}`);
    this.outgoing.delete(id);
  }

  setWorking(busy: boolean): void {
    clearTimeout(this.typingTimer);
    this.typing.hidden = true;
    if (!busy) return;
    this.typingTimer = setTimeout(() => {
      const followed = this.scroller.following;
      this.typing.hidden = false;
      this.sayTyping(this.typing.textContent);
      if (followed) this.scroller.toEnd();
    }, TYPING_AFTER_MS);
  }

  /** Shows the latest message from its top, as when the panel opens. */
  showLatest(): void {
    const last = this.list.lastElementChild;
    if (last instanceof HTMLElement) this.scroller.show(last);
    this.scroller.seenAll();
  }

  /** Has the greeting drawn anew, with nothing chosen in it. */
  forgetOpening(): void {
    this.opening.replaceChildren();
  }

  clear(): void {
    this.list.replaceChildren();
    this.outgoing.clear();
    this.scroller.seenAll();
  }

  private item(author: Author): HTMLElement {
    const name = author === "person" ? h("p", { class: "speaker" }, "Support team") : null;
    return h("li", { class: `message ${author}` }, hidden(SPEAKERS[author]), name);
  }

  /** Puts a message where its number belongs: before what is still on its way. */
  private insert(item: HTMLElement, seq: number): void {
    let before: Element | null = null;
    for (let other = this.list.lastElementChild; other; other = other.previousElementSibling) {
      const { seq: otherSeq, state } = (other as HTMLElement).dataset;
      const later = otherSeq === undefined ? state === "sending" || state === "waiting" : Number(otherSeq) > seq;
      if (!later) break;
      before = other;
    }
    this.list.insertBefore(item, before);
  }

  private bySeq(seq: number): Element | null {
    return this.list.querySelector(`[data-seq="${seq}"]`);
  }

  /** After a reload, the choices before a visitor's message show what was chosen. */
  private answeredBy(item: HTMLElement, answer: string): void {
    const asked = item.previousElementSibling ?? (item === this.list.firstElementChild ? this.opening : null);
    reopen(this.scroller.area);
    if (asked instanceof HTMLElement) markAnswered(asked, answer);
  }

  /** Only the latest choices and controls stand out; the older ones stay usable, as they change an answer. */
  private quietOlder(): void {
    for (const kind of [".choices", ".controls", ".progress"]) {
      const all = [...this.scroller.area.querySelectorAll(kind)];
      all.forEach((element, n) => element.classList.toggle("older", n < all.length - 1));
    }
  }
}

function bubble(text: string): HTMLElement {
  return h("div", { class: "bubble", dir: "auto" }, text);
}
