"""Finds known phrases in what people type."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.language.words import singular

_WORD = re.compile(r"\w+(?:'\w+)*")
_GAP = re.compile(r"[\s\-]+")
_APOSTROPHES = str.maketrans("\u2018\u2019\u02bc", "'''")


@dataclass(frozen=True)
class Tagged:
    """A phrase found: whose it is, as it is listed, and where it stands in the text (``text[start:end]``)."""

    id: str
    phrase: str
    start: int
    end: int


class PhraseTagger:
    """Tags phrases whole, in any case, with blanks or hyphens between their words, singular or plural.

    Args:
        phrases: id to its phrases. A phrase that is listed under two ids counts for the first.
    """

    def __init__(self, phrases: Mapping[str, Sequence[str]]) -> None:
        self._base: dict[str, str] = {}
        self._by_first: dict[str, dict[tuple[str, ...], tuple[str, str]]] = {}
        for id, listed in phrases.items():
            for phrase in listed:
                words = tuple(self._learn(match.group()) for match in _WORD.finditer(_lower(phrase)))
                if words:
                    self._by_first.setdefault(words[0], {}).setdefault(words, (id, phrase))
        self._longest = {first: max(map(len, known)) for first, known in self._by_first.items()}

    def tag(self, text: str) -> list[Tagged]:
        """The phrases in ``text``, in order; where two overlap, the one that begins first, then the longer."""
        lowered = _lower(text)
        matches = list(_WORD.finditer(lowered))
        words = [self._base.get(match.group(), match.group()) for match in matches]
        found, place = [], 0
        while place < len(words):
            size = self._size_at(place, words, matches, lowered)
            if size:
                id, phrase = self._by_first[words[place]][tuple(words[place : place + size])]
                found.append(Tagged(id, phrase, matches[place].start(), matches[place + size - 1].end()))
            place += size or 1
        return found

    def _size_at(self, place: int, words: list[str], matches: list[re.Match[str]], text: str) -> int:
        """How many words the longest phrase has that begins at ``place``; 0 for none."""
        known = self._by_first.get(words[place], {})
        reach = 1
        for size in range(1, min(self._longest.get(words[place], 0), len(words) - place) + 1):
            last = place + size - 1
            if size > 1 and not _GAP.fullmatch(text, matches[last - 1].end(), matches[last].start()):
                break
            reach = size
        return next((size for size in range(reach, 0, -1) if tuple(words[place : place + size]) in known), 0)

    def _learn(self, word: str) -> str:
        """The word's singular, by which all its forms are known from now on."""
        base = singular(word)
        for form in (base, word, _plural(base)):
            self._base.setdefault(form, base)
        return self._base[base]


def _lower(text: str) -> str:
    """Lower case and straight apostrophes, at unchanged positions."""
    lowered = text.lower()
    return (lowered if len(lowered) == len(text) else text).translate(_APOSTROPHES)


def _plural(word: str) -> str:
    if len(word) > 2 and word.endswith("y") and word[-2] not in "aeiou":
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "x", "z", "ch", "sh")) else "s")
