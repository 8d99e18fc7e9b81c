"""What is known of the conversation when a question is answered."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.library.local import LocalIndex


def current_day() -> dt.date:
    """The day it is, in UTC."""
    return dt.datetime.now(tz=dt.UTC).date()


@dataclass(frozen=True)
class Context:
    """All but ``today`` may be unknown.

    Attributes:
        today: the day of the question, for 'checked … ago'.
        last_article: id of the article shown last.
        jurisdiction: of the organisation: ``US-TX``, ``US``, ``UK`` or ``other``.
        organisation_type: as in the organisation's profile.
        contact: how to reach a person, as a phrase that ends a sentence ('help@clinic.example').
        misses: questions in a row before this one that could not be answered.
        policies: the own policies of the conversation's site.
    """

    today: dt.date
    last_article: str | None = None
    jurisdiction: str | None = None
    organisation_type: str | None = None
    contact: str | None = None
    misses: int = 0
    policies: LocalIndex | None = None
