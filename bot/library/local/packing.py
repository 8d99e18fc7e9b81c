"""A document's pieces to passages of a size that search and reply can use."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from bot.library.local.pieces import Piece

FEWEST, MOST = 40, 200
"""Words of a passage; fewer only where a page or section has no more, or a heading follows."""
OWN = 20
"""Words from which on a passage may end before a heading."""

_ABBREVIATIONS = frozenset((
    "e.g", "i.e", "etc", "vs", "no", "dr", "mr", "mrs", "ms", "st", "inc", "u.s", "sec", "fig", "dept", "approx",
))  # fmt: skip
_SENTENCE_END = re.compile(r"""[.!?]["'”’)\]]*\s+(?=["'“‘(\[]?[A-Z0-9])|\n+""")


def passages_of(pieces: Sequence[Piece], fewest: int = FEWEST, most: int = MOST) -> list[Piece]:
    """Passages of ``fewest`` to ``most`` words: paragraphs of one page or section joined by line breaks, long ones split.

    No word is altered, and none is lost.
    """
    return [
        Piece(locator, text)
        for locator, group in groupby(pieces, key=lambda each: each.locator)
        for text in _packed([part for each in group for part in _split(each.text, most)], fewest, most)
    ]


def sentences(text: str) -> list[str]:
    """The sentences of a text with the blanks or line breaks after them, so that joined they are the text again."""
    found, start = [], 0
    for match in _SENTENCE_END.finditer(text):
        before = text[start : match.start()].rsplit(maxsplit=1)[-1:]
        if before and before[0].lower().strip("(\"'“‘") in _ABBREVIATIONS and not match[0].startswith("\n"):
            continue
        found.append(text[start : match.end()])
        start = match.end()
    return [*found, text[start:]] if start < len(text) else found


def _packed(parts: Sequence[str], fewest: int, most: int) -> Iterator[str]:
    """Parts joined until there are enough words; what is left over at the end goes to the passage before it."""
    packed: list[str] = []
    held: list[str] = []
    for part in parts:
        if held and (_count([*held, part]) > most or (is_heading(part) and _count(held) >= OWN)):
            packed.append("\n".join(held))
            held = []
        held.append(part)
        if _count(held) >= fewest:
            packed.append("\n".join(held))
            held = []
    apart = bool(held) and is_heading(held[0]) and _count(held) >= OWN
    if held and packed and not apart and _count([packed[-1], *held]) <= most:
        packed[-1] = "\n".join([packed[-1], *held])
    elif held:
        packed.append("\n".join(held))
    yield from packed


def is_heading(part: str) -> bool:
    """Whether a part looks like a heading, which begins a passage rather than ending one."""
    return part[-1:].isalnum() and len(part.split()) <= 10 and part[:1].isupper()


def _split(text: str, most: int) -> Iterator[str]:
    """A paragraph in parts of at most ``most`` words, cut at sentences; a sentence longer than that at words."""
    held: list[str] = []
    for sentence in sentences(text):
        for part in _by_words(sentence, most):
            if held and _count([*held, part]) > most:
                yield "".join(held).strip()
                held = []
            held.append(part)
    if held:
        yield "".join(held).strip()


def _by_words(sentence: str, most: int) -> Iterator[str]:
    words = re.findall(r"\S+\s*", sentence)
    for start in range(0, len(words), most):
        yield "".join(words[start : start + most])


def _count(texts: Sequence[str]) -> int:
    return sum(len(text.split()) for text in texts)
