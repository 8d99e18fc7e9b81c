"""What every converter gives: a document's paragraphs, each with the place where it stands."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

MOST_LOCATOR = 120
"""Characters of a locator; a longer heading is cut at a word."""


class Piece(NamedTuple):
    """A paragraph, list item or table row. ``locator`` is a page or heading; ``text`` has single blanks."""

    locator: str
    text: str


class Read(NamedTuple):
    """What was read of a file: a title ('' where it names none), its pieces, and what was left out, in words."""

    title: str
    pieces: list[Piece]
    left_out: str = ""


class Unreadable(Exception):
    """Why a file's content can't be used, and the cure: two sentences without the file's name."""


def tidy(text: str) -> str:
    """Single blanks, no control characters; the words stay as they are."""
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())


def piece(locator: str, text: str) -> Iterable[Piece]:
    """One piece, or none where there are no words."""
    words = tidy(text)
    return [Piece(_short(tidy(locator)), words)] if any(each.isalnum() for each in words) else []


def _short(locator: str) -> str:
    if len(locator) <= MOST_LOCATOR:
        return locator
    return locator[:MOST_LOCATOR].rsplit(" ", 1)[0] + "…"
