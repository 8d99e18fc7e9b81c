"""Ids inside ``interview.yml``, and from it into the rest of the content."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from bot.library.checks import unknown
from bot.library.content import Content, Entry
from bot.library.errors import ContentError
from bot.library.reading import Document, Keys


def dimensions_of(interview: Document | None) -> set[str]:
    """The ids of the interview's dimensions; none where there is no interview."""
    return {entry.id for entry in _entries(interview, "dimensions")} if interview else set()


def check_interview(content: Content) -> Iterator[ContentError]:
    """Every id of the interview is used once and points somewhere."""
    document = content.interview
    if document is None:
        return
    parts = {name: _entries(document, name) for name in ("dimensions", "profile", "questions", "red_flags", "actions")}
    ids = {name: {entry.id for entry in entries} for name, entries in parts.items()}
    for group in (["dimensions"], ["profile", "questions"], ["red_flags"], ["actions"]):
        yield from _twice([entry for name in group for entry in parts[name]])
    fields = {str(entry.data.get("field")) for entry in parts["profile"]}
    for name, entries in parts.items():
        for entry in entries:
            yield from unknown(entry, _at(entry.data, "article"), "articles", content["articles"])
            if name in ("questions", "actions"):
                yield from unknown(entry, _at(entry.data, "dimension"), "dimensions", ids["dimensions"])
            yield from unknown(entry, _conditions(entry.data, "ask_when"), "profile fields", fields)
            yield from _check_options(entry, content["barriers"], ids["red_flags"])
    for action in parts["actions"]:
        when = action.data.get("when")
        if isinstance(when, dict):
            yield from unknown(
                action,
                [(("when", *keys), value) for keys, value in _at(when, "question")],
                "questions",
                ids["questions"],
            )
            named = [(("when", *keys), value) for keys, value in _conditions(when, "profile")]
            yield from unknown(action, named, "profile fields", fields)
        yield from unknown(action, action.texts("after"), "actions", ids["actions"])


def _check_options(entry: Entry, barriers: Collection[str], red_flags: Collection[str]) -> Iterator[ContentError]:
    options = entry.data.get("options")
    for index, option in enumerate(options if isinstance(options, list) else []):
        if isinstance(option, dict):
            where: Keys = ("options", index)
            named = option.get("barriers") if isinstance(option.get("barriers"), list) else []
            yield from unknown(
                entry,
                [((*where, "barriers", n), str(each)) for n, each in enumerate(named or [])],
                "barriers",
                barriers,
            )
            yield from unknown(
                entry, [((*where, *keys), value) for keys, value in _at(option, "red_flag")], "red flags", red_flags
            )


def _entries(document: Document, name: str) -> list[Entry]:
    values = document.data.get(name) if isinstance(document.data, dict) else None
    items = enumerate(values if isinstance(values, list) else [])
    return [
        Entry(item["id"], document, (name, index), item)
        for index, item in items
        if isinstance(item, dict) and isinstance(item.get("id"), str)
    ]


def _twice(entries: list[Entry]) -> Iterator[ContentError]:
    seen: set[str] = set()
    for entry in entries:
        if entry.id in seen:
            yield entry.error(("id",), f"The id '{entry.id}' is used twice.", "Give one of them another id.")
        seen.add(entry.id)


def _at(data: dict[str, Any], name: str) -> list[tuple[Keys, str]]:
    return [((name,), data[name])] if isinstance(data.get(name), str) else []


def _conditions(data: dict[str, Any], name: str) -> list[tuple[Keys, str]]:
    conditions = data.get(name)
    return [((name, field), field) for field in conditions] if isinstance(conditions, dict) else []
