"""What an article must have beyond its fields: its place, its headings, a source for every fact."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from bot.blocks import Heading, ListNode
from bot.library.body import HEADINGS, words_of
from bot.library.content import Content, Entry, Section
from bot.library.errors import ContentError
from bot.library.models import Part

FACTS = ("Short answer", "Detail")
"""The sections whose every paragraph needs a marker; a step under 'What to do' may state none."""


def check_articles(content: Content) -> Iterator[ContentError]:
    """All mistakes in the articles' places and bodies."""
    for entry in content["articles"].values():
        yield from _check_place(entry)
        sections = content.bodies[entry.id]
        yield from _check_headings(entry, sections)
        yield from _check_markers(entry, sections)


def _check_place(entry: Entry) -> Iterator[ContentError]:
    path = PurePosixPath(entry.document.file)
    if path.stem != entry.id:
        yield entry.error(
            ("id",), f"The file is named '{path.name}', but the id is '{entry.id}'.", f"Name the file {entry.id}.md."
        )
    if path.parent.name != entry.data.get("topic"):
        message = f"The topic is '{entry.data.get('topic')}', but the file lies in the folder '{path.parent.name}'."
        yield entry.error(("topic",), message, "Move the file, or correct the topic.")


def _check_headings(entry: Entry, sections: list[Section]) -> Iterator[ContentError]:
    found = [heading for heading, _, _ in sections]
    for heading in HEADINGS:
        if heading not in found:
            yield _at(
                entry,
                entry.document.body_line,
                heading,
                f"The heading '## {heading}' is missing.",
                "Add it, with its text.",
            )
    for index, (heading, line, parts) in enumerate(sections):
        if heading not in HEADINGS:
            message = (
                f"The heading '{heading}' is not one of the three."
                if heading
                else "There is text before the first heading."
            )
            yield _at(entry, line, heading, message, f"The headings are: {', '.join(HEADINGS)}; use ### for others.")
        elif heading in found[:index]:
            yield _at(entry, line, heading, f"The heading '{heading}' stands here twice.", "Join the two.")
        elif not parts:
            yield _at(entry, line, heading, "There is no text under the heading.", "Write it.")
    if not set(HEADINGS) - set(found) and found != list(HEADINGS):
        yield _at(
            entry,
            entry.document.body_line,
            "",
            "The headings are out of order.",
            f"Their order is: {', '.join(HEADINGS)}.",
        )


def _check_markers(entry: Entry, sections: list[Section]) -> Iterator[ContentError]:
    named = {source: keys for keys, source in entry.refs()}
    used: set[str] = set()
    for heading, _, parts in sections:
        for index, part in enumerate(parts):
            used.update(part.markers)
            for marker in part.markers:
                if marker not in named:
                    cure = f"Add '{marker}' to the sources, or correct the marker."
                    yield _at(
                        entry, part.line, heading, f"The marker [^{marker}] is not among the article's sources.", cure
                    )
            if heading in FACTS and not part.markers and not _needs_none(part, parts[index + 1 :]):
                message = f"'{_start(part)}' states facts without a source."
                yield _at(entry, part.line, heading, message, "Put a marker such as [^source-id] after each claim.")
    for source, keys in named.items():
        if source not in used:
            yield entry.error(
                keys,
                f"The source '{source}' is never used in the text.",
                f"Put [^{source}] after a claim, or take it out.",
            )


def _needs_none(part: Part, following: list[Part]) -> bool:
    """A heading, or a line such as 'Three things count:' that leads into a list with sources of its own."""
    if isinstance(part.node, Heading):
        return True
    leads_in = words_of(part).endswith(":") and bool(following)
    return leads_in and isinstance(following[0].node, ListNode) and bool(following[0].markers)


def _start(part: Part) -> str:
    words = words_of(part)
    return words if len(words) <= 50 else words[:50].rsplit(" ", 1)[0] + " …"


def _at(entry: Entry, line: int, heading: str, message: str, cure: str) -> ContentError:
    return ContentError(entry.document.file, line, heading, message, cure)
