"""How sure a hit is: a logistic curve over what the search saw, fitted on labelled questions.

The coefficients lie in ``confidence.json``; ``tests/library/fit_confidence.py`` makes them anew.
"""

from __future__ import annotations

import json
import math
from dataclasses import astuple, dataclass
from pathlib import Path

COEFFICIENTS = Path(__file__).with_name("confidence.json")


@dataclass(frozen=True)
class Evidence:
    """What speaks for one article as the answer to a question, and what against it.

    Attributes:
        match: the article's score by its text, less what the conversation takes from it.
        outside: cosine of the question and the nearest subject that the library does not cover.
        lead: its score less the best other article's; negative where another leads.
        brevity: one over the number of the question's words that are no stop words: a bare 'hipaa' asks nothing yet.
    """

    match: float
    outside: float
    lead: float
    brevity: float


class Confidence:
    """Evidence to a probability that the article answers the question."""

    def __init__(self, path: Path = COEFFICIENTS) -> None:
        fitted = json.loads(path.read_text(encoding="utf-8"))
        self._intercept = float(fitted["intercept"])
        self._weights = [float(fitted["weights"][name]) for name in Evidence.__dataclass_fields__]

    def of(self, evidence: Evidence) -> float:
        """1 / (1 + e^−z) for the weighted sum z."""
        z = self._intercept + sum(
            weight * value for weight, value in zip(self._weights, astuple(evidence), strict=True)
        )
        return 1 / (1 + math.exp(-z))
