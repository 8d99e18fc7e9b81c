"""Search of the library for one question, in this process, beside the question's sentence vector alone.

Then search of an organisation's own policies with 20,000 passages. Their words are the library's, shuffled; their vectors
are random, as computing them takes minutes and a search takes the same time with any.
"""

from __future__ import annotations

import datetime as dt
import itertools
import random
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.report import Figure, Progress, quantile
from benchmarks.talk import questions
from bot.language.vectors import DIMENSIONS, SentenceVectors, build_model
from bot.library import Context, Library, Search, load_library
from bot.library.body import words_of
from bot.library.context import current_day
from bot.library.local import LocalIndex, LocalPassage
from bot.settings import settings

QUESTIONS = 300
AGAINST = "its vector alone"
OWN_PASSAGES, OWN_WORDS = 20_000, 80
OWN_AIM = 20.0
"""Milliseconds of a search of that many own passages, the question's vector aside."""


async def run(progress: Progress) -> list[Figure]:
    """Milliseconds a question, no vector remembered from before."""
    library = load_library(settings().knowledge_dir)
    vectors = SentenceVectors(build_model(settings().cache_dir), remember=0)
    search, context = Search(library, vectors, settings().cache_dir), Context(today=current_day())
    texts = list(itertools.islice(questions(), QUESTIONS))
    found, bare = _times(texts, lambda text: search.find(text, context), lambda text: vectors.encode([text]))
    progress(0.5)
    whole = [
        Figure("search", f"p{percent} a question", quantile(found, percent), "ms", quantile(bare, percent), AGAINST)
        for percent in (50, 99)
    ]
    return [*whole, *_own_policies(library, vectors, texts, progress)]


class _Ready:
    """Vectors without a model's time: random ones for passages, those of the questions computed beforehand."""

    fingerprint = "benchmark-of-own-policies"

    def __init__(self, vectors: SentenceVectors, questions: Sequence[str]) -> None:
        self._known = {question: vectors.encode([question]) for question in questions}
        self._random = np.random.default_rng(0)

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        if len(texts) == 1 and texts[0] in self._known:
            return self._known[texts[0]]
        made = self._random.standard_normal((len(texts), DIMENSIONS), dtype=np.float32)
        return made / np.linalg.norm(made, axis=1, keepdims=True)


def _own_policies(library: Library, vectors: SentenceVectors, texts: Sequence[str], progress: Progress) -> list[Figure]:
    said = [words_of(part) for article in library.articles.values() for part in article.detail]
    words = " ".join(said).split()
    shuffled = random.Random(0)
    passages = [
        LocalPassage(f"d{number // 100}", "Policy", f"page {number % 100}", " ".join(shuffled.choices(words, k=OWN_WORDS)),
                     dt.date(2026, 1, 1))
        for number in range(OWN_PASSAGES)
    ]  # fmt: skip
    ready: object = _Ready(vectors, texts)
    with tempfile.TemporaryDirectory() as folder:
        LocalIndex(passages, ready, Path(folder), "own", library.outside)  # type: ignore[arg-type]
        progress(0.8)
        begin = time.perf_counter()
        index = LocalIndex(passages, ready, Path(folder), "own", library.outside)  # type: ignore[arg-type]
        built = time.perf_counter() - begin
    (took,) = _times(list(texts), index.find)
    progress(1.0)
    name = f"own policies, {OWN_PASSAGES:,} passages"
    return [
        Figure("search", f"{name}: p50 a question", quantile(took, 50), "ms", aim=OWN_AIM),
        Figure("search", f"{name}: p99 a question", quantile(took, 99), "ms"),
        Figure("search", f"{name}: index built, vectors at hand", built, "s"),
    ]


def _times(texts: list[str], *works: Callable[[str], object]) -> list[list[float]]:
    """Milliseconds of each work on each text, in alternation."""
    times: list[list[float]] = [[] for _ in works]
    for text in texts:
        for measured, work in zip(times, works, strict=True):
            begin = time.perf_counter()
            work(text)
            measured.append((time.perf_counter() - begin) * 1000)
    return times
