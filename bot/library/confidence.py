"""How sure a hit is: a logistic curve over what the search saw, fitted on labelled questions.

The coefficients lie in ``confidence.json``; ``tests/library/fit_confidence.py`` makes them anew.
"""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

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
    """Evidence to a probability that it answers the question. The file at ``path`` names the evidence's fields."""

    def __init__(self, path: Path = COEFFICIENTS) -> None:
        fitted = json.loads(path.read_text(encoding="utf-8"))
        self._intercept = float(fitted["intercept"])
        self._weights = {name: float(weight) for name, weight in fitted["weights"].items()}

    def of(self, evidence: Any) -> float:
        """1 / (1 + e^−z) for the weighted sum z of a dataclass's fields, such as `Evidence`'s."""
        values = asdict(evidence)
        z = self._intercept + sum(weight * values[name] for name, weight in self._weights.items())
        return 1 / (1 + math.exp(-z))
