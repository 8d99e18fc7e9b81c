"""All content files, read and held against their schemas, before anything is made of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.library.body import parse_body
from bot.library.errors import ContentError
from bot.library.models import Part
from bot.library.reading import Document, Keys, read_article, read_yaml
from bot.library.schema import violations

ARTICLE_SCHEMA = "articles/article.schema.json"
SOURCES_SCHEMA = "sources/sources.schema.json"
LISTS = ("barriers", "trainings", "partners", "duties")
INTERVIEW = "interview.yml"
OUTSIDE = "outside.yml"


@dataclass(frozen=True)
class Entry:
    """One thing with an id: its fields, and where in which file it stands. ``data`` may still hold mistakes."""

    id: str
    document: Document
    keys: Keys
    data: dict[str, Any]

    def error(self, keys: Keys, message: str, cure: str) -> ContentError:
        """A mistake in this entry's value at ``keys``."""
        error = self.document.error((*self.keys, *keys), message, cure)
        name = f"{self.id}: {error.field}" if self.keys else error.field
        return ContentError(error.file, error.line, name, message, cure)

    def texts(self, name: str) -> list[tuple[Keys, str]]:
        """The texts in the list ``name`` with their place; empty where it is missing or no list."""
        values = self.data.get(name)
        if not isinstance(values, list):
            return []
        return [((name, index), value) for index, value in enumerate(values) if isinstance(value, str)]

    def refs(self) -> list[tuple[Keys, str]]:
        """The ids under ``sources`` with their place."""
        values = self.data.get("sources")
        refs = enumerate(values if isinstance(values, list) else [])
        return [
            (("sources", index, "id"), ref["id"])
            for index, ref in refs
            if isinstance(ref, dict) and isinstance(ref.get("id"), str)
        ]


Section = tuple[str, int, list[Part]]


@dataclass
class Content:
    """Entries by kind and id, the articles' bodies by id, and the two documents that may be missing."""

    entries: dict[str, dict[str, Entry]] = field(default_factory=dict)
    bodies: dict[str, list[Section]] = field(default_factory=dict)
    interview: Document | None = None
    outside: Document | None = None

    def __getitem__(self, kind: str) -> dict[str, Entry]:
        return self.entries.setdefault(kind, {})


def read_content(folder: Path, max_bytes: int, errors: list[ContentError]) -> Content:
    """Reads every file under ``folder``; what is wrong is added to ``errors``."""
    content = Content()
    for file in _files(folder, "sources", "*.yml"):
        _add_list(content, "sources", folder, read_yaml(folder, file, max_bytes, errors), SOURCES_SCHEMA, errors)
    for kind in LISTS:
        _add_list(
            content, kind, folder, read_yaml(folder, f"{kind}.yml", max_bytes, errors), f"{kind}.schema.json", errors
        )
    for file in _files(folder, "articles", "**/*.md"):
        document = read_article(folder, file, max_bytes, errors)
        if document is not None:
            _validate(folder, document, ARTICLE_SCHEMA, errors)
            if entry := _add(content, "articles", document, (), document.data, errors):
                content.bodies[entry.id] = parse_body(document.body, document.body_line)
    content.interview = read_yaml(folder, INTERVIEW, max_bytes, errors)
    if content.interview is not None:
        _validate(folder, content.interview, "interview.schema.json", errors)
    if (folder / OUTSIDE).is_file():
        content.outside = read_yaml(folder, OUTSIDE, max_bytes, errors)
        if content.outside is not None:
            _validate(folder, content.outside, "outside.schema.json", errors)
    return content


def _files(folder: Path, under: str, pattern: str) -> Iterator[str]:
    yield from sorted(path.relative_to(folder).as_posix() for path in (folder / under).glob(pattern))


def _validate(folder: Path, document: Document, schema: str, errors: list[ContentError]) -> None:
    try:
        errors.extend(violations(document, folder / schema))
    except (OSError, ValueError) as error:
        problem = ContentError(schema, 1, "", f"The schema can't be read: {error}.", "Put it back as it was.")
        if problem not in errors:
            errors.append(problem)


def _add_list(
    content: Content, kind: str, folder: Path, document: Document | None, schema: str, errors: list[ContentError]
) -> None:
    if document is None:
        return
    _validate(folder, document, schema, errors)
    for index, item in enumerate(document.data if isinstance(document.data, list) else []):
        _add(content, kind, document, (index,), item, errors)


def _add(
    content: Content, kind: str, document: Document, keys: Keys, data: Any, errors: list[ContentError]
) -> Entry | None:
    if not isinstance(data, dict) or not isinstance(data.get("id"), str):
        return None  # the schema has said so
    entry = Entry(data["id"], document, keys, data)
    if first := content[kind].get(entry.id):
        where = f"{first.document.file}, line {first.document.line((*first.keys, 'id'))}"
        errors.append(
            entry.error(("id",), f"The id '{entry.id}' is already used in {where}.", "Give one of them another id.")
        )
        return None
    content[kind][entry.id] = entry
    return entry
