"""Word (.docx), by headings; where pages break is not known."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from docx import Document

from bot.library.local.pieces import Piece, Read, Unreadable, piece, tidy

MAX_UNPACKED = 20
"""How many times the largest file allowed a Word file may grow when unpacked."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BREAKS = (f"{_W}tab", f"{_W}br", f"{_W}cr")
_OLE = b"\xd0\xcf\x11\xe0"


def read_word(data: bytes, max_bytes: int) -> Read:
    """A Word file's paragraphs under the headings above them; a table's row is one piece.

    Raises:
        Unreadable: it needs a password, is no Word file, unpacks to too much, or has no text.
        Exception: whatever python-docx raises on a damaged file.
    """
    if data.startswith(_OLE):
        raise Unreadable("It is protected by a password, or of an old format. Save a copy as .docx without a password.")
    _check_package(data, max_bytes)
    document = Document(io.BytesIO(data))
    names = {style.style_id: (style.name or "").lower() for style in document.styles}
    title, heading = tidy(document.core_properties.title or ""), ""
    pieces: list[Piece] = []
    for _, row in groupby(_paragraphs(document.element.body), _row_of):
        paragraphs = list(row)
        style = _style(paragraphs[0], names)
        text = "; ".join(filter(None, (tidy(_text(each)) for each in paragraphs)))
        if style.startswith("toc") or not text:
            continue
        if style == "title":
            title = title or text
        elif style.startswith("heading"):
            heading = text
        else:
            pieces += piece(heading, text)
    if not pieces:
        raise Unreadable(
            "It has no text; scanned pictures have none. "
            "Run text recognition (OCR) on it, or export it from the program it was written in."
        )
    return Read(title, pieces)


def _check_package(data: bytes, max_bytes: int) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            entries = package.infolist()
    except zipfile.BadZipFile:
        raise Unreadable("It is damaged or not a Word file. Open it in Word and save it as .docx again.") from None
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED * max_bytes:
        raise Unreadable("It unpacks to far more than its size. Save it as .docx again, without embedded files.")
    if "word/document.xml" not in {entry.filename for entry in entries}:
        raise Unreadable("It is not a Word file, though its name says so. Open it in Word and save it as .docx again.")


def _paragraphs(body: Any) -> Iterator[Any]:
    """Every paragraph in order: in tables, content controls and text boxes too (these stand twice; once is enough)."""
    for element in body.iter(f"{_W}p"):
        if next(element.iterancestors(_FALLBACK), None) is None:
            yield element


def _row_of(paragraph: Any) -> Any:
    """The table row that a paragraph stands in, or the paragraph itself."""
    return next(paragraph.iterancestors(f"{_W}tr"), paragraph)


def _text(paragraph: Any) -> str:
    """The words, with insertions that are only tracked and without tracked deletions (which are no w:t)."""
    parts = []
    for element in paragraph.iter(f"{_W}t", *_BREAKS):
        if next(element.iterancestors(f"{_W}p")) is paragraph:
            parts.append(" " if element.tag in _BREAKS else element.text or "")
    return "".join(parts)


def _style(paragraph: Any, names: dict[str, str]) -> str:
    """The style's English name in lower case: 'heading 1' in Word of any language."""
    found = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return names.get(found.get(f"{_W}val"), "") if found is not None else ""
