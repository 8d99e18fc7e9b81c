"""Words of a free text, phrases found in them, and numbers: what understanding answers is built on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache


def listed(text: str, separator: str | None = None) -> tuple[str, ...]:
    """The words of a text, or its phrases where a separator is given."""
    return tuple(text.split(separator))


NEGATORS = frozenset(
    listed("no not dont doesnt didnt never without stopped arent isnt wont havent hasnt nobody none cant")
)
NEGATION_REACH = 3
"""How many words before a phrase, in the same clause, a negator still reaches it."""
COMMON = frozenset(
    listed(
        "a an the my our your we you i do does did is are was be to of in on at for with about and or any it that this "
        "what who how have has change answer question wrong back again please want mean meant actually first last said "
        "say"
    )
)
"""Words that say nothing of which question or option is meant."""
_PLACE_WORDS = frozenset({"in", "from", "near", "across"})
_NUMBER_WORDS = {
    **{word: n for n, word in enumerate(listed("one two three four five six seven eight nine ten eleven twelve"), 1)},
    **{"thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "twenty": 20, "thirty": 30, "forty": 40},
    **{"fifty": 50, "couple": 2, "dozen": 12, "hundred": 100},
}
_ARTICLES = frozenset({"a", "an"})
_JOINERS = frozenset({"and", "plus", "with"})
_BARRED_BETWEEN = frozenset(listed("of for in with at and or to on the who are is from"))
LARGEST_NUMBER = 100_000


@dataclass(frozen=True)
class Word:
    """A word in lower case, as typed, and the punctuation before it ('' where there is none)."""

    text: str
    typed: str
    before: str


@dataclass(frozen=True)
class Found:
    """A phrase found at words ``start`` to ``end`` (exclusive), standing for ``value``."""

    start: int
    end: int
    value: object
    phrase: str


def split(text: str) -> list[Word]:
    """The words of a text; apostrophes vanish ("don't" is ``dont``), other punctuation separates."""
    plain = re.sub(r"['’`]", "", text)
    found = []
    last = 0
    for match in re.finditer(r"[A-Za-z0-9]+", plain):
        found.append(Word(match.group().lower(), match.group(), plain[last : match.start()].strip()))
        last = match.end()
    return found


def normal(text: str) -> str:
    """The text's words in lower case, separated by single spaces."""
    return " ".join(word.text for word in split(text))


def find(words: Sequence[Word], phrases: Iterable[tuple[str, object]], negations: bool = True) -> list[Found]:
    """The phrases (with what they stand for) in the text, in order; longer ones first get the words they share.

    With ``negations``, "not a hospital" does not find "hospital". A phrase of two or three capitals, such as OH, is
    found only as an abbreviation of a place: "in OH", "Dayton, OH", or alone.
    """
    texts = tuple(word.text for word in words)
    candidates = []
    for phrase, value in phrases:
        parts = _parts(phrase)
        for start in range(len(texts) - len(parts) + 1):
            end = start + len(parts)
            if parts and texts[start:end] == parts and _allowed(words, start, end, phrase, negations):
                candidates.append(Found(start, end, value, phrase))
    candidates.sort(key=lambda found: (found.start - found.end, -len(found.phrase), found.start))
    taken: set[int] = set()
    kept = []
    for found in candidates:
        if not taken & set(range(found.start, found.end)):
            taken |= set(range(found.start, found.end))
            kept.append(found)
    return sorted(kept, key=lambda found: found.start)


def follows(words: Sequence[Word], start: int, lead_in: Iterable[str]) -> bool:
    """Whether the words before ``start`` end with one of the lead-ins, an article between them allowed."""
    end = start - 1 if start and words[start - 1].text in {"a", "an", "the", "our", "one"} else start
    before = " ".join(word.text for word in words[:end])
    return any(f" {before}".endswith(f" {normal(each)}") for each in lead_in)


def number(words: Sequence[Word]) -> int | None:
    """The one number in a short text, in digits or words; ``None`` where there is none or more than one."""
    numbers = [value for word in words if (value := _number(word)) is not None]
    return numbers[0] if len(numbers) == 1 else None


def count(words: Sequence[Word], counted: Iterable[str], totals: Iterable[str]) -> int | None:
    """How many are counted: "4 docs and a PA" is 5 where docs and pa are counted words.

    A number before a word of ``totals`` ("6 providers") is the whole; else the largest enumeration adds up. A lone
    "a doctor" or "one doc" counts nobody: it is most often someone who does something.
    """
    whole = [amount for _, _, amount in _groups(words, {normal(word) for word in totals})]
    if whole:
        return max(whole)
    chains: list[list[int]] = []
    previous_end = -1
    for start, end, amount in _groups(words, {normal(word) for word in counted}):
        between = words[previous_end:start] if previous_end >= 0 else ()
        linked = previous_end >= 0 and all(word.text in _JOINERS for word in between)
        if linked and not any("." in word.before or ";" in word.before for word in words[previous_end : start + 1]):
            chains[-1].append(amount)
        else:
            chains.append([amount])
        previous_end = end
    return max((sum(chain) for chain in chains if chain != [1]), default=None)


@lru_cache(maxsize=4096)
def _parts(phrase: str) -> tuple[str, ...]:
    """The words of a phrase of the instrument; remembered, as the same few hundred come again with every message."""
    return tuple(word.text for word in split(phrase))


def _groups(words: Sequence[Word], nouns: set[str]) -> Iterable[tuple[int, int, int]]:
    """Number and noun with at most two plain words between: (start, end, amount)."""
    for start, word in enumerate(words):
        amount = 1 if word.text in _ARTICLES else _number(word)
        if amount is None:
            continue
        reach = 1 if word.text in _ARTICLES else 3
        for noun_at in range(start + 1, min(start + 1 + reach, len(words))):
            length = next((n for n in (3, 2, 1) if _phrase(words, noun_at, n) in nouns), 0)
            if length:
                yield start, noun_at + length, amount
                break
            if (
                words[noun_at].text in _BARRED_BETWEEN
                or _number(words[noun_at]) is not None
                or words[noun_at].before == ","
            ):
                break


def _phrase(words: Sequence[Word], start: int, length: int) -> str:
    return " ".join(word.text for word in words[start : start + length])


def _number(word: Word) -> int | None:
    if word.text.isdigit():
        return int(word.text) if len(word.text) < 7 and int(word.text) <= LARGEST_NUMBER else None
    return _NUMBER_WORDS.get(word.text)


def _allowed(words: Sequence[Word], start: int, end: int, phrase: str, negations: bool) -> bool:
    if phrase.isupper() and 2 <= len(phrase) <= 3 and not _is_place(words, start, end):
        return False
    return not (negations and NEGATORS.isdisjoint(_parts(phrase)) and _negated(words, start))


def _is_place(words: Sequence[Word], start: int, end: int) -> bool:
    if len(words) == end - start:
        return True
    if not all(word.typed.isupper() for word in words[start:end]) or start == 0:
        return False
    ends = end == len(words) or bool(words[end].before) or words[end].text.isdigit()
    return words[start - 1].text in _PLACE_WORDS or ("," in words[start].before and ends)


def _negated(words: Sequence[Word], start: int) -> bool:
    for place in range(start - 1, max(start - 1 - NEGATION_REACH, -1), -1):
        if words[place + 1].before or words[place].text == "but":
            return False
        if words[place].text in NEGATORS:
            return True
    return False
