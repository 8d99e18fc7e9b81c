"""The content as values that can't be changed: one class for each format of ``docs/content.md``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Literal

from pydantic import Field, field_validator

from bot.blocks import Model, Node, Status

Topic = Literal["skills", "privacy", "ethics", "policy", "systems", "security", "finance", "governance"]
Level = Literal["beginner", "intermediate", "advanced"]


class Source(Model):
    """A document that was read. ``published`` is a day, a month (``2025-12``) or a year, as far as known."""

    id: str
    title: str
    publisher: str
    url: str
    published: str
    kind: Literal["primary", "secondary"]

    @field_validator("published", mode="before")
    @classmethod
    def _year_as_text(cls, value: object) -> object:
        return str(value) if isinstance(value, int) else value


class SourceRef(Model):
    """A source as something cites it, with the place in it."""

    id: str
    locator: str | None = None


class Part(Model):
    """One paragraph, list or heading of an article, the sources its markers name, and its line in the file."""

    node: Node
    markers: tuple[str, ...] = ()
    line: int


class Passage(Model):
    """A searchable piece of an article."""

    article_id: str
    kind: Literal["title", "question", "part"]
    text: str


class Article(Model):
    """One curated subject: front matter, then the body's three sections."""

    id: str
    title: str
    topic: Topic
    questions: tuple[str, ...]
    barriers: tuple[str, ...]
    audience: tuple[str, ...]
    jurisdiction: str
    applies_to: tuple[str, ...]
    status: Status
    effective: dt.date | None = None
    as_of: dt.date
    review_by: dt.date
    supersedes: tuple[str, ...] = ()
    superseded_by: str | None = None
    see_also: tuple[str, ...] = ()
    sources: tuple[SourceRef, ...]
    short_answer: tuple[Part, ...]
    what_to_do: tuple[Part, ...]
    detail: tuple[Part, ...]


class Barrier(Model):
    """One of the shared vocabulary of barriers; ``phrases`` are words by which visitors voice it."""

    id: str
    title: str
    description: str
    phrases: tuple[str, ...]


class Cost(Model):
    """``text`` as the provider says it."""

    free: bool
    text: str


class Fits(Model):
    """Whom a training or partner is for; ``any`` in a list means all, ``rural`` that it is for rural ones only."""

    organisation_types: tuple[str, ...] = ("any",)
    sizes: tuple[str, ...] = ("any",)
    jurisdictions: tuple[str, ...] = ("any",)
    rural: bool = False


class Offer(Model):
    """What a training and a partner have in common."""

    id: str
    title: str
    provider: str
    url: str
    summary: str
    cost: Cost
    hours: float | None = None
    credit: str | None = None
    audience: tuple[str, ...]
    barriers: tuple[str, ...]
    dimensions: tuple[str, ...]
    fits: Fits
    eligibility: str | None = None
    first_step: str
    as_of: dt.date
    sources: tuple[SourceRef, ...]


class Training(Offer):
    """Something to learn from. ``hours`` is null where the provider says none."""

    level: Level


class Partner(Offer):
    """Someone who helps."""

    kind: Literal["technical_assistance", "funding", "network", "vendor_neutral_guidance", "training", "public_agency"]
    level: Level | None = None


class Duty(Model):
    """A legal or policy obligation. ``applies_when`` maps fields of the profile to conditions; all must hold."""

    id: str
    title: str
    jurisdiction: str
    status: Status
    effective: dt.date | None = None
    applies_when: Mapping[str, Mapping[str, Any]] = Field(default_factory=dict)
    do: str
    article: str | None = None
    as_of: dt.date
    sources: tuple[SourceRef, ...]


class Library(Model):
    """All content, by id.

    ``interview_raw`` is the checked mapping of ``interview.yml``, empty where there is none; ``outside`` names the
    subjects that are not covered.
    """

    articles: Mapping[str, Article]
    sources: Mapping[str, Source]
    barriers: Mapping[str, Barrier]
    trainings: Mapping[str, Training]
    partners: Mapping[str, Partner]
    duties: Mapping[str, Duty]
    interview_raw: Mapping[str, Any]
    outside: tuple[str, ...] = ()

    def barrier_phrases(self) -> dict[str, tuple[str, ...]]:
        """Barrier id to its phrases: what ``PhraseTagger`` takes."""
        return {barrier.id: barrier.phrases for barrier in self.barriers.values()}
