import { h } from "../dom.ts";

/** NVDA misses what enters a region in the same moment as other changes. */
const DELAY_MS = 250;
/** Under 100 ms TalkBack misses it; after that the text is only clutter for who reads the page's end. */
const KEPT_MS = 3000;

/**
 * Reads plain text aloud through live regions in the page itself: regions in a shadow root are
 * rarely noticed by VoiceOver on iOS and unreliable in Chrome.
 */
export class Announcer {
  private readonly log = h("div", {
    role: "log",
    "aria-live": "polite",
    "aria-relevant": "additions",
    "aria-label": "Messages of the advisor",
  });
  private readonly alerts = h("div", { role: "alert" });
  private readonly root = h("div", { "data-readiness-advisor": "announcements" }, this.log, this.alerts);

  constructor() {
    Object.assign(this.root.style, {
      position: "absolute",
      width: "1px",
      height: "1px",
      margin: "-1px",
      overflow: "hidden",
      clipPath: "inset(50%)",
      whiteSpace: "nowrap",
    });
    document.body.append(this.root);
  }

  /** Read when the reader is idle. */
  say(text: string): void {
    this.put(this.log, text);
  }

  /** Read at once: failures and emergencies only. */
  alert(text: string): void {
    this.put(this.alerts, text);
  }

  remove(): void {
    this.root.remove();
  }

  private put(region: HTMLElement, text: string): void {
    if (!text) return;
    const copy = h("p", {}, text);
    setTimeout(() => region.append(copy), DELAY_MS);
    setTimeout(() => copy.remove(), DELAY_MS + KEPT_MS);
  }
}
