// One sample of every block, for the fake server. The facts in them are invented.

export const OPENING = {
  blocks: [
    text(
      "Hello. I help practices see where they stand with AI and what to do next. It takes about 10 minutes, or 5 for the short form.",
    ),
    {
      type: "notice",
      kind: "privacy",
      nodes: [paragraph("Please don't type patient details. I remove any I notice.")],
    },
    {
      type: "choices",
      id: "menu",
      prompt: "",
      multiple: false,
      options: [
        { value: "start", label: "Check our readiness" },
        { value: "ask", label: "Ask a question" },
        { value: "privacy", label: "What happens to what I type?" },
      ],
    },
  ],
  plain: "Hello. I help practices see where they stand with AI and what to do next.",
};

const CITATIONS = {
  type: "citations",
  items: [
    {
      title: "Uses and disclosures of protected health information",
      publisher: "U.S. Department of Health and Human Services",
      published: "2013-01-25",
      url: "https://www.example.org/cfr/164.502",
      locator: "164.502(e)",
      status: "in_force",
      as_of: "2026-06-02",
    },
    {
      title: "A proposed rule on certified health IT",
      publisher: "Office of the National Coordinator",
      published: "2025-12",
      url: "https://www.example.org/rule",
      status: "proposed",
      as_of: "2026-05-11",
    },
    {
      title: "An address that is no web page",
      publisher: "Nobody",
      published: "2025",
      url: "javascript:alert(1)",
      status: "survey",
      as_of: "2026-05-01",
    },
  ],
};

export function ownPolicy() {
  const local = {
    title: "AI Acceptable Use",
    publisher: "Your organization",
    published: "2026-05-04",
    url: "",
    locator: "page 3",
    status: "local",
    as_of: "2026-05-04",
  };
  return [{ type: "citations", items: [local, CITATIONS.items[1]] }];
}

export function question(n) {
  return [
    { type: "progress", done: n, total: 14, label: `${n} of about 14` },
    {
      type: "text",
      nodes: [
        paragraph("Then the first thing is those letters. "),
        {
          type: "paragraph",
          spans: [span("Why I ask: without a signed agreement this would be a disclosure under HIPAA.", "emphasis")],
        },
      ],
    },
    {
      type: "choices",
      id: `interview:q${n}`,
      prompt: "Does anyone put patient names, dates or other details into ChatGPT?",
      multiple: false,
      options: [
        { value: "4", label: "No" },
        { value: "2", label: "Sometimes, by mistake perhaps" },
        { value: "0", label: "Yes", help: "Also if only now and then" },
        { value: "unknown", label: "I don't know" },
      ],
    },
    controls("back", "Back", "skip", "Skip", "why", "Why do you ask?", "stop", "Stop here"),
  ];
}

export function several() {
  return [
    {
      type: "choices",
      id: "interview:ai_uses",
      prompt: "Which of these does anyone in the clinic use today?",
      multiple: true,
      options: [
        { value: "scribe", label: "An AI scribe" },
        { value: "chatbot_public", label: "A public chatbot", help: "ChatGPT, Gemini and the like" },
        { value: "imaging", label: "Image reading" },
        { value: "none", label: "None of these" },
      ],
    },
    controls("back", "Back", "skip", "Skip"),
  ];
}

export function answer() {
  return [
    {
      type: "text",
      nodes: [
        {
          type: "paragraph",
          spans: [
            span("Only if it is the hospital's own, approved Copilot. "),
            span("Your policy", "strong"),
            span(
              " (AI Acceptable Use, page 3) allows summaries of charts in the licensed version and forbids the public one.",
            ),
          ],
        },
        paragraph(
          "Nationally, HIPAA asks for an agreement with the vendor and for the minimum needed. You stay responsible for what you use.",
        ),
        { type: "heading", level: 3, spans: [span("What to do")] },
        {
          type: "list",
          ordered: true,
          items: [
            [span("Check that the tool is on the approved list.")],
            [
              span("Read the summary against the chart. See "),
              { text: "the checklist", href: "https://www.example.org/list" },
              span("."),
            ],
          ],
        },
      ],
    },
    CITATIONS,
    controls("check", "What do I have to check?", "more", "More", "contact", "Ask a person"),
  ];
}

export function result() {
  const dimensions = [
    ["strategy", "Strategy and leadership", 45, 40, 52, "Developing", 3],
    ["people", "People and skills", 30, 30, 30, "Emerging", 2],
    ["data", "Data", 55, 45, 70, "Developing", 3],
    ["infrastructure", "Systems and infrastructure", 72, 72, 72, "Established", 4],
    ["privacy", "Privacy and compliance", 12, 5, 30, "Starting", 1],
    ["ethics", "Ethics and fairness", null, 0, 100, null, null],
    ["workflow", "Workflow", 85, 80, 90, "Leading", 5],
    ["partners", "Partners and vendors", 38, 31, 49, "Emerging", 2],
  ].map(([dimension, title, value, low, high, level, level_number]) =>
    clean({ dimension, title, value, low, high, level, level_number }),
  );
  return [
    text("Done; thank you. Strongest: your records system. Weakest: privacy and compliance."),
    {
      type: "scores",
      overall: {
        dimension: "overall",
        title: "Overall",
        value: 38,
        low: 31,
        high: 49,
        level: "Emerging",
        level_number: 2,
      },
      dimensions,
      barriers: [
        {
          id: "privacy",
          title: "Worry about patient privacy and HIPAA",
          reason: "You said that everyone is scared of the HIPAA part.",
        },
        { id: "skills_gap", title: "Not enough skills", reason: "Nobody has had training yet." },
      ],
      red_flags: [
        {
          title: "Patient details in a tool without an agreement",
          do: "Ask the physician to stop today, and write down what was shared.",
        },
      ],
    },
    {
      type: "duties",
      title: "Rules that apply to you",
      items: [
        duty("yes", "in_force", "2013-09-23"),
        duty("maybe", "final_not_yet_effective", "2027-01-01"),
        duty("yes", "guidance", null),
      ],
    },
    {
      type: "plan",
      horizons: [
        {
          id: "week",
          title: "This week",
          items: [
            step("List the AI tools in use", 45, "baa-list"),
            step("Stop patient details in public chatbots", 15, null),
          ],
        },
        { id: "month", title: "This month", items: [step("Agree on one page of rules", 60, null)] },
        {
          id: "quarter",
          title: "Within three months",
          items: [step("Try one scribe with two clinicians", null, null)],
        },
      ],
    },
    {
      type: "resources",
      title: "Training and partners that fit",
      items: [resource("training", true), resource("partner", false)],
    },
    {
      type: "report",
      links: [
        { format: "pdf", label: "Report to print", url: "/report/abc?format=html" },
        { format: "json", label: "Answers as data", url: "/report/abc?format=json" },
      ],
    },
    controls("why_score", "Why 38?", "adjust", "Only 2 hours a month? Adjust"),
  ];
}

export function emergency() {
  return [
    {
      type: "notice",
      kind: "emergency",
      nodes: [paragraph("If someone is in danger, call 911 now. I can't help with emergencies.")],
    },
  ];
}

export function notices() {
  return ["privacy", "advice", "apology", "stale"].map((kind) => ({
    type: "notice",
    kind,
    nodes: [paragraph(`A notice of kind ${kind}.`)],
  }));
}

export function html() {
  return [text("<img src=x onerror=\"document.title='broken'\"> & <b>bold</b>"), { type: "hologram", depth: 3 }];
}

export function long() {
  return [
    text(
      ...Array.from(
        { length: 30 },
        (_, n) => `Paragraph ${n + 1} of a long answer that does not fit the panel, to see where the reader is left.`,
      ),
    ),
  ];
}

export function text(...paragraphs) {
  return { type: "text", nodes: paragraphs.map(paragraph) };
}

function paragraph(words) {
  return { type: "paragraph", spans: [span(words)] };
}

function span(words, style = "plain") {
  return { text: words, style };
}

function controls(...pairs) {
  const items = [];
  for (let n = 0; n < pairs.length; n += 2) items.push({ action: pairs[n], label: pairs[n + 1] });
  return { type: "controls", items };
}

function duty(applies, status, effective) {
  return clean({
    id: `duty-${status}`,
    title: "Sign an agreement before an AI vendor handles patient data",
    do: "Sign a business associate agreement with each vendor.",
    jurisdiction: "United States",
    status,
    effective,
    applies,
    article: status === "in_force" ? "business-associate-agreements" : null,
    as_of: "2026-06-02",
    url: "https://www.example.org/duty",
    source: "45 CFR 164.502(e)",
  });
}

function step(title, minutes, article) {
  return clean({
    id: title,
    title,
    reason: "Nobody knows the whole list today.",
    first_step: "Ask each colleague what they use; write it on one page.",
    who: "Office manager",
    minutes,
    cost: "no cost",
    article,
  });
}

function resource(kind, free) {
  return clean({
    id: kind,
    kind,
    title: kind === "training" ? "AI in health care, an introduction" : "Regional extension centre",
    provider: "A public body",
    url: "https://www.example.org/resource",
    summary: "What AI can and cannot do in a clinic.",
    cost: free ? "free" : "free for rural clinics",
    free,
    hours: kind === "training" ? 5 : null,
    credit: kind === "training" ? "CME" : null,
    eligibility: kind === "partner" ? "Clinics with up to ten clinicians." : null,
    first_step: "Make a free account.",
    reason: "You named skills as a worry.",
    as_of: "2026-06-01",
  });
}

/** As the server sends it: without fields that are null. */
function clean(object) {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== null));
}
