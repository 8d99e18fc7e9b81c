"""Redaction of one message, in this process, beside the name recogniser alone that it builds on."""

from __future__ import annotations

import json
import time
from collections.abc import Callable

import spacy

from benchmarks.process import ROOT
from benchmarks.report import Figure, Progress, quantile
from bot.privacy import Redactor
from bot.services import load_vectors
from bot.settings import settings

AIM = 8.0
NOT_NAMES = ["tagger", "parser", "attribute_ruler", "lemmatizer", "senter"]
AGAINST = "spaCy's names alone"


async def run(progress: Progress) -> list[Figure]:
    """Milliseconds a message of the labelled set in evals/phi."""
    path = ROOT / "evals" / "phi" / "development.jsonl"
    texts = [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    redactor, names = (
        Redactor(load_vectors(settings().cache_dir), settings().spacy_model),
        spacy.load(settings().spacy_model, exclude=NOT_NAMES),
    )
    whole = _times(redactor.redact, texts)
    progress(0.7)
    bare = _times(names, texts)
    return [
        Figure("redaction", "p50 a message", quantile(whole, 50), "ms", quantile(bare, 50), AGAINST, AIM),
        Figure("redaction", "p99 a message", quantile(whole, 99), "ms", quantile(bare, 99), AGAINST),
    ]


def _times(work: Callable[[str], object], texts: list[str]) -> list[float]:
    for text in texts[:20]:
        work(text)
    times = []
    for text in texts:
        begin = time.perf_counter()
        work(text)
        times.append((time.perf_counter() - begin) * 1000)
    return times
