import { button, h } from "../dom.ts";

export interface ContactDetails {
  name?: string;
  reach?: string;
  about: string;
}

/** How a person may reach the visitor. It is sent apart from the conversation and never shown in it. */
export function contactForm(send: (details: ContactDetails) => void, close: () => void): HTMLFormElement {
  const name = h("input", { id: "contact-name", type: "text", autocomplete: "name", maxlength: 120 });
  const reach = h("input", { id: "contact-reach", type: "text", autocomplete: "email", maxlength: 200 });
  const about = h("textarea", { id: "contact-about", rows: 3, maxlength: 1000 });
  const consent = h("input", { type: "checkbox" });
  const error = h("p", { class: "hint", role: "alert" });
  const form = h(
    "form",
    { class: "contact", "aria-labelledby": "contact-title", novalidate: true },
    h("h3", { id: "contact-title", tabindex: -1 }, "Ask a person"),
    field("Your name (optional)", name),
    field("E-mail or phone", reach),
    field("What is it about? Please leave out patient details.", about),
    h("label", { class: "box" }, consent, h("span", {}, "The support team may keep this to answer me.")),
    error,
    h(
      "div",
      { class: "button-row" },
      h("button", { type: "submit", class: "button" }, "Send"),
      button({ class: "button plain" }, close, "Cancel"),
    ),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const missing = !reach.value.trim() ? reach : !about.value.trim() ? about : consent.checked ? null : consent;
    if (missing) {
      error.textContent =
        missing === consent
          ? "Please tick that we may keep this."
          : "Please fill in how to reach you and what it is about.";
      return missing.focus();
    }
    send({
      reach: reach.value.trim(),
      about: about.value.trim(),
      ...(name.value.trim() ? { name: name.value.trim() } : {}),
    });
    close();
  });
  return form;
}

function field(label: string, input: HTMLElement): HTMLElement {
  return h("div", { class: "field" }, h("label", { for: input.id }, label), input);
}
