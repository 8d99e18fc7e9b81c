"""HTML, Markdown and plain text, by headings (plain text: by lines)."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree, html
from markdown_it import MarkdownIt
from markdown_it.token import Token

from bot.library.local.pieces import Piece, Read, Unreadable, piece, tidy

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]{1,40})""", re.IGNORECASE)
_FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
_TITLE = re.compile(r"^title:\s*[\"']?(.+?)[\"']?\s*$", re.MULTILINE)
_SKIPPED = (
    "script", "style", "nav", "header", "footer", "aside", "noscript", "template", "head", "svg", "iframe", "form", "button",
    "select", "object",
)  # fmt: skip
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS = frozenset((
    "address", "article", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "hr", "li", "main", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th",
    "thead", "tr", "ul",
))  # fmt: skip
_markdown = MarkdownIt("commonmark").enable("table")


def decoded(data: bytes, declared: str = "") -> str:
    """A text file's characters: by its byte order mark, else what it declares, else UTF-8.

    Raises:
        Unreadable: they are of another encoding, or it is no text.
    """
    encoding = next((name for mark, name in _BOMS if data.startswith(mark)), declared or "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise Unreadable(
            f"Line {line} is not {encoding.upper().removesuffix('-SIG')} text. Save the file with the encoding UTF-8."
        ) from None
    except LookupError:
        raise Unreadable(
            f"It names the unknown encoding '{encoding}'. Save the file with the encoding UTF-8."
        ) from None
    if "\0" in text:
        raise Unreadable("It is no text file, though its name says so. Export it as PDF, Word, HTML or Markdown.")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_text(data: bytes) -> Read:
    """Plain text: paragraphs parted by blank lines, located by their first line."""
    pieces: list[Piece] = []
    paragraph: list[str] = []
    start = 1
    for number, line in enumerate([*decoded(data).split("\n"), ""], 1):
        if line.strip():
            start = start if paragraph else number
            paragraph.append(line)
        elif paragraph:
            pieces += piece(f"line {start}", " ".join(paragraph))
            paragraph = []
    return Read("", pieces)


def read_markdown(data: bytes) -> Read:
    """Markdown: paragraphs, list items and table rows under the headings above them."""
    text = decoded(data)
    front = _FRONT_MATTER.match(text)
    named = _TITLE.search(front[1]) if front else None
    title, heading = named[1] if named else "", ""
    pieces: list[Piece] = []
    for kind, words in _markdown_blocks(_markdown.parse(text[front.end() :] if front else text)):
        if kind == "h1" and not title:
            title = words
        elif kind in _HEADINGS:
            heading = words
        else:
            pieces += piece(heading, words)
    return Read(title, pieces)


def read_html(data: bytes) -> Read:
    """HTML: the words of its main part under the headings above them.

    Raises:
        Unreadable: see ``decoded``.
        Exception: whatever lxml raises.
    """
    declared = _CHARSET.search(data[:4096])
    text = decoded(data, declared[1].decode("ascii") if declared else "")
    if not text.strip():
        return Read("", [])
    root: Any = html.document_fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8"))
    title = tidy(root.findtext(".//title") or "")
    for element in list(root.iter(*_SKIPPED, etree.Comment)):
        element.drop_tree()
    mains = root.xpath("//main | //article[not(ancestor::article)]")
    heading = ""
    pieces: list[Piece] = []
    for kind, words in _html_blocks(mains[0] if len(mains) == 1 else root):
        if kind == "h1" and (not title or not pieces):
            title = title or words
        elif kind in _HEADINGS:
            heading = words
        else:
            pieces += piece(heading, words)
    return Read(title, pieces)


def _html_blocks(root: Any) -> Iterator[tuple[str, str]]:
    """(tag, words) of each run of text between the edges of blocks; a table's row is one run."""
    kind, parts = "p", [""]

    def flush(next_kind: str) -> Iterator[tuple[str, str]]:
        nonlocal kind
        words = tidy("".join(parts))
        if words:
            yield kind, words
        parts.clear()
        kind = next_kind

    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        in_row = tag not in ("tr", "table") and next(element.iterancestors("tr"), None) is not None
        edge = (tag in _BLOCKS or tag in _HEADINGS) and not in_row
        if event == "start":
            if edge:
                yield from flush(tag)
            elif tag in ("td", "th") and "".join(parts).strip():
                parts[:] = ["".join(parts).rstrip(), "; "]
            parts.append(" " if tag == "br" else element.text or "")
        else:
            if edge:
                yield from flush("p")
            elif in_row and tag in _BLOCKS:
                parts.append(" ")
            if element is not root:
                parts.append(element.tail or "")
    yield from flush("p")


def _markdown_blocks(tokens: list[Token]) -> Iterator[tuple[str, str]]:
    """(tag, words) of each block that holds text."""
    kind, row = "p", [""]
    in_row = False
    for token in tokens:
        if token.type == "heading_open":
            kind = token.tag
        elif token.type == "heading_close":
            kind = "p"
        elif token.type == "tr_open":
            in_row, row = True, []
        elif token.type == "tr_close":
            in_row = False
            yield "p", "; ".join(filter(None, row))
        elif token.type == "inline":
            words = _words(token.children or [])
            if in_row:
                row.append(words)
            else:
                yield kind, words
        elif token.type in ("fence", "code_block"):
            yield "p", token.content
        elif token.type == "html_block":
            yield from _fragment_blocks(token.content)


def _fragment_blocks(text: str) -> Iterator[tuple[str, str]]:
    """The runs of text in a piece of HTML inside Markdown; none for a comment."""
    root: Any = html.fragment_fromstring(f"<div>{text}</div>")
    for element in list(root.iter(etree.Comment, *_SKIPPED)):
        element.drop_tree()
    yield from _html_blocks(root)


def _words(children: list[Token]) -> str:
    return "".join(
        " " if child.type in ("softbreak", "hardbreak") else "" if child.type == "html_inline" else child.content
        for child in children
    )
