"""What no schema can see: ids that point nowhere, dates out of order, phrases that belong to two barriers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from difflib import get_close_matches

from bot.library.content import Content, Entry
from bot.library.errors import ContentError
from bot.library.reading import Keys

# Field of an entry, and the kind of thing whose ids it names.
REFERENCES = {
    "articles": {"barriers": "barriers", "see_also": "articles", "supersedes": "articles", "superseded_by": "articles"},
    "trainings": {"barriers": "barriers", "dimensions": "dimensions"},
    "partners": {"barriers": "barriers", "dimensions": "dimensions"},
    "duties": {"article": "articles"},
}
HOMES = {
    "articles": "knowledge/articles",
    "barriers": "barriers.yml",
    "sources": "knowledge/sources",
    "dimensions": "the dimensions of interview.yml",
}


def check_references(content: Content, dimensions: Collection[str]) -> Iterator[ContentError]:
    """Every id must exist. ``dimensions`` is empty where there is no interview to hold them against."""
    known: dict[str, Collection[str]] = {**content.entries, "dimensions": dimensions}
    for kind, fields in REFERENCES.items():
        for entry in content[kind].values():
            for name, target in fields.items():
                if target != "dimensions" or dimensions:
                    yield from unknown(entry, _named(entry, name), target, known[target])
            yield from unknown(entry, entry.refs(), "sources", content["sources"])


def unknown(
    entry: Entry, named: Iterable[tuple[Keys, str]], kind: str, known: Collection[str]
) -> Iterator[ContentError]:
    """An error for each named id that is not known, with the nearest one that is."""
    for keys, value in named:
        if value not in known:
            near = get_close_matches(value, known, n=1)
            cure = (
                f"Did you mean '{near[0]}'?" if near else f"Take an id from {HOMES.get(kind, kind)}, or add it there."
            )
            yield entry.error(keys, f"There is no {kind.removesuffix('s')} with the id '{value}'.", cure)


def check_dates(content: Content, today: dt.date) -> Iterator[ContentError]:
    """As-of days in the past, review after it, and a status that agrees with the day it takes effect."""
    for kind in ("articles", "trainings", "partners", "duties"):
        for entry in content[kind].values():
            as_of = _day(entry, "as_of")
            if as_of is None:
                continue
            if as_of > today:
                yield entry.error(("as_of",), f"{as_of} is in the future.", f"Write a day up to {today}.")
            if (review_by := _day(entry, "review_by")) and review_by < as_of:
                yield entry.error(("review_by",), f"{review_by} is before as_of, {as_of}.", "Write a day after as_of.")
            yield from _status_fits(entry, as_of)
            yield from _sources_seen(entry, content, as_of)


def check_phrases(content: Content) -> Iterator[ContentError]:
    """A phrase belongs to one barrier only."""
    owners: dict[str, str] = {}
    for entry in content["barriers"].values():
        for keys, phrase in entry.texts("phrases"):
            owner = owners.setdefault(" ".join(phrase.lower().split()), entry.id)
            if owner != entry.id:
                yield entry.error(
                    keys, f"'{phrase}' already belongs to the barrier '{owner}'.", "Keep it with one of them."
                )


def _status_fits(entry: Entry, as_of: dt.date) -> Iterator[ContentError]:
    effective, status = _day(entry, "effective"), entry.data.get("status")
    if status == "final_not_yet_effective":
        if effective is None:
            yield entry.error(
                ("effective",), "A rule that is final, but not yet in effect, needs the day it takes effect.", "Add it."
            )
        elif effective <= as_of:
            message = f"The status is final_not_yet_effective, but {effective} is not after as_of, {as_of}."
            yield entry.error(("effective",), message, "Write in_force, or correct the day.")
    if status == "in_force" and effective is not None and effective > as_of:
        message = f"The status is in_force, but {effective} is after as_of, {as_of}."
        yield entry.error(("effective",), message, "Write final_not_yet_effective, or correct the day.")


def _sources_seen(entry: Entry, content: Content, as_of: dt.date) -> Iterator[ContentError]:
    for keys, source_id in entry.refs():
        source = content["sources"].get(source_id)
        published = str(source.data.get("published", "")) if source else ""
        if published[:4].isdigit() and published > as_of.isoformat()[: len(published)]:
            message = f"The source '{source_id}' was published {published}, after as_of, {as_of}."
            yield entry.error(
                keys, message, "Correct as_of or the source's date: as_of is the day up to which the evidence was seen."
            )


def _named(entry: Entry, name: str) -> list[tuple[Keys, str]]:
    value = entry.data.get(name)
    return [((name,), value)] if isinstance(value, str) else entry.texts(name)


def _day(entry: Entry, name: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(entry.data[name])
    except (KeyError, TypeError, ValueError):
        return None  # missing, or the schema has said what is wrong
