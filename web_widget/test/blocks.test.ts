// @vitest-environment happy-dom
import { expect, test, vi } from "vitest";
import { markAnswered } from "../src/blocks/choices.ts";
import { renderBlocks, spoken } from "../src/blocks/index.ts";
import type { BlockContext } from "../src/blocks/view.ts";
import type { Block } from "../src/protocol.ts";
import * as samples from "./samples.mjs";

function context(): BlockContext {
  return {
    choose: vi.fn(),
    control: vi.fn(),
    openArticle: vi.fn(),
    folded: false,
    base: "https://advisor.example/chat/ws",
  };
}

function render(blocks: unknown[], with_: BlockContext = context()): HTMLElement {
  const root = document.createElement("div");
  root.append(...renderBlocks({ blocks: blocks as Block[], plain: "plain form" }, with_));
  return root;
}

const said = (blocks: unknown[]) => spoken({ blocks: blocks as Block[], plain: "plain **form**" });

test("HTML in a text is shown as text", () => {
  const root = render([samples.text("<img src=x onerror=alert(1)>")]);
  expect(root.querySelector("img")).toBeNull();
  expect(root.textContent).toContain("<img src=x onerror=alert(1)>");
});

test.each(["javascript:alert(1)", "data:text/html,x", "JAVASCRIPT:alert(1)", "/relative", "file:///etc/passwd"])(
  "%s is no link in a text",
  (href) => {
    const root = render([{ type: "text", nodes: [{ type: "paragraph", spans: [{ text: "here", href }] }] }]);
    expect(root.querySelector("a")).toBeNull();
    expect(root.textContent).toBe("here");
  },
);

test.each(["https://example.org/a", "mailto:a@example.org", "tel:+15555550142"])("%s is a link", (href) => {
  const anchor = render([
    { type: "text", nodes: [{ type: "paragraph", spans: [{ text: "here", href }] }] },
  ]).querySelector("a");
  expect(anchor?.getAttribute("href")).toBe(href);
  expect(anchor?.rel).toBe("noopener noreferrer");
});

test("a report's relative address is the server's", () => {
  const root = render([{ type: "report", links: [{ format: "pdf", label: "Report", url: "/report/1" }] }]);
  expect(root.querySelector("a")?.href).toBe("https://advisor.example/report/1");
});

test("text nodes keep their structure", () => {
  const root = render(samples.answer());
  expect(root.querySelector("strong")?.textContent).toBe("Your policy");
  expect(root.querySelector("h3")?.textContent).toBe("What to do");
  expect(root.querySelectorAll("ol > li").length).toBe(2);
});

test("a message of which nothing is known is shown in its plain form", () => {
  expect(render([{ type: "hologram" }]).textContent).toBe("plain form");
  expect(said([{ type: "hologram" }])).toBe("plain form");
});

test("one tap answers, a second does nothing, and a failure frees the choice", () => {
  const chat = context();
  const root = render(samples.question(1), chat);
  const [no, sometimes] = [...root.querySelectorAll<HTMLButtonElement>(".option")];
  no!.click();
  no!.click();
  sometimes!.click();
  expect(chat.choose).toHaveBeenCalledOnce();
  expect(vi.mocked(chat.choose).mock.calls[0]!.slice(0, 4)).toEqual([["4"], "interview:q1", "No", false]);
  expect(no!.getAttribute("aria-disabled")).toBe("true");
  expect(no!.disabled).toBe(false);
  const done = vi.mocked(chat.choose).mock.calls[0]![4];
  done(true);
  sometimes!.click();
  expect(chat.choose).toHaveBeenCalledTimes(2); // an older answer may be changed
  vi.mocked(chat.choose).mock.calls[1]![4](false);
  expect(sometimes!.getAttribute("aria-disabled")).toBeNull();
});

test("several answers go out as one list, and none at all is asked for", () => {
  const chat = context();
  const root = render(samples.several(), chat);
  const send = root.querySelector<HTMLButtonElement>(".button")!;
  send.click();
  expect(chat.choose).not.toHaveBeenCalled();
  expect(root.querySelector(".hint")?.textContent).toContain("at least one");
  for (const box of [...root.querySelectorAll<HTMLInputElement>("input")].slice(0, 2)) box.checked = true;
  send.click();
  expect(vi.mocked(chat.choose).mock.calls[0]!.slice(0, 4)).toEqual([
    ["scribe", "chatbot_public"],
    "interview:ai_uses",
    "An AI scribe, A public chatbot",
    true,
  ]);
});

test("after a reload the chosen option is marked in words", () => {
  const root = render(samples.question(1));
  markAnswered(root, "I don't know");
  expect(root.querySelector(".option.chosen")?.textContent).toBe("I don't know (your answer)");
});

test("scores are a table whose words tell all that the chart tells", () => {
  const root = render(samples.result());
  const rows = [...root.querySelectorAll("tbody tr")].map((row) => row.textContent);
  expect(rows).toHaveLength(8);
  expect(rows[0]).toBe("Strategy and leadershipDeveloping 45 of 100 (40 to 52)");
  expect(rows[5]).toBe("Ethics and fairnessnot enough answers");
  expect(root.querySelectorAll('svg:not([aria-hidden="true"])').length).toBe(0);
});

test("the status of a source is told in words, with the newest day in the headline", () => {
  const root = render(samples.answer());
  expect(root.querySelector(".citations summary")?.textContent).toBe("Sources (3), newest checked 2 June 2026");
  expect([...root.querySelectorAll(".status")].map((status) => status.textContent)).toEqual([
    "in force",
    "proposed, not law",
    "survey finding",
  ]);
});

test("an own policy is marked as such, comes without a link, and does not count as checked", () => {
  const root = render(samples.ownPolicy());
  expect(root.querySelector(".citations summary")?.textContent).toBe(
    "Sources (2), your own policy, newest checked 11 May 2026",
  );
  const first = root.querySelector(".citations li");
  expect(first?.querySelector("a")).toBeNull();
  expect(first?.textContent).toBe("AI Acceptable Use, page 3your own policyadded 4 May 2026");
});

test("in a result long parts are folded behind their headlines", () => {
  const root = render(samples.result(), { ...context(), folded: true });
  const headlines = [...root.querySelectorAll("details:not([open]) > summary")].map((summary) => summary.textContent);
  expect(headlines).toEqual([
    "What holds you back (2)",
    "Rules that apply to you (3 duties, 1 of them may apply)",
    "This month (1 step, about 60 minutes)",
    "Within three months (1 step)",
    "Training and partners that fit (2)",
  ]);
  expect(root.querySelector("details[open] > summary")?.textContent).toBe("This week (2 steps, about 60 minutes)");
});

test("what is read aloud is short and whole", () => {
  expect(said(samples.emergency())).toBe(
    "Emergency: If someone is in danger, call 911 now. I can't help with emergencies.",
  );
  expect(said(samples.several())).toBe(
    "Which of these does anyone in the clinic use today? Choices: An AI scribe; A public chatbot; Image reading; None of these.",
  );
  expect(said(samples.result())).toContain("Your result: 38 of 100, Emerging.");
});

test("an article named in the plan can be opened", () => {
  const chat = context();
  const root = render(samples.result(), chat);
  [...root.querySelectorAll("button")].find((button) => button.textContent?.startsWith("Read more"))!.click();
  expect(chat.openArticle).toHaveBeenCalledOnce();
});
