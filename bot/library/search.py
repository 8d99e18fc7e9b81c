"""Finds the articles that may answer a question: keywords and vectors fused, the conversation weighed in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bot.language.places import places
from bot.language.vectors import SentenceVectors
from bot.language.words import normalised, words
from bot.library.confidence import Confidence, Evidence
from bot.library.context import Context
from bot.library.keywords import Keywords
from bot.library.models import Article, Library, Passage
from bot.library.passages import passages_of, vectors_of

# An article's score is a weighted mean of what follows, each 0 to 1. Weights and boosts were chosen on
# tests/library/questions.jsonl and on the articles' own questions, each left out in turn.
NEAREST_WEIGHT = 0.2  # cosine of the question and the nearest passage
SUPPORT_WEIGHT = 0.2  # mean cosine of the five nearest passages
TITLE_WEIGHT = 0.2  # cosine of title and short answer
KEYWORD_WEIGHT = 0.3  # mean of the three best keyword scores
OVERLAP_WEIGHT = 0.1  # share of the question's words that the article has anywhere
SAME_QUESTION = 0.3  # added where the question is one of the article's own, so that a wording once added is answered
LAST_ARTICLE = 0.03  # added for the article shown last
PLACE_NAMED = 0.15  # added for an article of the place that the question names ...
OTHER_PLACE = 0.25  # ... and taken from one of another state or country
OWN_PLACE = 0.1  # added for an article of the organisation's own state or country ...
STRANGE_PLACE = 0.12  # ... and taken from one of another
HOME = "US"  # where an organisation of which nothing is known is taken to be: other countries' articles step back
OTHER_KIND = 0.05  # taken from an article for other types of organisation

Scores = npt.NDArray[np.float32]

MOST_FOR_ONE_WORD = 0.45
"""The confidence a single telling word can reach: it names a subject but asks nothing, so titles are offered."""


@dataclass(frozen=True)
class Hit:
    """An article that may answer; ``passage`` is the piece of it that matched best.

    ``score`` only ranks; ``confidence``, 0 to 1, is the chance that the article answers the question.
    """

    article_id: str
    score: float
    confidence: float
    passage: Passage


class Search:
    """Search over a library's passages. Their vectors are kept in ``cache_dir``; ``find`` may be called from any thread.

    Args:
        library: what is searched.
        vectors: the sentence vectors.
        cache_dir: a folder that may be deleted at any time.
        progress: told what is being done and the share done, while passages are new to the cache.
    """

    def __init__(
        self,
        library: Library,
        vectors: SentenceVectors,
        cache_dir: Path,
        progress: Callable[[str, float], None] | None = None,
    ) -> None:
        self._articles = list(library.articles.values())
        self._passages = passages_of(self._articles)
        texts = [passage.text for passage in self._passages]
        self._vectors = vectors
        computed = vectors_of([*texts, *library.outside], vectors, cache_dir, progress)
        self._matrix, self._outside = computed[: len(texts)], computed[len(texts) :]
        self._keywords = Keywords(texts)
        self._members = self._passages_by_article()
        self._having = self._articles_by_word(texts)
        self._askers = {
            normalised(question): article.id for article in self._articles for question in article.questions
        }
        self._confidence = Confidence()

    def find(self, question: str, context: Context, limit: int = 5) -> list[Hit]:
        """The best articles for a question, best first; none for a question without words."""
        asker = self._askers.get(normalised(question))
        most = 1.0 if len(set(words(question))) > 1 else MOST_FOR_ONE_WORD
        return [
            Hit(article.id, score, 1.0 if article.id == asker else min(self._confidence.of(evidence), most), passage)
            for article, score, evidence, passage in self.evidence(question, context, limit)
        ]

    def evidence(
        self, question: str, context: Context, limit: int = 5
    ) -> list[tuple[Article, float, Evidence, Passage]]:
        """What ``find`` judges by: the best articles, their scores, and what speaks for and against them."""
        if not self._articles or not question.strip():
            return []
        vector = self._vectors.encode([question])[0]
        cosines: Scores = self._matrix @ vector
        outside = float((self._outside @ vector).max(initial=0.0))
        brevity = 1 / max(len(words(question)), 1)
        matches = self._matches(cosines, question)
        boosts = self._boosts(question, context)
        scores = matches + boosts
        standing = matches + np.minimum(boosts, 0.0)  # naming a state brings its law up, but does not make it fit
        order = np.argsort(-scores, kind="stable")
        found = []
        for place in order[:limit]:
            rival = scores[order[0] if place != order[0] else order[1]] if len(order) > 1 else 0.0
            lead = float(scores[place] - rival)
            evidence = Evidence(match=float(standing[place]), outside=outside, lead=lead, brevity=brevity)
            members = self._members[place][self._members[place] >= 0]
            nearest = self._passages[members[cosines[members].argmax()]]
            found.append((self._articles[place], float(scores[place]), evidence, nearest))
        return found

    def _passages_by_article(self) -> npt.NDArray[np.intp]:
        """A row for each article with the places of its passages, its title's first; -1 fills up."""
        rows: dict[str, list[int]] = {article.id: [] for article in self._articles}
        for place, passage in enumerate(self._passages):
            rows[passage.article_id].append(place)
        members = np.full((len(rows), max(map(len, rows.values()), default=0)), -1, dtype=np.intp)
        for row, places_of_article in zip(members, rows.values(), strict=True):
            row[: len(places_of_article)] = places_of_article
        return members

    def _matches(self, cosines: Scores, question: str) -> Scores:
        """How well each article's text matches, 0 to 1."""
        near = -np.sort(-np.append(cosines, np.float32(-1.0))[self._members], axis=1)  # place -1 is the appended one
        keywords = np.append(self._keywords.scores(question), np.float32(0.0))
        matched = -np.sort(-keywords[self._members], axis=1)
        matches: Scores = (
            NEAREST_WEIGHT * near[:, 0]
            + SUPPORT_WEIGHT * near[:, :5].mean(axis=1)
            + TITLE_WEIGHT * cosines[self._members[:, 0]]
            + KEYWORD_WEIGHT * matched[:, :3].mean(axis=1)
            + OVERLAP_WEIGHT * self._overlaps(question)
        )
        return matches

    def _boosts(self, question: str, context: Context) -> Scores:
        """What the conversation adds to each article's score, or takes from it."""
        named = places(question)
        of_place = {
            place: _place_boost(place, named, context) for place in {each.jurisdiction for each in self._articles}
        }
        boosts = np.array([of_place[article.jurisdiction] for article in self._articles], dtype=np.float32)
        asker = self._askers.get(normalised(question))
        for row, article in enumerate(self._articles):
            if article.id == asker:
                boosts[row] += SAME_QUESTION
            if article.id == context.last_article:
                boosts[row] += LAST_ARTICLE
            if context.organisation_type and not {"any", context.organisation_type} & set(article.applies_to):
                boosts[row] -= OTHER_KIND
        return boosts

    def _overlaps(self, question: str) -> Scores:
        """For each article the share of the question's words that it has, each weighted by how much it tells."""
        weights = {word: self._keywords.weight(word) for word in words(question)}
        shares = np.zeros(len(self._articles), dtype=np.float32)
        for word, weight in weights.items():
            if word in self._having:
                shares[self._having[word]] += weight
        return shares / np.float32(sum(weights.values()) or 1.0)

    def _articles_by_word(self, texts: Sequence[str]) -> dict[str, npt.NDArray[np.intp]]:
        """Each word with the rows of the articles that have it anywhere."""
        having: dict[str, set[int]] = {}
        for row, members in enumerate(self._members):
            for word in {word for place in members if place >= 0 for word in words(texts[place])}:
                having.setdefault(word, set()).add(row)
        return {word: np.array(sorted(rows), dtype=np.intp) for word, rows in having.items()}


def _place_boost(jurisdiction: str, named: Sequence[str], context: Context) -> float:
    """The part of an article's boost that its place alone decides."""
    if named:
        fit = max(_fit(jurisdiction, place) for place in named)
        return PLACE_NAMED if fit > 0 else OTHER_PLACE * fit
    fit = _fit(jurisdiction, context.jurisdiction or HOME)
    return OWN_PLACE if fit > 0 else STRANGE_PLACE * fit


def _fit(jurisdiction: str, place: str) -> int:
    """1 where a law is of this very state or country, -1 where it is of another, 0 where it is of all."""
    if jurisdiction == "global" or (jurisdiction == "US" and place.startswith("US")):
        return 0
    if jurisdiction == place:
        return 1
    return 0 if place == "US" and jurisdiction.startswith("US-") else -1
