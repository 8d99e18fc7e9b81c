"""Finds known phrases in what people type."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_GAP = r"[\s\-]+"
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
        owners: dict[str, tuple[str, str]] = {}
        for id, listed in phrases.items():
            for phrase in listed:
                owners.setdefault(_key(phrase), (id, phrase))
        longest_first = sorted(filter(None, owners), key=len, reverse=True)
        self._owners = [owners[key] for key in longest_first]
        patterns = (_GAP.join(map(_with_plural, key.split(" "))) for key in longest_first)
        # One group a phrase, so that a match's lastindex says which phrase it was.
        alternatives = "|".join(f"({pattern})" for pattern in patterns)
        self._pattern = re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)")

    def tag(self, text: str) -> list[Tagged]:
        """The phrases in ``text``, in order; where two overlap, the one that begins first, then the longer."""
        found = []
        for match in self._pattern.finditer(_lower(text)) if self._owners else ():
            id, phrase = self._owners[(match.lastindex or 1) - 1]
            found.append(Tagged(id, phrase, match.start(), match.end()))
        return found


def _lower(text: str) -> str:
    """Lower case and straight apostrophes, at unchanged positions."""
    lowered = text.lower()
    return (lowered if len(lowered) == len(text) else text).translate(_APOSTROPHES)


def _key(phrase: str) -> str:
    """A phrase as it is compared: lower case, single blanks, each word in the singular."""
    return " ".join(_singular(word) for word in re.split(_GAP, _lower(phrase).strip()) if word)


def _singular(word: str) -> str:
    """``breaches`` → ``breach``, ``policies`` → ``policy``, ``tools`` → ``tool``; ``bias`` and ``class`` stay."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "as")):
        return word[:-1]
    return word


def _with_plural(word: str) -> str:
    """A pattern of a singular word and its plural."""
    if len(word) > 2 and word.endswith("y"):
        return f"{re.escape(word[:-1])}(?:y|ies|ys)"
    return f"{re.escape(word)}(?:es|s)?" if len(word) > 2 else re.escape(word)
