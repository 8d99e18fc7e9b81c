import { button, h } from "../dom.ts";

/** Tells whether it was sent. */
export type SendFeedback = (helpful: boolean, comment?: string) => boolean;

/** 'Was this helpful?' under an answer; a 'No' may be explained. */
export function feedback(send: SendFeedback): HTMLElement {
  const status = h("span", { role: "status" }, "Was this helpful?");
  const answer = (helpful: boolean): void => {
    if (!send(helpful)) {
      status.textContent = "That could not be sent now. Please try again in a moment.";
      return;
    }
    status.textContent = helpful ? "Thank you." : "Thank you. What was missing? (optional)";
    status.tabIndex = -1;
    status.focus({ preventScroll: true }); // the pressed button goes, the focus must not
    buttons.remove();
    if (!helpful) root.append(comment(send, status));
  };
  const yes = button({ class: "small" }, () => answer(true), "Yes");
  const no = button({ class: "small" }, () => answer(false), "No");
  const buttons = h("span", { class: "button-row" }, yes, no);
  const root = h("div", { class: "feedback", role: "group", "aria-label": "Feedback on this answer" }, status, buttons);
  return root;
}

function comment(send: SendFeedback, status: HTMLElement): HTMLElement {
  const field = h("input", {
    type: "text",
    maxlength: 500,
    "aria-label": "What was missing?",
    autocomplete: "off",
    dir: "auto",
  });
  const form = h("form", { class: "button-row" }, field, h("button", { type: "submit", class: "small" }, "Send"));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (field.value.trim() && !send(false, field.value.trim())) return;
    status.textContent = "Thank you.";
    status.focus({ preventScroll: true });
    form.remove();
  });
  return form;
}
