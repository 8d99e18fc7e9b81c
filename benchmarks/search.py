"""Search of the library for one question, in this process, beside the question's sentence vector alone."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable

from benchmarks.report import Figure, Progress, quantile
from benchmarks.talk import questions
from bot.language.vectors import SentenceVectors, build_model
from bot.library import Context, Search, load_library
from bot.library.context import current_day
from bot.settings import settings

QUESTIONS = 300
AGAINST = "its vector alone"


async def run(progress: Progress) -> list[Figure]:
    """Milliseconds a question, no vector remembered from before."""
    library = load_library(settings().knowledge_dir)
    vectors = SentenceVectors(build_model(settings().cache_dir), remember=0)
    search, context = Search(library, vectors, settings().cache_dir), Context(today=current_day())
    texts = list(itertools.islice(questions(), QUESTIONS))
    found, bare = _times(texts, lambda text: search.find(text, context), lambda text: vectors.encode([text]))
    progress(1.0)
    return [
        Figure("search", f"p{percent} a question", quantile(found, percent), "ms", quantile(bare, percent), AGAINST)
        for percent in (50, 99)
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
