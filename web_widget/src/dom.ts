/** Small helpers to build elements. Text only ever enters the page as text nodes. */

export type Child = globalThis.Node | string | null | undefined | false;

type Attributes = Record<string, string | number | boolean | null | undefined>;

/** An element with attributes (false, null and undefined are left out) and children. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  setAttributes(element, attributes);
  element.append(...children.filter((child): child is globalThis.Node | string => Boolean(child)));
  return element;
}

export function svg(tag: string, attributes: Attributes, ...children: SVGElement[]): SVGElement {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  setAttributes(element, attributes);
  element.append(...children);
  return element;
}

export function button(attributes: Attributes, onClick: () => void, ...children: Child[]): HTMLButtonElement {
  const element = h("button", { type: "button", ...attributes }, ...children);
  element.addEventListener("click", onClick);
  return element;
}

/** Text that only screen readers meet. */
export function hidden(text: string): HTMLElement {
  return h("span", { class: "vh" }, text);
}

const SAFE = /^(https?:|mailto:|tel:)/i;

/**
 * A link that leaves the page in a tab of its own, or plain text where the address is of another kind.
 *
 * @param base what a relative address is relative to; without it only whole addresses become links
 */
export function link(
  address: string,
  base: string | undefined,
  attributes: Attributes,
  ...children: Child[]
): HTMLElement {
  let href = "";
  try {
    href = new URL(address, base).href;
  } catch {
    // not an address
  }
  if (!SAFE.test(href)) return h("span", {}, ...children);
  const page = href.startsWith("http");
  const target = page ? { target: "_blank" } : {};
  return h(
    "a",
    { href, rel: "noopener noreferrer", ...target, ...attributes },
    ...children,
    page && hidden(" (opens in a new tab)"),
  );
}

function setAttributes(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    element.setAttribute(name, value === true ? "" : String(value));
  }
}
