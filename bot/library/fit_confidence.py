"""Fits the confidence curve on labelled questions and writes ``confidence.json``.

    python -m bot.library.fit_confidence tests/library/questions.jsonl knowledge var/cache

Each line of the questions is ``{"question", "articles", "context"?}``; ``articles`` are the ids that answer it,
none for a question outside the library. Run it again when the search's weights change. Needs scikit-learn.
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
from sklearn.model_selection import cross_val_predict

from bot.language.vectors import SentenceVectors, build_model
from bot.library.confidence import COEFFICIENTS, Evidence
from bot.library.context import Context, current_day
from bot.library.loading import load_library
from bot.library.search import Search

ANSWER = 0.5  # the threshold for which figures are printed


def evidence_and_labels(
    search: Search, rows: list[dict[str, Any]], today: dt.date
) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """What the search saw for the best article of each question, and whether that article answers it."""
    evidence, labels = [], []
    for row in rows:
        context = Context(today=today, **row.get("context", {}))
        for article, _, seen, _ in search.evidence(row["question"], context, limit=1):
            evidence.append(astuple(seen))
            labels.append(article.id in row["articles"])
    return np.array(evidence), np.array(labels)


def main(questions: str, knowledge: str, cache: str) -> None:
    """Fits, prints the figures of a ten-fold cross-validation, writes the coefficients."""
    library = load_library(Path(knowledge))
    search = Search(library, SentenceVectors(build_model(Path(cache))), Path(cache))
    lines = Path(questions).read_text(encoding="utf-8").splitlines()
    rows = [
        row for row in map(json.loads, lines) if not row["articles"] or set(row["articles"]) & set(library.articles)
    ]
    evidence, labels = evidence_and_labels(search, rows, current_day())
    curve = LogisticRegression(C=100.0, max_iter=1000)
    held_out = cross_val_predict(curve, evidence, labels, cv=10, method="predict_proba")[:, 1]
    known = np.array([bool(row["articles"]) for row in rows])
    answered = held_out >= ANSWER
    print(
        f"{len(rows)} questions, {int(known.sum())} of them in the library; best article right: {labels[known].mean():.1%}"
    )
    print(f"answered rightly {(answered & labels)[known].mean():.1%}, wrongly {(answered & ~labels)[known].mean():.1%}")
    print(f"out of scope answered {answered[~known].mean():.1%}; Brier score {np.mean((held_out - labels) ** 2):.3f}")
    curve.fit(evidence, labels)
    weights = dict(zip(Evidence.__dataclass_fields__, np.round(curve.coef_[0], 3).tolist(), strict=True))
    fitted = {"intercept": round(float(curve.intercept_[0]), 3), "weights": weights}
    COEFFICIENTS.write_text(json.dumps(fitted, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:4])
