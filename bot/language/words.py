"""Words of a text as a search compares them."""

from __future__ import annotations

import re

_WORD = re.compile(r"[a-z]+|\d+")
_QUOTE = re.compile(r"(?<=\w)['\u2019](?=\w)")

STOP_WORDS = frozenset(
    """
    a about after all also am an and any are as at be because been before being but by can could did do does doing
    dont for from get gets getting give got had has have having he her here hers him his how i if im in into is it its
    ive just let like may me might mine more most much must my need no not now of off on or our ours out over own
    please said same say she should so some such tell than thanks that thats the their them then there these they
    this those to too us use used uses using very want was we were what whats when where which while who whom whose
    why will with would you your yours
    """.split()  # noqa: SIM905
)
"""Words that say nothing of the subject. 'use' is one: every subject here is about using something."""


def words(text: str) -> list[str]:
    """The words of a text: lower case, singular, without stop words; ``AB3030`` gives ``ab`` and ``3030``."""
    found = _WORD.findall(_QUOTE.sub("", text.lower()))
    return [singular(word) for word in found if word not in STOP_WORDS]


def normalised(text: str) -> str:
    """A text without case and punctuation, single blanks between its words: equal for the same question."""
    return " ".join(re.findall(r"\w+", _QUOTE.sub("", text.lower())))


def singular(word: str) -> str:
    """``breaches`` → ``breach``, ``policies`` → ``policy``, ``tools`` → ``tool``; ``bias`` and ``class`` stay."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "as", "'s")):
        return word[:-1]
    return word
