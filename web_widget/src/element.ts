import { Chat } from "./chat.ts";
import { button, h, hidden } from "./dom.ts";
import { icon } from "./icons.ts";
import type { Message } from "./protocol.ts";
import { browserKeep, Store } from "./store.ts";
import { styleSheets } from "./styles/index.ts";

const PHONE = "(max-width: 480px), (max-height: 480px)";
/** Where the script itself came from: that server is asked unless the page names another. */
const SCRIPT = (document.currentScript as HTMLScriptElement | null)?.src ?? "";

/** `<readiness-advisor site server mode open lang heading>`: see README.md for the public interface. */
export class ReadinessAdvisor extends HTMLElement {
  static readonly observedAttributes = ["site", "server", "mode", "open", "lang", "heading"];

  private chat: Chat | null = null;
  private store: Store | null = null;
  private panel: HTMLElement | null = null;
  private launcher: HTMLButtonElement | null = null;
  private unread = 0;
  private leave = new AbortController();

  connectedCallback(): void {
    this.build();
  }

  disconnectedCallback(): void {
    this.takeDown();
  }

  attributeChangedCallback(name: string, before: string | null, after: string | null): void {
    if (!this.chat || before === after) return;
    if (name === "open") return this.openChanged();
    this.takeDown();
    this.build();
  }

  /** Opens the panel and moves the focus into it. To be called when the visitor asks for it. */
  open(): void {
    this.toggleAttribute("open", true);
    if (window.matchMedia("(pointer: coarse)").matches) this.panel?.focus({ preventScroll: true });
    else this.chat?.composer.focus(); // on a touch screen that would bring up the keyboard over the greeting
  }

  /** Closes the panel; the focus goes back to the launcher if it was inside. */
  close(): void {
    const inside = this.shadowRoot?.activeElement;
    this.toggleAttribute("open", false);
    if (inside) this.launcher?.focus();
  }

  private get inline(): boolean {
    return this.getAttribute("mode") === "inline";
  }

  private get isOpen(): boolean {
    return this.inline || this.hasAttribute("open");
  }

  private get heading(): string {
    return this.getAttribute("heading") || "Readiness advisor";
  }

  private get server(): string {
    const given = this.getAttribute("server");
    const script =
      SCRIPT || document.querySelector<HTMLScriptElement>('script[src*="readiness-advisor"]')?.src || location.href;
    return new URL(given || "/chat/ws", given ? location.href : script).href.replace(/^http/, "ws");
  }

  private build(): void {
    const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = styleSheets();
    const site = this.getAttribute("site") || "demo";
    const locale = this.lang || document.documentElement.lang || navigator.language;
    const store = (this.store = new Store(
      site,
      this.server,
      browserKeep("localStorage"),
      browserKeep("sessionStorage"),
    ));
    this.chat = new Chat({
      server: this.server,
      site,
      locale,
      heading: this.heading,
      store,
      onMessage: (message, fresh) => this.onMessage(message, fresh),
      inView: () => this.inView,
      ...(this.inline ? {} : { widen: () => this.panel?.classList.toggle("wide") ?? false }),
    });
    this.panel = this.buildPanel(this.chat);
    this.launcher = this.inline ? null : this.buildLauncher();
    root.replaceChildren(...(this.launcher ? [this.launcher] : []), this.panel);
    this.listen(this.chat);
    if (!this.inline && store.open && !window.matchMedia(PHONE).matches) this.toggleAttribute("open", true);
    this.draw();
    if (this.isOpen || this.chat.client.begun) this.chat.client.start();
  }

  private takeDown(): void {
    this.leave.abort();
    this.leave = new AbortController();
    this.chat?.close();
    this.chat = null;
    this.shadowRoot?.replaceChildren();
  }

  private buildPanel(chat: Chat): HTMLElement {
    const bar = h(
      "div",
      { class: "bar" },
      h("h2", { id: "title", dir: "auto" }, this.heading),
      chat.menu.toggle,
      this.inline ? null : button({ class: "bar-button" }, () => this.close(), icon("close"), "Close"),
    );
    const attributes = {
      class: "panel",
      id: "panel",
      tabindex: -1,
      "aria-labelledby": "title",
      lang: this.lang || "en",
    };
    return h("section", { ...attributes, role: this.inline ? "region" : "dialog" }, bar, chat.menu.element, chat.body);
  }

  private buildLauncher(): HTMLButtonElement {
    const toggle = (): void => (this.isOpen ? this.close() : this.open());
    return button(
      { class: "launcher", "aria-controls": "panel" },
      toggle,
      icon("chat"),
      h("span", { dir: "auto" }, this.heading),
      h("span", { class: "unread" }),
    );
  }

  /** What happens around the chat: keys, other tabs, the network, the keyboard on a phone. */
  private listen(chat: Chat): void {
    const signal = this.leave.signal;
    this.panel?.addEventListener("keydown", (event) => this.escape(event), { signal });
    const check = (): void => {
      if (document.visibilityState === "hidden") return;
      chat.client.check();
      this.markSeen();
    };
    document.addEventListener("visibilitychange", check, { signal });
    window.addEventListener("pageshow", check, { signal });
    for (const change of ["online", "offline"]) window.addEventListener(change, check, { signal });
    window.addEventListener(
      "storage",
      (event) => this.store?.nameOf(event.key) === "session" && chat.client.sessionChanged(),
      { signal },
    );
    const viewport = window.visualViewport;
    const fit = (): void => this.fit(viewport);
    viewport?.addEventListener("resize", fit, { signal });
    viewport?.addEventListener("scroll", fit, { signal });
    fit();
  }

  /** On a phone the panel covers what the keyboard leaves free. */
  private fit(viewport: VisualViewport | null): void {
    if (!viewport || viewport.scale > 1.01) return; // zoomed in: the visitor decides what is in view
    this.panel?.style.setProperty("--view-height", `${viewport.height}px`);
    this.panel?.style.setProperty("--view-top", `${viewport.offsetTop}px`);
  }

  private escape(event: KeyboardEvent): void {
    if (event.key !== "Escape" || event.isComposing) return;
    if (this.chat?.menu.close() || this.inline) return;
    event.stopPropagation();
    this.close();
  }

  private openChanged(): void {
    if (this.inline) return;
    if (this.store) this.store.open = this.isOpen;
    this.draw();
    if (this.isOpen) {
      this.chat?.client.start();
      this.chat?.showLatest();
    }
    this.tell(this.isOpen ? "advisor:open" : "advisor:close");
  }

  private get inView(): boolean {
    return this.isOpen && document.visibilityState === "visible";
  }

  private onMessage(message: Message, fresh: boolean): void {
    const { seq, author, plain } = message;
    if (author !== "visitor" && seq > (this.store?.seen ?? 0)) {
      this.unread++;
      this.markSeen();
      this.draw();
    }
    this.tell("advisor:message", { seq, author, plain, fresh });
  }

  private markSeen(): void {
    if (!this.inView || !this.chat || !this.store) return;
    this.unread = 0;
    this.store.seen = Math.max(this.store.seen, this.chat.client.seq);
  }

  private draw(): void {
    if (!this.panel) return;
    this.panel.hidden = !this.isOpen;
    this.markSeen();
    if (!this.launcher) return;
    this.launcher.setAttribute("aria-expanded", String(this.isOpen));
    const badge = this.launcher.querySelector(".unread")!;
    badge.replaceChildren(
      ...(this.unread ? [String(this.unread), hidden(` unread ${this.unread === 1 ? "message" : "messages"}`)] : []),
    );
  }

  private tell(name: string, detail?: object): void {
    this.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true, detail: detail ?? null }));
  }
}
