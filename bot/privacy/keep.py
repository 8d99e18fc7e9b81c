"""What is never a name or a place: products, laws, eponyms (``data/keep.txt``) and organisations' names."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from bot.privacy.recogniser import Span
from bot.privacy.words import Word, fold, word_list, words_of

_FILLERS = frozenset(["of", "the", "and", "for", "st", "saint", "at"])
# 'Hurricane Maria', 'St. Mary's', 'Fort Wayne': the name behind these is not a visitor's or a patient's.
_BEFORE = frozenset(["hurricane", "st", "saint", "santa", "mount", "mt", "fort"])
# Behind a possessive only these make an eponym: 'Laura's Law', but 'Laura's score' is hers.
_POSSESSIVE = frozenset(
    ["law", "laws", "act", "disease", "syndrome", "rule", "principle", "doctrine", "amendment", "criteria"]
)
_TITLES = frozenset(["dr", "mr", "mrs", "ms", "miss", "doctor", "prof"])
_NAMES = tuple(word_list(name) for name in ("given_names", "given_names_ambiguous", "surnames", "surnames_ambiguous"))
_MONTHS = frozenset(
    [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ]
)


class Keeper:
    """Finds the spans of a text that stay.

    A phrase of one word that is a person's name too ('Heidi', 'Moore') is only ``doubtful``: it stays where
    nothing but the lists of names speaks against it, and goes behind 'Mrs' or beside a surname.

    Args:
        allow: more phrases to keep, such as the names on a site's own allow list.
    """

    def __init__(self, allow: Iterable[str] = ()) -> None:
        self._phrases: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        self._doubtful: set[str] = set()
        for phrase in {*word_list("keep"), *(fold(name) for name in allow)}:
            parts = tuple(word.plain for word in words_of(phrase))
            if len(parts) == 1 and any(parts[0] in names for names in _NAMES):
                self._doubtful.add(parts[0])
            elif parts:
                self._phrases[parts[0]].append(parts)
        self._organisation = word_list("organisation_words")
        self._nouns = word_list("eponym_nouns")
        self._last: tuple[str, list[Span]] | None = None

    def forget(self) -> None:
        """Holds no text any more."""
        self._last = None

    def doubtful(self, word: Word) -> bool:
        """Whether ``word`` is on the list and a name too."""
        return word.plain in self._doubtful

    def spans(self, text: str) -> list[Span]:
        """The spans that stay, in order, possibly overlapping."""
        last = self._last  # the same text's spans are asked for by each recogniser in turn
        if last and last[0] == text:
            return last[1]
        words = words_of(text)
        plains = [word.plain for word in words]
        found: list[Span] = []
        for index, word in enumerate(words):
            for phrase in self._phrases.get(word.plain, ()):
                if tuple(plains[index : index + len(phrase)]) == phrase:
                    found.append((word.start, words[index + len(phrase) - 1].end))
            if word.plain in self._organisation:
                found.append((self._organisation_start(text, words, index), word.end))
            elif self._eponym(text, words, index):
                found.append((_run_start(text, words, index), word.end))
            elif index and words[index - 1].plain in _BEFORE and _gap(text, words, index) in (" ", ". "):
                found.append((words[index - 1].start, word.end))
            elif word.plain in _MONTHS and _dated(text, word):
                found.append((word.start, word.end))
        self._last = text, found
        return found

    def _eponym(self, text: str, words: Sequence[Word], index: int) -> bool:
        """Whether the word at ``index`` is the noun of 'Rankin scale' or 'Kendra's Law'."""
        noun = words[index].plain
        if noun not in self._nouns or not index or _gap(text, words, index) not in (" ", "-"):
            return False
        before = words[index - 1]
        return before.capital and (noun in _POSSESSIVE or fold(before.text) == before.plain)

    def _organisation_start(self, text: str, words: Sequence[Word], index: int) -> int:
        """Where the name starts that ends in the organisation's word at ``index``."""
        return _run_start(text, words, index) if words[index].capital else words[index].start


def _dated(text: str, month: Word) -> bool:
    """Whether a month's name is one: 'June 30', 'by April', '3rd of May', 'since August'."""
    before = text[max(0, month.start - 12) : month.start]
    return re.match(r"[\s,.]{0,2}\d|\s(?:to|and|through|-)\s(?:\w+\s)?\d", text[month.end :]) is not None or (
        re.search(
            r"(?:\d(?:st|nd|rd|th)?(?:\sof)?|\b(?:in|by|since|until|from|early|late|mid|last|next|this|every|through|before|after|of))[\s\-]$",
            before,
            re.IGNORECASE,
        )
        is not None
        and re.match(r"\s[A-Z][a-z]", text[month.end :]) is None
    )


def _run_start(text: str, words: Sequence[Word], index: int) -> int:
    """Where the run of capitals starts that ends before the word at ``index``."""
    start = index
    while start and index - start < 6 and _gap(text, words, start) in (" ", "-", ". ", " & "):
        before = words[start - 1]
        if not (before.capital or before.plain in _FILLERS) or before.plain in _TITLES:
            break
        start -= 1
    while start < index and words[start].plain in _FILLERS - _BEFORE:
        start += 1
    return words[start].start


def _gap(text: str, words: Sequence[Word], index: int) -> str:
    """What stands between a word and the one before it; several blanks count as one, a line break as itself."""
    return re.sub(r"[ \t]+", " ", text[words[index - 1].end : words[index].start])
