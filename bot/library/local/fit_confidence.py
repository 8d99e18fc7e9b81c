"""Fits the confidence curve for own policies on labelled questions and writes ``confidence.json`` beside this file.

    python -m bot.library.local.fit_confidence tests/library/local knowledge var/cache

The folder holds ``fitting/`` and ``held_out/`` with invented policies, and beside each a ``.jsonl`` of
``{"question", "passage"}``: the heading of the passage that answers, or null where none does. The held-out set is only
scored. Needs scikit-learn.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from dataclasses import astuple
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from bot.language.vectors import SentenceVectors, build_model
from bot.library.loading import load_library
from bot.library.local.converting import Limits, convert
from bot.library.local.index import COEFFICIENTS, LocalEvidence, LocalIndex, LocalPassage

LIMITS = Limits(max_bytes=1_000_000, max_passages=1_000)
ANSWER = 0.5  # the threshold for which figures are printed


def index_of(folder: Path, vectors: SentenceVectors, cache: Path, outside: tuple[str, ...]) -> LocalIndex:
    """An index over the policies in a folder."""
    documents = [(path.name, convert(path.name, path.read_bytes(), LIMITS)) for path in sorted(folder.glob("*.md"))]
    day = dt.date(2026, 7, 1)
    passages = [
        LocalPassage(name, document.title, piece.locator, piece.text, day, ordinal)
        for name, document in documents
        for ordinal, piece in enumerate(document.passages)
    ]
    return LocalIndex(passages, vectors, cache, f"policies-{folder.name}", outside)


def questions_of(path: Path) -> list[tuple[str, str | None]]:
    """(question, heading of the passage that answers it or None) of each line."""
    rows: list[dict[str, Any]] = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [(row["question"], row["passage"]) for row in rows]


def figures(rows: list[tuple[str, str | None]], index: LocalIndex) -> dict[str, float]:
    """Shares, 0 to 1: related questions answered, with the very passage, and unrelated ones answered."""
    hits = [(wanted, index.find(question)) for question, wanted in rows]
    sure = [(wanted, hit.passage.locator if hit and hit.confidence >= ANSWER else None) for wanted, hit in hits]
    related = [(wanted, given) for wanted, given in sure if wanted is not None]
    unrelated = [given for wanted, given in sure if wanted is None]
    return {
        "related answered": sum(given is not None for _, given in related) / len(related),
        "with the very passage": sum(given == wanted for wanted, given in related) / len(related),
        "unrelated answered": sum(given is not None for given in unrelated) / len(unrelated),
    }


def main(folder: str, knowledge: str, cache: str) -> None:
    """Fits on one set, writes the coefficients, prints the figures of both."""
    vectors = SentenceVectors(build_model(Path(cache)))
    outside = load_library(Path(knowledge)).outside
    indexes = {name: index_of(Path(folder) / name, vectors, Path(cache), outside) for name in ("fitting", "held_out")}
    rows = {name: questions_of(Path(folder) / f"{name}.jsonl") for name in indexes}
    seen, labels = [], []
    for question, wanted in rows["fitting"]:
        if found := indexes["fitting"].evidence(question):
            seen.append(astuple(found[1]))
            labels.append(wanted is not None)  # a neighbour of the right passage is still the hospital's word on it
    curve = LogisticRegression(C=10.0, max_iter=1000).fit(np.array(seen), labels)
    weights = dict(zip(LocalEvidence.__dataclass_fields__, np.round(curve.coef_[0], 3).tolist(), strict=True))
    fitted = {"intercept": round(float(curve.intercept_[0]), 3), "weights": weights}
    COEFFICIENTS.write_text(json.dumps(fitted, indent=2) + "\n", encoding="utf-8")
    for name in indexes:
        again = index_of(Path(folder) / name, vectors, Path(cache), outside)
        print(name, len(rows[name]), {what: f"{share:.1%}" for what, share in figures(rows[name], again).items()})


if __name__ == "__main__":
    main(*sys.argv[1:4])
