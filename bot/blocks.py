"""The typed pieces a reply is made of: what actions utter, the gateway sends and the widget draws.

Every block has a plain form (``plain``) for screen readers, the terminal and other channels:
text with light Markdown. This module knows nothing of Rasa, FastAPI or SQL.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter


class Model(BaseModel):
    """A value that can't be changed, with no unknown fields."""

    model_config = ConfigDict(extra="forbid", frozen=True)


# --- text -----------------------------------------------------------------------------------


class Span(Model):
    """A run of inline text. ``href`` (http, https, mailto or tel) makes it a link."""

    text: str
    style: Literal["plain", "strong", "emphasis", "code"] = "plain"
    href: str | None = Field(default=None, pattern=r"^(https?://|mailto:|tel:)")

    @property
    def plain(self) -> str:
        mark = {"plain": "", "strong": "**", "emphasis": "*", "code": "`"}[self.style]
        text = f"{mark}{self.text}{mark}"
        return f"[{text}]({self.href})" if self.href else text


class Paragraph(Model):
    """Spans that form one paragraph."""

    type: Literal["paragraph"] = "paragraph"
    spans: list[Span]

    @property
    def plain(self) -> str:
        return "".join(span.plain for span in self.spans)


class Heading(Model):
    """A heading inside a reply; ``level`` 3 or 4, as the page around the widget has 1 and 2."""

    type: Literal["heading"] = "heading"
    level: Literal[3, 4] = 3
    spans: list[Span]

    @property
    def plain(self) -> str:
        return "**" + "".join(span.text for span in self.spans) + "**"


class ListNode(Model):
    """A list; each item is a list of spans."""

    type: Literal["list"] = "list"
    ordered: bool = False
    items: list[list[Span]]

    @property
    def plain(self) -> str:
        lines = ("".join(span.plain for span in item) for item in self.items)
        return "\n".join(f"{f'{n}.' if self.ordered else '-'} {line}" for n, line in enumerate(lines, 1))


Node = Annotated[Paragraph | Heading | ListNode, Field(discriminator="type")]


class Text(Model):
    """Running text as a small tree, so that the widget needs neither a Markdown parser nor a sanitiser."""

    type: Literal["text"] = "text"
    nodes: list[Node]

    @classmethod
    def of(cls, *paragraphs: str) -> Text:
        """A text of plain paragraphs, nothing in them interpreted."""
        return cls(nodes=[Paragraph(spans=[Span(text=paragraph)]) for paragraph in paragraphs])

    @property
    def plain(self) -> str:
        return "\n\n".join(node.plain for node in self.nodes)


# --- asking -----------------------------------------------------------------------------------


class Option(Model):
    """One answer the visitor may choose. ``value`` comes back in the ``choice`` frame."""

    value: str
    label: str
    help: str | None = None


class Choices(Model):
    """Answers on offer; free text is always allowed too.

    ``id`` says what the values mean: ``interview:<question id>`` an answer to that question,
    ``article`` an article of the library, ``menu`` something the advisor can do.
    """

    type: Literal["choices"] = "choices"
    id: str
    prompt: str
    multiple: bool = False
    options: list[Option]

    @property
    def plain(self) -> str:
        lines = [
            f"{n}. {option.label}" + (f" ({option.help})" if option.help else "")
            for n, option in enumerate(self.options, 1)
        ]
        return "\n".join(([self.prompt] if self.prompt else []) + lines)


class Control(Model):
    """Something the visitor may do beside answering."""

    action: str
    label: str


class Controls(Model):
    """Small buttons under a reply: back, skip, why, stop, more, ..."""

    type: Literal["controls"] = "controls"
    items: list[Control]

    @property
    def plain(self) -> str:
        return " ".join(f"[{item.label}]" for item in self.items)


class Progress(Model):
    """How far the interview is: ``done`` of about ``total`` questions."""

    type: Literal["progress"] = "progress"
    done: int = Field(ge=0)
    total: int = Field(ge=1)
    label: str

    @property
    def plain(self) -> str:
        return self.label


class Notice(Model):
    """A message set apart: privacy, an emergency, 'not legal or medical advice', an apology."""

    type: Literal["notice"] = "notice"
    kind: Literal["privacy", "emergency", "advice", "apology", "stale"]
    nodes: list[Node]

    @property
    def plain(self) -> str:
        return "\n\n".join(node.plain for node in self.nodes)


# --- answering --------------------------------------------------------------------------------

Status = Literal[
    "in_force", "final_not_yet_effective", "proposed", "guidance", "superseded", "withdrawn", "survey", "practice"
]

STATUS_WORDS: dict[str, str] = {
    "in_force": "in force",
    "final_not_yet_effective": "final, not yet in effect",
    "proposed": "proposed, not law",
    "guidance": "guidance, not binding",
    "superseded": "superseded",
    "withdrawn": "withdrawn",
    "survey": "survey finding",
    "practice": "good practice",
    "local": "your own policy",
}


class Citation(Model):
    """A source shown with an answer. ``as_of`` is the day the fact was last checked.

    With the status ``local`` it is a policy of the organisation's own: ``url`` is empty, and ``as_of`` and ``published``
    are the day it was added.
    """

    title: str
    publisher: str
    published: str
    url: str
    locator: str | None = None
    status: Status | Literal["local"]
    as_of: dt.date

    @property
    def plain(self) -> str:
        where = f", {self.locator}" if self.locator else ""
        if self.status == "local":
            return f"{self.title}{where} ({STATUS_WORDS[self.status]}, added {self.as_of.isoformat()})"
        return f"[{self.title}]({self.url}){where} ({self.publisher}, {self.published}; {STATUS_WORDS[self.status]}; checked {self.as_of.isoformat()})"


class Citations(Model):
    """The sources of the answer in this message."""

    type: Literal["citations"] = "citations"
    items: list[Citation]

    @property
    def plain(self) -> str:
        return "\n".join(["Sources:", *(f"- {item.plain}" for item in self.items)])


# --- the result -------------------------------------------------------------------------------


class Score(Model):
    """One dimension's score, 0–100, with its level and the range that unknown answers leave open.

    ``value`` is null where too little was answered to name one.
    """

    dimension: str
    title: str
    value: int | None = Field(default=None, ge=0, le=100)
    low: int = Field(ge=0, le=100)
    high: int = Field(ge=0, le=100)
    level: str | None = None
    level_number: int | None = Field(default=None, ge=1, le=5)

    @property
    def plain(self) -> str:
        if self.value is None:
            return f"{self.title}: not enough answers"
        between = "" if self.low == self.high else f" (between {self.low} and {self.high})"
        return f"{self.title}: {self.value} of 100{between}, {self.level}"


class Scores(Model):
    """The result: overall, each dimension, the barriers found (worst first) and the red flags."""

    class Barrier(Model):
        id: str
        title: str
        reason: str

    class RedFlag(Model):
        title: str
        do: str

    type: Literal["scores"] = "scores"
    overall: Score
    dimensions: list[Score]
    barriers: list[Barrier] = []
    red_flags: list[RedFlag] = []

    @property
    def plain(self) -> str:
        lines = [self.overall.plain, *(f"- {score.plain}" for score in self.dimensions)]
        if self.red_flags:
            lines += ["Act on first:", *(f"- {flag.title}: {flag.do}" for flag in self.red_flags)]
        if self.barriers:
            lines += ["What holds you back:", *(f"- {barrier.title}: {barrier.reason}" for barrier in self.barriers)]
        return "\n".join(lines)


class PlanItem(Model):
    """One step of the plan. ``minutes`` is a person's working time."""

    id: str
    title: str
    reason: str
    first_step: str
    who: str
    minutes: int | None = None
    cost: str
    article: str | None = None


class Horizon(Model):
    """The steps of one stretch of time."""

    id: Literal["week", "month", "quarter", "half_year"]
    title: str
    items: list[PlanItem]


def _duration(minutes: int) -> str:
    return f"{minutes} minutes" if minutes < 120 else f"{minutes / 60:g} hours"


class Plan(Model):
    """What to do, by when."""

    type: Literal["plan"] = "plan"
    horizons: list[Horizon]

    @property
    def plain(self) -> str:
        lines = []
        for horizon in self.horizons:
            lines.append(f"**{horizon.title}**")
            for n, item in enumerate(horizon.items, 1):
                time = f"{_duration(item.minutes)}, " if item.minutes else ""
                lines.append(f"{n}. {item.title} ({time}{item.cost}, {item.who}). {item.first_step} Why: {item.reason}")
        return "\n".join(lines)


class Resource(Model):
    """A training or partner, with the reason it is named."""

    id: str
    kind: Literal["training", "partner"]
    title: str
    provider: str
    url: str
    summary: str
    cost: str
    free: bool
    hours: float | None = None
    credit: str | None = None
    eligibility: str | None = None
    first_step: str
    reason: str
    as_of: dt.date

    @property
    def plain(self) -> str:
        facts = ", ".join(
            fact for fact in (self.cost, f"{self.hours:g} hours" if self.hours else "", self.credit or "") if fact
        )
        return f"[{self.title}]({self.url}), {self.provider} ({facts}; checked {self.as_of.isoformat()}). {self.reason}"


class Resources(Model):
    """Trainings and partners that fit."""

    type: Literal["resources"] = "resources"
    title: str
    items: list[Resource]

    @property
    def plain(self) -> str:
        return "\n".join([f"**{self.title}**", *(f"- {item.plain}" for item in self.items)])


class DutyItem(Model):
    """A legal or policy obligation. ``applies`` is ``yes``, or ``maybe`` where the profile does not tell."""

    id: str
    title: str
    do: str
    jurisdiction: str
    status: Status
    effective: dt.date | None = None
    applies: Literal["yes", "maybe"]
    article: str | None = None
    as_of: dt.date
    url: str
    source: str

    @property
    def plain(self) -> str:
        may = "May apply: " if self.applies == "maybe" else ""
        since = f", from {self.effective.isoformat()}" if self.effective else ""
        return f"{may}{self.title} ({self.jurisdiction}, {STATUS_WORDS[self.status]}{since}; checked {self.as_of.isoformat()}). {self.do} [{self.source}]({self.url})"


class Duties(Model):
    """The duties that apply to this organisation."""

    type: Literal["duties"] = "duties"
    title: str
    items: list[DutyItem]

    @property
    def plain(self) -> str:
        return "\n".join([f"**{self.title}**", *(f"- {item.plain}" for item in self.items)])


class ReportLink(Model):
    """A private link to the report in one format; the link itself is the secret."""

    format: str
    label: str
    url: str


class Report(Model):
    """The result to take away."""

    type: Literal["report"] = "report"
    links: list[ReportLink]

    @property
    def plain(self) -> str:
        return "\n".join(f"[{link.label}]({link.url})" for link in self.links)


Block = Annotated[
    Text | Choices | Controls | Progress | Citations | Notice | Scores | Plan | Resources | Duties | Report,
    Field(discriminator="type"),
]

_blocks: TypeAdapter[list[Block]] = TypeAdapter(list[Block])


def parse(raw: list[dict[str, Any]]) -> list[Block]:
    """Blocks from their JSON form.

    Raises:
        pydantic.ValidationError: where a block has an unknown type or a wrong field.
    """
    return _blocks.validate_python(raw)


def dump(blocks: list[Block]) -> list[dict[str, Any]]:
    """The JSON form of blocks, without fields that are null."""
    return [block.model_dump(mode="json", exclude_none=True) for block in blocks]


def plain(blocks: list[Block]) -> str:
    """The whole reply as text with light Markdown."""
    return "\n\n".join(block.plain for block in blocks)
