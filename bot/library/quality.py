"""What makes sound content good: readable, fresh, sourced at first hand, and said once.

Loading does without these checks; ``advisor check`` makes them all.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np
import pyphen
from rapidfuzz import fuzz, process

from bot.language.words import normalised
from bot.library.body import words_of
from bot.library.content import Content, Entry
from bot.library.errors import ContentError
from bot.library.freshness import LONGEST

HARDEST = 11.0
"""The highest grade of a short answer."""
SAME_QUESTION = 90.0
"""From this likeness on (0 to 100, words in any order) two questions are one with a word swapped."""
SAME_ARTICLE = 80.0
"""From this likeness on two short answers say the same."""
PRIMARY_SHARE = 0.6
"""The least share of articles that cite a statute, a rule, an agency's page or a published study."""

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SENTENCE = re.compile(r"[.!?]+(?=\s|$)")


def check_quality(content: Content) -> Iterator[ContentError]:
    """All that could be better, each with its cure."""
    yield from _orphans(content)
    yield from _hard_to_read(content)
    yield from _same_questions(content)
    yield from _same_articles(content)
    yield from _long_unchecked(content)
    yield from _second_hand(content)


def reading_grade(text: str) -> float:
    """The US school grade that a text asks for: 0.39 words a sentence + 11.8 syllables a word − 15.59.

    Kincaid, Fishburne, Rogers and Chissom (1975), Navy Research Branch Report 8-75. Syllables are counted by where
    a word may be hyphenated; figures count as words of one syllable.
    """
    words = text.split()
    sentences = max(1, len(_SENTENCE.findall(text)))
    syllables = sum(_syllables(word) for word in words)
    return 0.39 * len(words) / sentences + 11.8 * syllables / max(1, len(words)) - 15.59


@lru_cache(maxsize=20_000)
def _syllables(word: str) -> int:
    return max(1, sum(len(_hyphens().positions(part.lower())) + 1 for part in _WORD.findall(word)))


@lru_cache(maxsize=1)
def _hyphens() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="en_US")


def _orphans(content: Content) -> Iterator[ContentError]:
    kinds = ("articles", "trainings", "partners", "duties")
    used = {source for kind in kinds for entry in content[kind].values() for _, source in entry.refs()}
    for source in content["sources"].values():
        if source.id not in used:
            yield source.error(("id",), f"Nothing cites the source '{source.id}'.", "Cite it, or take it out.")


def _hard_to_read(content: Content) -> Iterator[ContentError]:
    for entry in content["articles"].values():
        heading, line, parts = next(
            (each for each in content.bodies[entry.id] if each[0] == "Short answer"), ("", 1, [])
        )
        grade = reading_grade(" ".join(words_of(part) for part in parts))
        if grade > HARDEST:
            message = f"The short answer reads at grade {grade:.1f}; at most {HARDEST:g} is allowed."
            yield ContentError(
                entry.document.file, line, heading, message, "Shorter sentences and shorter words help most."
            )


def _same_questions(content: Content) -> Iterator[ContentError]:
    asked = [
        (entry, keys, question) for entry in content["articles"].values() for keys, question in entry.texts("questions")
    ]
    for later, first, likeness in _alike([normalised(question) for _, _, question in asked], SAME_QUESTION):
        entry, keys, question = asked[later]
        owner, _, other = asked[first]
        message = f"'{question}' is nearly '{other}' of '{owner.id}' ({likeness:.0f} of 100)."
        yield entry.error(keys, message, "Word it as somebody else would, or take it out.")


def _same_articles(content: Content) -> Iterator[ContentError]:
    articles = list(content["articles"].values())
    for later, first, likeness in _alike([_short_answer(content, entry) for entry in articles], SAME_ARTICLE):
        message = f"The short answer says nearly what that of '{articles[first].id}' says ({likeness:.0f} of 100)."
        yield articles[later].error(("id",), message, "Join the two articles, or say what this one adds.")


def _alike(texts: Sequence[str], least: float) -> Iterator[tuple[int, int, float]]:
    """Pairs (later, earlier, likeness) of texts that have nearly the same words; a later one is told once."""
    ordered = [" ".join(sorted(text.split())) for text in texts]
    likeness = process.cdist(ordered, ordered, scorer=fuzz.ratio, score_cutoff=least, dtype=np.uint8)
    earlier = np.tril(likeness, -1)
    for later in np.flatnonzero(earlier.any(axis=1)):
        first = int(earlier[later].argmax())
        yield int(later), first, float(earlier[later, first])


def _long_unchecked(content: Content) -> Iterator[ContentError]:
    for entry in content["articles"].values():
        try:
            as_of, review_by = (dt.date.fromisoformat(entry.data[name]) for name in ("as_of", "review_by"))
            longest = LONGEST[entry.data["status"]]
        except (KeyError, TypeError, ValueError):
            continue  # the schema has said so
        if (review_by - as_of).days > longest:
            message = f"review_by is {(review_by - as_of).days} days after as_of; {longest} is the most for '{entry.data['status']}'."
            yield entry.error(("review_by",), message, f"Write {as_of + dt.timedelta(days=longest)} or a day before.")


def _second_hand(content: Content) -> Iterator[ContentError]:
    primary = {source.id for source in content["sources"].values() if source.data.get("kind") == "primary"}
    articles = list(content["articles"].values())
    at_first_hand = sum(any(source in primary for _, source in entry.refs()) for entry in articles)
    if articles and at_first_hand / len(articles) < PRIMARY_SHARE:
        message = f"Only {at_first_hand} of {len(articles)} articles cite a source at first hand."
        cure = f"At least {PRIMARY_SHARE:.0%} should: a statute, a rule, an agency's page or a published study."
        yield ContentError("articles", 1, "", message, cure)


def _short_answer(content: Content, entry: Entry) -> str:
    parts = next((parts for heading, _, parts in content.bodies[entry.id] if heading == "Short answer"), [])
    return normalised(" ".join(words_of(part) for part in parts))
