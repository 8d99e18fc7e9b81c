"""The words of a message and the word lists the recognisers look them up in."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_SENTENCE_END = re.compile(r"(?:^|[.!?:;\n•*]|\d[.)])[\s\"'“‘(\-]*\Z")
_LETTERS = str.maketrans({"đ": "d", "Đ": "D", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "ı": "i", "’": "'"})


@dataclass(frozen=True, slots=True)
class Word:
    """A run of letters at ``start`` … ``end``; ``plain`` is its lower-case form without accents and possessive."""

    text: str
    start: int
    end: int
    plain: str
    opens: bool
    """Whether it begins a sentence, where a capital says nothing."""

    @property
    def capital(self) -> bool:
        """Written as a name is: 'Smith', 'McKay', 'O'Brien', not 'EHR' or 'MAs'; so is a script without capitals."""
        if self.text.isupper() or self.text.removesuffix("s").isupper():
            return len(self.text) == 1
        return self.text[0].isupper() or not self.cased

    @property
    def cased(self) -> bool:
        """Whether its script has capitals."""
        return self.text[0].upper() != self.text[0].lower()


def fold(text: str) -> str:
    """Lower case without accents; a curly apostrophe becomes a straight one."""
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    return "".join(part for part in parts if not unicodedata.combining(part)).lower()


def _plain(text: str) -> str:
    return fold(text).removesuffix("'s")


@lru_cache(maxsize=4)
def words_of(text: str) -> tuple[Word, ...]:
    """The words of ``text``, in order; several recognisers ask for the same text's."""
    words = []
    for match in _WORD.finditer(text):
        start, end = match.span()
        opens = _SENTENCE_END.search(text, max(0, start - 6), start) is not None and (
            start <= 6 or text[max(0, start - 6) : start].strip() != ""
        )
        words.append(Word(match[0], start, end, _plain(match[0]), opens or text[:start].strip() == ""))
    return tuple(words)


@cache
def word_list(name: str) -> frozenset[str]:
    """The lines of ``data/<name>.txt`` without comments, folded."""
    lines = files("bot.privacy").joinpath("data", f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(fold(line.strip()) for line in lines if line.strip() and not line.startswith("#"))
