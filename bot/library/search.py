"""Finds the articles that may answer a question: keywords and vectors fused, the conversation weighed in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bot.language.places import places
from bot.language.vectors import SentenceVectors
from bot.language.words import words
from bot.library.confidence import Confidence, Evidence
from bot.library.context import Context
from bot.library.keywords import Keywords
from bot.library.models import Article, Library, Passage
from bot.library.passages import passages_of, vectors_of

# Weights and boosts were chosen on tests/library/questions.jsonl.
VECTOR_WEIGHT = 0.7
KEYWORD_WEIGHT = 0.3
SUPPORT_WEIGHT = 0.1  # of an article's second-best passage
LAST_ARTICLE = 0.03  # added for the article shown last
PLACE_NAMED = 0.15  # added for an article of the place that the question names ...
OTHER_PLACE = 0.25  # ... and taken from one of another state or country
OWN_PLACE = 0.05  # added for an article of the organisation's own state or country ...
STRANGE_PLACE = 0.12  # ... and taken from one of another

Scores = npt.NDArray[np.float32]


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
        self._matrix = vectors_of(texts, vectors, cache_dir, progress)
        self._keywords = Keywords(texts) if texts else None
        counts = [sum(passage.article_id == article.id for passage in self._passages) for article in self._articles]
        self._ends = np.cumsum(counts)
        self._words = self._words_of_articles()
        self._confidence = Confidence()

    def find(self, question: str, context: Context, limit: int = 5) -> list[Hit]:
        """The best articles for a question, best first; none for a question without words."""
        return [
            Hit(article.id, evidence.fused, self._confidence.of(evidence), passage)
            for article, evidence, passage in self.evidence(question, context, limit)
        ]

    def evidence(self, question: str, context: Context, limit: int = 5) -> list[tuple[Article, Evidence, Passage]]:
        """What ``find`` judges by: the best articles with what speaks for them."""
        if self._keywords is None or not question.strip():
            return []
        cosines: Scores = self._matrix @ self._vectors.encode([question])[0]
        fused = VECTOR_WEIGHT * cosines + KEYWORD_WEIGHT * self._keywords.scores(question)
        best, scores = self._by_article(fused)
        scores += self._boosts(question, context)
        order = np.argsort(-scores, kind="stable")[: max(limit, 2)]
        found = []
        for place in order[:limit]:
            article = self._articles[place]
            rivals = [float(scores[other]) for other in order if other != place]
            score = float(scores[place])
            evidence = Evidence(
                fused=score,
                margin=score - max(rivals, default=0.0),
                cosine=float(cosines[self._rows(place)].max()),
                overlap=self._overlap(question, article.id),
            )
            found.append((article, evidence, self._passages[best[place]]))
        return found

    def _rows(self, place: int) -> slice:
        """The passages of the article at ``place``."""
        return slice(self._ends[place - 1] if place else 0, self._ends[place])

    def _by_article(self, fused: Scores) -> tuple[list[int], Scores]:
        """Each article's best passage, and its score with a little of the second best."""
        best, scores = [], np.empty(len(self._articles), dtype=np.float32)
        for place in range(len(self._articles)):
            rows = self._rows(place)
            own = fused[rows]
            best.append(rows.start + int(own.argmax()))
            first_two = np.sort(own)[-2:]
            scores[place] = first_two[-1] + SUPPORT_WEIGHT * (first_two[0] - first_two[-1])
        return best, scores

    def _boosts(self, question: str, context: Context) -> Scores:
        named = places(question)
        return np.array([self._boost(article, named, context) for article in self._articles], dtype=np.float32)

    @staticmethod
    def _boost(article: Article, named: Sequence[str], context: Context) -> float:
        boost = LAST_ARTICLE if article.id == context.last_article else 0.0
        if named:
            fit = max(_fit(article.jurisdiction, place) for place in named)
            return boost + (PLACE_NAMED if fit > 0 else OTHER_PLACE * fit)
        fit = _fit(article.jurisdiction, context.jurisdiction) if context.jurisdiction else 0
        return boost + (OWN_PLACE if fit > 0 else STRANGE_PLACE * fit)

    def _words_of_articles(self) -> dict[str, frozenset[str]]:
        return {
            article.id: frozenset(word for passage in self._passages[self._rows(place)] for word in words(passage.text))
            for place, article in enumerate(self._articles)
        }

    def _overlap(self, question: str, article_id: str) -> float:
        assert self._keywords is not None
        asked = set(words(question))
        weights = {word: self._keywords.weight(word) for word in asked}
        had = sum(weight for word, weight in weights.items() if word in self._words[article_id])
        return had / sum(weights.values()) if weights else 0.0


def _fit(jurisdiction: str, place: str) -> int:
    """1 where a law is of this very state or country, -1 where it is of another, 0 where it is of all."""
    if jurisdiction == "global" or (jurisdiction == "US" and place.startswith("US")):
        return 0
    if jurisdiction == place:
        return 1
    return 0 if place == "US" and jurisdiction.startswith("US-") else -1
