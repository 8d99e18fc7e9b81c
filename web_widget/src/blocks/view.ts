import type { Block } from "../protocol.ts";

/** What a block may ask of the chat it stands in. */
export interface BlockContext {
  /** Answers a `choices` block; `done(ok)` tells when the answer is stored or has failed. */
  choose(values: string[], block: string, label: string, multiple: boolean, done: (ok: boolean) => void): void;
  control(action: string, label: string): void;
  openArticle(article: string, title: string): void;
  /** Whether the message is a whole result, in which long parts are folded. */
  folded: boolean;
  /** What relative addresses are relative to: the server's origin. */
  base: string;
}

/** How one type of block is drawn, and what of it is read aloud when it arrives. */
export interface BlockView<B extends Block> {
  render(block: B, context: BlockContext): HTMLElement;
  spoken(block: B): string;
}
