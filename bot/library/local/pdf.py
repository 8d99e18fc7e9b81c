"""PDF, page by page."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from pypdf import PageObject, PdfReader

from bot.library.local.pieces import Read, Unreadable, piece, tidy

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it mends by itself is no news to anyone

LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "\u00ad": ""})
EDGE = 2
"""Lines at a page's top and bottom where a running header or footer may stand."""
RUNNING = 0.6
"""A line at the edge of at least this share of the pages, its numbers aside, is a header or footer."""
SHORT_LINE = 0.75
"""A line that ends a sentence and is shorter than this share of the page's longest ends a paragraph."""

_ITEM = re.compile(r"^\s*(?:[•●▪◦‣–\-*]|\(?[a-z0-9]{1,3}[.)]|\d+(?:\.\d+)+)\s+\S", re.IGNORECASE)
_FILE_TITLE = re.compile(r"^(microsoft \w+ - |untitled|document\d*$)|\.(docx?|pptx?|indd|pdf|odt)$", re.IGNORECASE)
"""What programs write where nobody gave a title."""
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def read_pdf(data: bytes) -> Read:
    """A PDF's paragraphs with their pages.

    Raises:
        Unreadable: it needs a password, or has no text (pictures of pages).
        Exception: whatever pypdf raises on a damaged file.
    """
    if b"%PDF-" not in data[:1024]:
        raise Unreadable("It is not a PDF, though its name says so. Export it as PDF again.")
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise Unreadable("It is protected by a password. Save a copy without the password and add that.")
    pages = [_lines(page) for page in reader.pages]
    if not pages:
        raise Unreadable("It has no pages. Export it as PDF again.")
    pictures = [
        n for n, (lines, page) in enumerate(zip(pages, reader.pages, strict=True), 1) if _is_picture(lines, page)
    ]
    _refuse_pictures(pages, pictures)
    _drop_running_lines(pages)
    known = Counter(word.lower() for lines in pages for line in lines for word in _WORD.findall(line))
    pieces = [
        each
        for number, lines in enumerate(pages, 1)
        for paragraph in _paragraphs(lines)
        for each in piece(f"page {number}", _joined(paragraph, known))
    ]
    title = tidy(str(reader.metadata.title or "")) if reader.metadata else ""
    title = "" if _FILE_TITLE.search(title) else title
    left_out = f"{_count(len(pictures))} without text left out ({_some(pictures)})" if pictures else ""
    return Read(title or _first_line(pages), pieces, left_out)


def _lines(page: PageObject) -> list[str]:
    return [line.rstrip() for line in page.extract_text().translate(LIGATURES).splitlines()]


def _is_picture(lines: Sequence[str], page: PageObject) -> bool:
    """Whether the page has no words but draws something: a page that is merely blank is no loss."""
    return (
        not any(map(str.strip, lines)) and bool(page.get("/Contents")) and "/XObject" in (page.get("/Resources") or {})
    )


def _refuse_pictures(pages: Sequence[Sequence[str]], pictures: Sequence[int]) -> None:
    empty = [number for number, lines in enumerate(pages, 1) if not any(map(str.strip, lines))]
    if len(empty) == len(pages) or 2 * len(pictures) > len(pages):
        if len(empty) < len(pages):
            found = f"{len(empty)} of its {len(pages)} pages have no text"
        else:
            found = f"None of its {len(pages)} pages has text" if len(pages) > 1 else "Its only page has no text"
        raise Unreadable(
            f"{found}; scanned pictures have none. "
            "Run text recognition (OCR) on it, or export it from the program it was written in."
        )


def _drop_running_lines(pages: list[list[str]]) -> None:
    """Takes headers and footers out but for the first time: lines at the edges of most pages, their numbers aside."""
    if len(pages) < 3:
        return
    edges = [{_shape(lines[place]) for place in _edges(lines)} for lines in pages]
    often = {
        shape for shape, n in Counter(each for page in edges for each in page).items() if n >= RUNNING * len(pages)
    }
    seen: set[str] = set()
    for lines in pages:
        places = [place for place in _edges(lines) if _shape(lines[place]) in often]
        shapes = {_shape(lines[place]) for place in places}
        for place in sorted(places, reverse=True):
            if _shape(lines[place]) in seen:
                del lines[place]
        seen |= shapes


def _edges(lines: Sequence[str]) -> set[int]:
    filled = [place for place, line in enumerate(lines) if line.strip()]
    return {*filled[:EDGE], *filled[-EDGE:]}


def _shape(line: str) -> str:
    return re.sub(r"\d+", "0", tidy(line))


def _paragraphs(lines: Sequence[str]) -> Iterator[list[str]]:
    """Lines that belong together: a blank line, a list item, a heading or a short last line parts them."""
    longest = max(map(len, lines), default=0)
    paragraph: list[str] = []
    for place, line in enumerate(lines):
        heading = _is_heading(lines, place, longest)
        if paragraph and (not line.strip() or heading or _ITEM.match(line)):
            yield paragraph
            paragraph = []
        if line.strip():
            paragraph.append(line.strip())
            if heading or (_ends_sentence(line) and len(line) < SHORT_LINE * longest):
                yield paragraph
                paragraph = []
    if paragraph:
        yield paragraph


def _is_heading(lines: Sequence[str], place: int, longest: int) -> bool:
    """Whether a line stands for itself: short, no sentence's end, after one and before the beginning of another."""
    line, before, after = lines[place], lines[place - 1] if place else "", "".join(lines[place + 1 : place + 2])
    alone = _ends_sentence(before) or len(before) < SHORT_LINE * longest
    return line[-1:].isalnum() and len(line) < SHORT_LINE * longest and alone and not after.lstrip()[:1].islower()


def _ends_sentence(line: str) -> bool:
    return line.rstrip().endswith((".", "?", "!", ":", '."', ".”", ".)"))


def _joined(lines: Sequence[str], known: Counter[str]) -> str:
    """The lines as one text. A word parted at a line's end is put together where the document has it whole elsewhere."""
    text = lines[0]
    for line in lines[1:]:
        head, tail = re.search(r"([^\W\d_]+)-$", text), re.match(r"[^\W\d_]+", line)
        if head and tail:
            whole = (head[1] + tail[0]).lower() in known
            text = (text[:-1] if whole else text) + line
        else:
            text = f"{text} {line}"
    return text


def _first_line(pages: Sequence[Sequence[str]]) -> str:
    first = next((line for lines in pages for line in lines if any(map(str.isalpha, line))), "")
    return tidy(first) if len(first) <= 100 else ""


def _count(pages: int) -> str:
    return f"{pages} page{'' if pages == 1 else 's'}"


def _some(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, numbers[:8])) + ("…" if len(numbers) > 8 else "")
