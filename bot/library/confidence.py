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
    """What speaks for one article as the answer to a question; all from −1 or 0 to 1.

    Attributes:
        fused: the article's score.
        margin: its lead over the best other article; negative where another leads.
        cosine: of the question and the article's nearest passage.
        overlap: share of the question's words that the article has, each weighted by how much it tells.
    """

    fused: float
    margin: float
    cosine: float
    overlap: float


class Confidence:
    """Evidence to a probability that the article answers the question."""

    def __init__(self, path: Path = COEFFICIENTS) -> None:
        fitted = json.loads(path.read_text(encoding="utf-8"))
        self._intercept = float(fitted["intercept"])
        self._weights = [float(fitted["weights"][name]) for name in Evidence.__dataclass_fields__]

    def of(self, evidence: Evidence) -> float:
        """1 / (1 + e^−z) for the weighted sum z."""
        z = self._intercept + sum(weight * value for weight, value in zip(self._weights, astuple(evidence), strict=True))
        return 1 / (1 + math.exp(-z))
