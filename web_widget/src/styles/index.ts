import blocks from "./blocks.css";
import messages from "./messages.css";
import panel from "./panel.css";
import tokens from "./tokens.css";

let sheets: CSSStyleSheet[] | undefined;

/** Constructed sheets, shared by all widgets of a page: a strict policy forbids `<style>`, not these. */
export function styleSheets(): CSSStyleSheet[] {
  sheets ??= [tokens, panel, messages, blocks].map((text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    return sheet;
  });
  return sheets;
}
