"""How long a fact may stand unchecked, and which facts are past it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from bot.blocks import Status
from bot.library.models import Library

LONGEST: dict[Status, int] = {
    "proposed": 184,
    "final_not_yet_effective": 184,
    "in_force": 366,
    "guidance": 366,
    "practice": 366,
    "survey": 550,
    "superseded": 550,
    "withdrawn": 550,
}
"""The most days from ``as_of`` to ``review_by``, by how fast such a fact changes."""

OFFER_DAYS = 366
"""Days after which a training, a partner or a duty, which name no day of review, wants a look."""


@dataclass(frozen=True, order=True)
class Stale:
    """Something past its review: since when, what it is, and up to which day its evidence reaches."""

    due: dt.date
    kind: str
    id: str
    title: str
    as_of: dt.date


def stale(library: Library, today: dt.date) -> list[Stale]:
    """Everything past its day of review, the longest overdue first."""
    return sorted(item for item in _dated(library) if item.due < today)


def _dated(library: Library) -> Iterator[Stale]:
    for article in library.articles.values():
        yield Stale(article.review_by, "article", article.id, article.title, article.as_of)
    for kind, entries in (("training", library.trainings), ("partner", library.partners), ("duty", library.duties)):
        for entry in entries.values():
            due = entry.as_of + dt.timedelta(days=OFFER_DAYS)
            yield Stale(due, kind, entry.id, entry.title, entry.as_of)
