"""Towns and counties: they go, the state beside them stays."""

import re
from collections.abc import Iterator
from itertools import pairwise

from bot.privacy.keep import Keeper
from bot.privacy.recogniser import Recogniser, Span
from bot.privacy.words import Word, word_list, words_of

_CUE = re.compile(
    r"\b(?:in|from|near|around|outside|outside of|of|to|at|lives in|living in|live in|based in|resides in|residing in|born in|moved to|town of|city of|village of|hometown|city:?|town:?|over in|down in|up in)\s+$",
    re.IGNORECASE,
)
_LIVES = re.compile(
    r"\b(?:lives?|living|lived|resid(?:es|ing|ent)|born|raised|moved|patient|pt|lady|man|woman|guy|girl|boy|kid|child|family|client|comes|home|hometown|grew up|drives|drove|based)\b[^.!?\n]{0,25}\b(?:in|from|near|to|of|outside|around|at)\s+$",
    re.IGNORECASE,
)


class Places(Recogniser):
    """Towns from the list behind a word of place, and any name before a state or behind 'lives in'."""

    kind = "place"

    def __init__(self, keeper: Keeper) -> None:
        super().__init__()
        self._keeper = keeper
        self._towns = word_list("towns")
        self._words = word_list("words")
        self._beginnings = {town.split()[0] for town in self._towns}
        names = {line.rsplit(" ", 1)[0]: line.rsplit(" ", 1)[1] for line in word_list("states")}
        self._states, self._codes = frozenset(names), frozenset(names.values())
        self._longest = max(len(town.split()) for town in self._towns)

    def spans(self, text: str) -> Iterator[Span]:
        kept = self._keeper.spans(text)
        words = [
            word
            for word in words_of(text)
            if not (self._keeper.doubtful(word) or any(a < word.end and word.start < b for a, b in kept))
        ]
        index = 0
        while index < len(words):
            length = self._length(text, words, index)
            if length:
                yield words[index].start, words[index + length - 1].end
            index += max(1, length)

    def _length(self, text: str, words: list[Word], index: int) -> int:
        """How many words from ``index`` on are a place that must go; 0 where none."""
        first = words[index]
        if not first.capital and first.plain in self._words and first.plain not in self._beginnings:
            return 0
        before = text[max(0, first.start - 60) : first.start]
        cue, lives = _CUE.search(before) is not None, _LIVES.search(before) is not None
        for count in range(min(self._longest, len(words) - index), 0, -1):
            run = words[index : index + count]
            if not _adjacent(text, run):
                continue
            rest = text[run[-1].end : run[-1].end + 30]
            name = " ".join(word.plain for word in run)
            capital = all(
                word.capital or (number and word.plain in ("of", "or", "and", "the")) for number, word in enumerate(run)
            )
            if self._state_of(name):
                return 0
            listed = name in self._towns and (capital or not all(word.plain in self._words for word in run))
            state = self._before_state(rest)
            code = re.match(r",?\s+(?:[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}|\d{5})\b", rest) is not None
            if listed and (cue or code or state or lives or (first.opens and re.match(r",\s", rest))):
                return count
            if state and ((capital and not first.opens) or (cue and self._unknown(run))):
                return count
            if (
                (capital or cue)
                and re.match(
                    r"\s+(?:county|township|parish|borough|village)\b(?!\s+(?:health|hospital|clinic|medical|department|dept|general|jail|public|memorial))",
                    rest,
                    re.I,
                )
                and (capital or self._unknown(run))
                and not (first.opens and first.plain in self._words)
            ):
                return count
            if (
                lives
                and capital
                and not all(word.plain in self._words for word in run)
                and not (run[-1].plain in self._words and count > 1 and not run[-1].capital)
            ):
                return count
        return 0

    def _unknown(self, run: list[Word]) -> bool:
        return any(word.plain not in self._words for word in run) and all(len(word.plain) > 2 for word in run)

    def _state_of(self, name: str) -> bool:
        return name in self._states

    def _before_state(self, rest: str) -> bool:
        """Whether a state follows: ', Ohio', ' OH', ', oh'."""
        match = re.match(r"(,?)\s+([A-Za-z]+(?:\s[A-Za-z]+)?)", rest)
        if not match:
            return False
        one, two = match[2].split()[0], match[2].lower()
        return (
            two in self._states
            or one.lower() in self._states
            or (
                one.lower() in self._codes
                and (
                    one.isupper()
                    or (
                        bool(match[1])
                        and one.lower() not in ("in", "or", "me", "ok", "oh", "hi", "id", "la", "pa", "ma", "mo")
                    )
                )
            )
        )


def _adjacent(text: str, run: list[Word]) -> bool:
    return all(text[a.end : b.start] in (" ", "-", ". ") for a, b in pairwise(run))
