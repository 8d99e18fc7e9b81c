"""Content files to plain data that still knows its lines."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from bot.library.errors import ContentError

Keys = tuple[str | int, ...]
"""The way to a value from the top of a file, such as ``(3, "sources", 0, "id")``."""

FENCE = "---"


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
    yaml = YAML(typ="safe", pure=True)
    try:
        root = yaml.compose(text)
        if root is not None:
            document.data = _Converter(document, yaml, first_row, errors).convert(root, ())
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 + first_row if mark else 1
        message = f"The YAML is broken: {error.problem or error.context}."
        cure = "Look at this line and the one before it: indentation, a missing quote, colon or bracket."
        errors.append(ContentError(document.file, line, "", message, cure))
        return None
    except (YAMLError, ValueError) as error:  # a control character, a date such as 2026-02-31
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

    def __init__(self, document: Document, yaml: YAML, first_row: int, errors: list[ContentError]) -> None:
        self.document, self.yaml, self.first_row, self.errors = document, yaml, first_row, errors
        self.open: set[int] = set()

    def convert(self, node: Node, keys: Keys) -> Any:
        self.document.lines[keys] = node.start_mark.line + 1 + self.first_row
        if isinstance(node, ScalarNode):
            return self.scalar(node, keys)
        if node.anchor:
            cure = "Write the value out where it is needed."
            self.errors.append(
                self.document.error(keys, f"The anchor '&{node.anchor}' is not allowed in content.", cure)
            )
            return None
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
            value = self.yaml.constructor.construct_object(node)
        except ValueError as error:
            self.errors.append(
                self.document.error(
                    keys, f"'{node.value}' is not a value: {error}.", "Correct it, or put it in quotes."
                )
            )
            return node.value
        return value.isoformat() if isinstance(value, dt.date) else value
