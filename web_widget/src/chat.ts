import { spoken } from "./blocks/index.ts";
import type { BlockContext } from "./blocks/view.ts";
import { Client, type ClientEvents, type Line } from "./client.ts";
import { button, h } from "./dom.ts";
import type { Outgoing } from "./outbox.ts";
import type { Message, Opening, Welcome } from "./protocol.ts";
import type { Store } from "./store.ts";
import { Announcer } from "./view/announcer.ts";
import { Composer } from "./view/composer.ts";
import { type ContactDetails, contactForm } from "./view/contact.ts";
import { type Line as TranscriptLine, saveText, transcriptText } from "./view/download.ts";
import { Menu } from "./view/menu.ts";
import { Transcript } from "./view/transcript.ts";

export interface ChatOptions {
  server: string;
  site: string;
  locale: string;
  heading: string;
  store: Store;
  /** A message was handed on; `fresh` where it is none the visitor had before this page was loaded. */
  onMessage(message: Message, fresh: boolean): void;
  /** Whether the visitor has the chat before them. */
  inView(): boolean;
  /** Makes the panel wider, or narrower again, and tells whether it is wide; missing where the page sets the width. */
  widen?(): boolean;
}

/** A short loss heals unseen; the notice is for those that last. */
const NOTICE_AFTER_MS = 1500;
/** The control that opens the form for a person's answer. It sends nothing by itself. */
const CONTACT_ACTION = "contact";

/** The chat itself: joins the client, which knows the protocol, to the parts that draw it. */
export class Chat implements ClientEvents {
  readonly client: Client;
  readonly composer: Composer;
  readonly menu: Menu;
  readonly body: HTMLElement;
  private readonly transcript: Transcript;
  private readonly announcer = new Announcer();
  private readonly notice = h("div", { class: "line", hidden: true });
  private readonly contactArea = h("div", { class: "contact-area", hidden: true });
  private readonly tabs: BroadcastChannel | null;
  private readonly waitingForAnswer = new Map<string, (ok: boolean) => void>();
  private noticeTimer: ReturnType<typeof setTimeout> | undefined;
  private lines: TranscriptLine[] = [];
  private opening: Opening | null = null;

  constructor(private readonly options: ChatOptions) {
    const { store, server, site, locale } = options;
    this.client = new Client({ url: server, site, locale, store }, this);
    this.composer = new Composer(
      store.draft,
      (draft) => (store.draft = draft),
      (text) => this.client.sendText(text),
    );
    this.menu = new Menu({
      download: () => this.download(),
      startOver: () => this.startOver(),
      ...(options.widen ? { widen: options.widen } : {}),
    });
    this.transcript = new Transcript(
      (content) => this.context(content),
      (seq, helpful, comment) => this.client.feedback(seq, helpful, comment),
      (text) => this.announcer.say(text),
    );
    const { area, jump } = this.transcript.scroller;
    this.body = h(
      "div",
      { class: "body" },
      area,
      h("div", { class: "dock" }, jump, this.notice, this.contactArea, this.composer.element),
    );
    for (const item of this.client.outbox.all) this.sending(item);
    this.tabs =
      typeof BroadcastChannel === "function" ? new BroadcastChannel(`readiness-advisor:${site}@${server}`) : null;
    this.tabs?.addEventListener("message", (event: MessageEvent<{ seq: number }>) =>
      this.client.otherTabHas(event.data.seq),
    );
  }

  showLatest(): void {
    this.transcript.showLatest();
  }

  close(): void {
    this.client.stop();
    this.tabs?.close();
    this.announcer.remove();
    clearTimeout(this.noticeTimer);
  }

  // --- what the client tells --------------------------------------------------------------------

  line(line: Line, text?: string): void {
    clearTimeout(this.noticeTimer);
    if (line === "online") this.notice.hidden = true;
    else if (line === "connecting") this.noticeTimer = setTimeout(() => this.showLine(reconnecting()), NOTICE_AFTER_MS);
    else this.showLine(text ?? "The conversation is closed.", line === "asleep" ? "Go on" : "Try again");
  }

  welcome(welcome: Welcome): void {
    this.composer.setLimit(welcome.limits.message_length);
    if (!welcome.opening) return;
    this.opening = welcome.opening;
    this.transcript.showOpening(welcome.opening);
  }

  message(message: Message, fresh: boolean): void {
    this.transcript.addMessage(message, fresh);
    this.lines.push(message);
    this.tabs?.postMessage({ seq: message.seq });
    if (fresh && message.author !== "visitor") this.announce(message);
    this.options.onMessage(message, fresh);
  }

  sending(item: Outgoing): void {
    if (item.frame.type !== "contact") this.transcript.addOutgoing(item);
  }

  waiting(item: Outgoing, text: string): void {
    this.transcript.setState(item.frame.id, "waiting", `Waiting to send. ${text}`);
    this.announcer.say(text);
  }

  sent(item: Outgoing, seq: number | null): void {
    this.answer(item, true);
    if (item.frame.type === "contact") return this.showLine("Your message to the support team is stored.", "Close");
    this.transcript.setSent(item.frame.id, seq);
    this.lines.push({ author: "visitor", at: new Date().toISOString(), plain: item.label });
  }

  failed(item: Outgoing, text: string): void {
    this.answer(item, false);
    if (item.frame.type === "contact") return this.trouble(text);
    this.transcript.setFailed(item.frame.id, text);
    if (item.frame.type === "message" && "text" in item.frame) this.composer.restore(item.frame.text);
    this.announcer.alert(`Not sent. ${text}`);
  }

  working(busy: boolean): void {
    this.transcript.setWorking(busy);
  }

  trouble(text: string): void {
    this.showLine(text, "Close");
    this.announcer.say(text);
  }

  reset(): void {
    this.lines = [];
    this.transcript.clear();
    for (const item of this.client.outbox.all) this.sending(item);
  }

  // --- what the visitor does ----------------------------------------------------------------------

  private context(content: Opening): BlockContext {
    const asked = content.blocks.find((block) => block.type === "choices");
    return {
      choose: (values, block, label, multiple, done) => {
        const id = this.client.choose(multiple ? values : values[0]!, block, label);
        this.waitingForAnswer.set(id, done);
      },
      control: (action, label) => {
        if (action === CONTACT_ACTION) this.openContact();
        else this.client.control(action, label, asked?.id);
      },
      openArticle: (article, title) => this.client.choose(article, "article", `More about: ${title}`),
      folded: content.blocks.some((block) => block.type === "scores"),
      base: this.options.server.replace(/^ws/, "http"),
    };
  }

  private answer(item: Outgoing, ok: boolean): void {
    this.waitingForAnswer.get(item.frame.id)?.(ok);
    this.waitingForAnswer.delete(item.frame.id);
  }

  private announce(message: Message): void {
    const speaker = message.author === "person" ? "Support team" : "Advisor";
    const urgent = message.blocks.some((block) => block.type === "notice" && block.kind === "emergency");
    const text = this.options.inView() ? `${speaker}: ${spoken(message)}` : `${this.options.heading}: a new message.`;
    if (urgent) this.announcer.alert(text);
    else this.announcer.say(text);
  }

  private openContact(): void {
    const close = (): void => {
      this.contactArea.hidden = true;
      this.contactArea.replaceChildren();
      this.composer.element.hidden = false;
      this.composer.focus();
    };
    this.contactArea.replaceChildren(
      contactForm((details: ContactDetails) => void this.client.contact(details), close),
    );
    this.contactArea.hidden = false;
    this.composer.element.hidden = true;
    this.contactArea.querySelector<HTMLElement>("h3")?.focus();
  }

  private startOver(): void {
    this.waitingForAnswer.clear();
    this.transcript.forgetOpening();
    this.client.startOver();
    this.composer.clear();
    this.composer.focus();
    this.announcer.say("A new conversation has begun.");
  }

  private download(): void {
    const greeting: TranscriptLine[] = this.opening ? [{ author: "advisor", at: "", plain: this.opening.plain }] : [];
    saveText("conversation.txt", transcriptText(this.options.heading, [...greeting, ...this.lines]));
  }

  /** A quiet line above the composer; its button goes on with the conversation or puts the line away. */
  private showLine(text: string, action?: "Try again" | "Go on" | "Close"): void {
    const act = (): void => {
      this.notice.hidden = true;
      if (action !== "Close") this.client.start();
      this.composer.focus();
    };
    this.notice.replaceChildren(h("p", {}, text), ...(action ? [button({ class: "small" }, act, action)] : []));
    if (this.notice.hidden) this.announcer.say(text);
    this.notice.hidden = false;
  }
}

function reconnecting(): string {
  const why = navigator.onLine ? "Reconnecting…" : "You are offline.";
  return `${why} What you send is kept and goes out as soon as the connection is back.`;
}
