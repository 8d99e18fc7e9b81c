"""Content files to plain data that still knows its lines."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from bot.library.errors import ContentError

Keys = tuple[str | int, ...]
"""The way to a value from the top of a file, such as ``(3, "sources", 0, "id")``."""

FENCE = "---"


class _Loader(yaml.CSafeLoader):
    """libyaml's parser with the plain scalars of YAML 1.2, in which 'yes', 'off' and '1:30' are words."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}


for _tag, _pattern, _first in (
    ("null", r"~|null|", ["~", "n", ""]),
    ("bool", r"true|false", list("tf")),
    ("int", r"[-+]?(?:0|[1-9][0-9]*)", list("-+0123456789")),
    ("float", r"[-+]?[0-9]*(?:[0-9]\.|\.[0-9]|[0-9](?=[eE]))[0-9]*(?:[eE][-+]?[0-9]+)?", list("-+.0123456789")),
    ("timestamp", r"[0-9]{4}-[0-9]{2}-[0-9]{2}", list("0123456789")),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(f"(?:{_pattern})$"), _first)


@dataclass
class Document:
    """One file, read: its data (dates as ISO text, as in JSON), the line of each value, and an article's body.

    ``body_line`` is the file's line on which ``body`` begins.
    """

    file: str
    data: Any = None
    lines: dict[Keys, int] = field(default_factory=dict)
    body: str = ""
    body_line: int = 1

    def line(self, keys: Keys) -> int:
        """The line of a value, or of the nearest thing around it that is there."""
        while keys and keys not in self.lines:
            keys = keys[:-1]
        return self.lines.get(keys, 1)

    def error(self, keys: Keys, message: str, cure: str) -> ContentError:
        """A mistake in the value at ``keys``."""
        return ContentError(self.file, self.line(keys), field_name(keys), message, cure)


def field_name(keys: Keys) -> str:
    """``("sources", 0, "id")`` as people count: ``sources 1, id``."""
    words = ""
    for key in keys:
        words += f" {key + 1}" if isinstance(key, int) else f"{', ' if words else ''}{key}"
    return words.strip()


def read_yaml(folder: Path, file: str, max_bytes: int, errors: list[ContentError]) -> Document | None:
    """A YAML file's data, or None with the reason added to ``errors``."""
    text = _read(folder, file, max_bytes, errors)
    return None if text is None else _parse(Document(file), text, 0, errors)


def read_article(folder: Path, file: str, max_bytes: int, errors: list[ContentError]) -> Document | None:
    """An article's front matter and body, or None with the reason added to ``errors``."""
    text = _read(folder, file, max_bytes, errors)
    if text is None:
        return None
    lines = text.split("\n")
    rows = [row for row, line in enumerate(lines) if line.rstrip() == FENCE][:2]
    if len(rows) < 2 or rows[0] != 0:
        cure = "Put the fields between a first line '---' and a second one, then the body."
        errors.append(ContentError(file, 1, "", "There is no front matter.", cure))
        return None
    end = rows[1]
    document = Document(file, body="\n".join(lines[end + 1 :]), body_line=end + 2)
    return _parse(document, "\n".join(lines[1:end]) + "\n", 1, errors)


def _read(folder: Path, file: str, max_bytes: int, errors: list[ContentError]) -> str | None:
    path = folder / file
    if not path.is_file():
        errors.append(ContentError(file, 1, "", "The file is missing.", "Add it; docs/content.md shows the format."))
        return None
    size = path.stat().st_size
    if size > max_bytes:
        message = f"The file has {size:,} bytes, more than the {max_bytes:,} allowed."
        errors.append(ContentError(file, 1, "", message, "Split it into smaller files."))
        return None
    raw = path.read_bytes()
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        message = f"The file is not UTF-8: byte 0x{raw[error.start]:02x} can't be read."
        errors.append(ContentError(file, line, "", message, "Save it again with the encoding UTF-8."))
        return None


def _parse(document: Document, text: str, first_row: int, errors: list[ContentError]) -> Document | None:
    try:
        loader = _Loader(text)
        root = loader.get_single_node()
        if root is not None:
            document.data = _Converter(document, loader, first_row, errors).convert(root, ())
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 + first_row if mark else 1
        message = f"The YAML is broken: {error.problem or error.context}."
        cure = "Look at this line and the one before it: indentation, a missing quote, colon or bracket."
        errors.append(ContentError(document.file, line, "", message, cure))
        return None
    except (yaml.YAMLError, ValueError) as error:  # a control character, a date such as 2026-02-31
        first = str(error).split("\n")[0]
        errors.append(
            ContentError(document.file, 1 + first_row, "", f"The YAML can't be read: {first}.", "Correct it.")
        )
        return None
    if document.data is None:
        errors.append(ContentError(document.file, 1, "", "The file is empty.", "docs/content.md shows the format."))
        return None
    return document


class _Converter:
    """YAML nodes to plain data, noting the line of each value and refusing what content never needs."""

    def __init__(self, document: Document, loader: _Loader, first_row: int, errors: list[ContentError]) -> None:
        self.document, self.loader, self.first_row, self.errors = document, loader, first_row, errors
        self.seen: set[int] = set()

    def convert(self, node: Node, keys: Keys) -> Any:
        self.document.lines[keys] = node.start_mark.line + 1 + self.first_row
        if isinstance(node, ScalarNode):
            return self.scalar(node, keys)
        if id(node) in self.seen:  # an alias is the very node it names: a few could stand for millions
            message, cure = "An alias ('*name') is not allowed in content.", "Write the value out where it is needed."
            self.errors.append(self.document.error(keys, message, cure))
            return None
        self.seen.add(id(node))
        if isinstance(node, SequenceNode):
            return [self.convert(child, (*keys, index)) for index, child in enumerate(node.value)]
        assert isinstance(node, MappingNode)
        return self.mapping(node, keys)

    def mapping(self, node: MappingNode, keys: Keys) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            if key in data:
                line = key_node.start_mark.line + 1 + self.first_row
                field = field_name((*keys, key))
                self.errors.append(
                    ContentError(self.document.file, line, field, f"'{key}' stands here twice.", "Keep one.")
                )
                continue
            data[key] = self.convert(value_node, (*keys, key))
            self.document.lines[(*keys, key)] = key_node.start_mark.line + 1 + self.first_row
        return data

    def scalar(self, node: ScalarNode, keys: Keys) -> Any:
        try:
            value = self.loader.construct_object(node)
        except (ValueError, yaml.constructor.ConstructorError) as error:
            self.errors.append(
                self.document.error(
                    keys, f"'{node.value}' is not a value: {error}.", "Correct it, or put it in quotes."
                )
            )
            return node.value
        return value.isoformat() if isinstance(value, dt.date) else value
