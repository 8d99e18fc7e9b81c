"""Search over one site's own policies: the same keywords and vectors as the library's, on passages that stand alone."""

from __future__ import annotations

import copy
import datetime as dt
import hashlib
import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bot.language.vectors import SentenceVectors
from bot.language.words import words
from bot.library.confidence import Confidence
from bot.library.keywords import Keywords
from bot.library.local.packing import is_heading, sentences
from bot.library.passages import vectors_of

COEFFICIENTS = Path(__file__).with_name("confidence.json")

# A passage's score is a weighted mean of what follows, each 0 to 1; chosen on tests/library/local/fitting.jsonl, where a wide range does alike.
COSINE_WEIGHT = 0.65  # cosine of the question and the passage
KEYWORD_WEIGHT = 0.25  # BM25, on the scale of `Keywords`
OVERLAP_WEIGHT = 0.1  # share of the question's words that the passage has, each weighted by how much it tells
LOOKED_AT = 20
"""Passages, best by cosine and keywords, whose overlap is counted."""

KEY = "policy:"
"""How a passage's key begins, and no article's id."""

MOST_FOR_A_WORD = 0.45
"""The confidence that a message of one or two words can reach: it names a subject but asks nothing."""

_NUMBERED = re.compile(r"(page|line) \d+$")

Scores = npt.NDArray[np.float32]


@dataclass(frozen=True)
class LocalPassage:
    """A piece of a policy of the organisation's own.

    Attributes:
        document: its document's id, new with each time it is added.
        title: the document's.
        locator: page or heading, '' where the document has none.
        added: the day the document was added.
        ordinal: its place in the document, from 0.
    """

    document: str
    title: str
    locator: str
    text: str
    added: dt.date
    ordinal: int = 0

    @property
    def key(self) -> str:
        """Names it in a conversation's state, where the id of an article may stand as well."""
        return f"{KEY}{self.document}:{self.ordinal}"


@dataclass(frozen=True)
class LocalEvidence:
    """What speaks for a passage as the answer to a question, and what against it.

    Attributes:
        cosine, keyword, overlap: see the weights above.
        outside: cosine of the question and the nearest subject that the library does not cover.
        brevity: one over the number of the question's words that are no stop words.
    """

    cosine: float
    keyword: float
    overlap: float
    outside: float
    brevity: float


@dataclass(frozen=True)
class LocalHit:
    """The passage that answers best; ``confidence``, 0 to 1, is the chance that it does."""

    passage: LocalPassage
    confidence: float


class LocalIndex:
    """The passages of one site. ``find`` may be called from any thread.

    Args:
        passages: all of the site's.
        vectors: the sentence vectors.
        cache_dir: a folder that may be deleted at any time.
        name: of the file in it; one a site.
        outside: subjects that are not covered, as in `Library`.
        progress: told what is being done and the share done, while passages are new to the cache.
    """

    def __init__(
        self,
        passages: Sequence[LocalPassage],
        vectors: SentenceVectors,
        cache_dir: Path,
        name: str,
        outside: Sequence[str] = (),
        progress: Callable[[str, float], None] | None = None,
    ) -> None:
        self._passages = list(passages)
        self._vectors = vectors
        texts = [searched(passage.locator, passage.text) for passage in passages]
        computed = vectors_of([*texts, *outside], vectors, cache_dir, progress, name)
        self._matrix, self._outside = computed[: len(texts)], computed[len(texts) :]
        self._keywords = Keywords(texts)
        self._confidence = Confidence(COEFFICIENTS)
        self._hidden: Scores | None = None

    def only(self, documents: Collection[str]) -> LocalIndex | None:
        """The same index without the passages of other documents; None where no passage is left."""
        allowed = np.array([passage.document in documents for passage in self._passages], dtype=bool)
        view = copy.copy(self)
        view._hidden = np.where(allowed, np.float32(0), np.float32(-np.inf))
        return view if allowed.any() else None

    def __len__(self) -> int:
        return len(self._passages)

    def find(self, question: str) -> LocalHit | None:
        """The best passage for a question; None where there are no passages or no words."""
        found = self.evidence(question)
        most = 1.0 if len(question.split()) > 2 else MOST_FOR_A_WORD
        return LocalHit(found[0], min(self._confidence.of(found[1]), most)) if found else None

    def around(self, key: str) -> list[LocalPassage]:
        """The passage of this key with those before and after it in its document; none where it is gone."""
        place = next((n for n, passage in enumerate(self._passages) if passage.key == key and self._shown(n)), None)
        if place is None:
            return []
        near = self._passages[max(place - 1, 0) : place + 2]
        return [passage for passage in near if passage.document == self._passages[place].document]

    def evidence(self, question: str) -> tuple[LocalPassage, LocalEvidence] | None:
        """What ``find`` judges by."""
        asked = words(question)
        if not self._passages or not asked:
            return None
        vector = self._vectors.encode([question])[0]
        cosines: Scores = self._matrix @ vector
        keywords = self._keywords.scores(question)
        scores = COSINE_WEIGHT * cosines + KEYWORD_WEIGHT * keywords
        if self._hidden is not None:
            scores = scores + self._hidden
        near = np.argpartition(-scores, min(LOOKED_AT, len(scores)) - 1)[:LOOKED_AT]
        overlaps = np.array([self._overlap(asked, self._passages[place]) for place in near], dtype=np.float32)
        best = int((scores[near] + OVERLAP_WEIGHT * overlaps).argmax())
        place = near[best]
        return self._passages[place], LocalEvidence(
            cosine=float(cosines[place]),
            keyword=float(keywords[place]),
            overlap=float(overlaps[best]),
            outside=float((self._outside @ vector).max(initial=0.0)),
            brevity=1 / len(asked),
        )

    def excerpt(self, passage: LocalPassage, question: str, most: int = 90) -> str:
        """About ``most`` words of a passage: the run of whole sentences that tells most of the question's words.

        No word is altered; '…' stands where sentences are left out at an end.
        """
        parts = sentences(passage.text)
        asked = set(words(question))
        weights = [sum(self._keywords.weight(word) for word in asked & set(words(part))) for part in parts]
        runs = [_run(parts, start, most) for start in range(len(parts))]
        start = max(range(len(parts)), key=lambda at: (sum(weights[at : runs[at]]), -at))
        end = runs[start]
        while end < len(parts) and end - start > 1 and is_heading(parts[end - 1].strip()):
            end -= 1  # the heading of what is left out
        shown = "".join(parts[start:end]).strip()
        return f"{'… ' if start else ''}{shown}{' …' if end < len(parts) else ''}"

    def _shown(self, place: int) -> bool:
        return self._hidden is None or bool(self._hidden[place] == 0)

    def _overlap(self, asked: Sequence[str], passage: LocalPassage) -> float:
        known = set(words(searched(passage.locator, passage.text)))
        weights = {word: self._keywords.weight(word) for word in asked}
        return sum(weight for word, weight in weights.items() if word in known) / (sum(weights.values()) or 1.0)


def searched(locator: str, text: str) -> str:
    """What is searched of a passage: with its heading, which often names the subject that the text leaves out."""
    return text if not locator or _NUMBERED.match(locator) else f"{locator}. {text}"


def cache_name(site: str) -> str:
    """The name of a site's file among the kept vectors."""
    return f"policies-{hashlib.sha256(site.encode()).hexdigest()[:16]}"


def _run(parts: Sequence[str], start: int, most: int) -> int:
    """Where a run of sentences from ``start`` with at most ``most`` words ends (but at least one sentence)."""
    end, count = start + 1, len(parts[start].split())
    while end < len(parts) and (count := count + len(parts[end].split())) <= most:
        end += 1
    return end
