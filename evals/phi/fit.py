"""Fits the redaction's two models on the labelled messages: `python evals/phi/fit.py [SET …]`.

Each message is seen as it is and in variants: other names, other numbers, other case, and with a part of its details
already marked, as in the redactor's second pass. The seed is fixed, so the same messages give the same weights.
"""

import json
import random
import re
import sys
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pycrfsuite
from rich.progress import track
from sklearn.linear_model import LogisticRegression

from bot.privacy.keep import Keeper
from bot.privacy.redactor import DEFAULT_MODEL, Rules, people_finder
from bot.privacy.tagger import (
    KINDS,
    ContextModel,
    Features,
    Found,
    Token,
    Vectors,
    WordVectors,
    contexts_of,
    tokens_of,
)
from bot.privacy.words import word_list
from bot.services import load_vectors
from bot.settings import settings

HERE = Path(__file__).parent
DATA = HERE.parents[1] / "bot" / "privacy" / "data"
VARIANTS = 4
FOLDS = 4
KIND = {"name": "name", "date": "date", "address": "place", "age": "age"}
Message = dict[str, Any]
Labelled = tuple[str, list[tuple[int, int, str]]]


def read(path: Path) -> list[Labelled]:
    """Texts with their labelled spans as (start, end, kind)."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [(row["text"], _spans(row)) for row in rows]


def _spans(row: Message) -> list[tuple[int, int, str]]:
    found, start = [], 0
    for label in row["redact"]:
        start = row["text"].index(label["span"], start)
        found.append((start, start + len(label["span"]), KIND.get(label["kind"], "id")))
        start = found[-1][1]
    return found


class Variants:
    """Makes a message say the same of somebody else."""

    def __init__(self, seed: int = 7) -> None:
        self.random = random.Random(seed)
        self.given = [sorted(word_list("given_names")), sorted(word_list("given_names_ambiguous"))]
        self.surnames = [sorted(word_list("surnames")), sorted(word_list("surnames_ambiguous"))]
        self.towns = sorted(word_list("towns"))

    def of(self, message: Labelled) -> Labelled:
        """One variant."""
        text, spans = message
        parts, labels, last, length = [], [], 0, 0
        blind = self.random.random() < 0.3
        for start, end, kind in spans:
            parts.append(text[last:start])
            length += start - last
            span = text[start:end]
            if blind and self.random.random() < 0.5:
                parts.append("▮" * self.random.randint(4, 12))
            else:
                parts.append(self._other(span, kind))
                labels.append((length, length + len(parts[-1]), kind))
            length += len(parts[-1])
            last = end
        parts.append(text[last:])
        made = "".join(parts)
        choice = self.random.random()
        if choice < 0.25 and made.lower() != made and len(made.lower()) == len(made):
            made = made.lower()
        elif choice < 0.28 and len(made.upper()) == len(made):
            made = made.upper()
        return made, labels

    def _other(self, span: str, kind: str) -> str:
        if kind == "name" and self.random.random() < 0.8:
            return re.sub(r"[^\W\d_]{2,}", lambda word: self._name(word[0], word.start() == 0), span)
        if kind == "place" and self.random.random() < 0.5 and not any(c.isdigit() for c in span):
            return self._cased(self.random.choice(self.towns), span)
        if kind in ("id", "place", "date"):
            return re.sub(r"\d", lambda _: str(self.random.randint(1, 9)), span) if kind != "date" else span
        return span

    def _name(self, word: str, first: bool) -> str:
        lists = self.given if first else self.surnames
        rare = self.random.random()
        if rare < 0.15:
            syllables = [
                "ka",
                "lo",
                "mi",
                "wen",
                "tu",
                "sha",
                "dri",
                "bo",
                "ye",
                "nak",
                "ol",
                "zha",
                "pri",
                "ete",
                "quin",
            ]
            made = "".join(self.random.choices(syllables, k=self.random.randint(2, 3)))
        else:
            made = self.random.choice(lists[1] if rare < 0.5 else lists[0])
        return self._cased(made, word)

    @staticmethod
    def _cased(made: str, like: str) -> str:
        if like.isupper() and len(like) > 1:
            return made.upper()
        return made.title() if like[:1].isupper() else made


@dataclass(frozen=True)
class Row:
    """One text as the tagger sees it; ``message`` tells which message it is a variant of, ``variant`` 0 is itself."""

    message: int
    variant: int
    text: str
    tokens: list[Token]
    labels: list[str]
    rules: list[Found]
    contexts: Vectors


def rows_of(messages: list[Labelled], rules: Rules, vectors: WordVectors) -> list[Row]:
    """Every message and its variants."""
    variants, rows = Variants(), []
    for number, message in enumerate(track(messages, "Reading the messages")):
        for variant in range(VARIANTS + 1):
            text, spans = message if variant == 0 else variants.of(message)
            if tokens := tokens_of(text):
                contexts = contexts_of(text, tokens, vectors)
                rows.append(Row(number, variant, text, tokens, _labels(tokens, spans), rules(text), contexts))
    return rows


def fit_contexts(rows: list[Row]) -> bytes:
    """The softmax regression from contexts to kinds, as the bytes of ``contexts.npz``."""
    seen = [row for row in rows if row.variant <= 1]
    x = np.concatenate([row.contexts for row in seen])
    y = [0 if label == "O" else 1 + KINDS.index(label[2:]) for row in seen for label in row.labels]
    mean, deviation = x.mean(axis=0), x.std(axis=0) + 1e-6
    model = LogisticRegression(C=0.02, max_iter=150).fit((x - mean) / deviation, y)
    weights = (model.coef_ / deviation).T.astype(np.float32)
    bias = (model.intercept_ - (model.coef_ / deviation) @ mean).astype(np.float32)
    file = BytesIO()
    np.savez(file, weights=weights, bias=bias)
    return file.getvalue()


def fit(rows: list[Row], keeper: Keeper, folder: Path) -> None:
    """Writes both models to ``folder``. The second learns from chances of the first that had not seen the message."""
    features, trainer = Features(keeper), pycrfsuite.Trainer(verbose=False)
    trainer.set_params({"c1": 0.05, "c2": 0.02, "max_iterations": 120, "feature.possible_transitions": True})
    for fold in track(range(FOLDS), "Fitting the contexts"):
        blind = ContextModel(fit_contexts([row for row in rows if row.message % FOLDS != fold]))
        for row in rows:
            if row.message % FOLDS == fold:
                trainer.append(features.of(row.text, row.tokens, row.rules, blind.chances(row.contexts)), row.labels)
    (folder / "contexts.npz").write_bytes(fit_contexts(rows))
    trainer.train(str(folder / "tagger.crfsuite"))


def _labels(tokens: list[Any], spans: list[tuple[int, int, str]]) -> list[str]:
    labels = []
    for token in tokens:
        span = next(((s, e, kind) for s, e, kind in spans if s < token.end and token.start < e), None)
        labels.append("O" if span is None else ("B-" if token.start <= span[0] else "I-") + span[2])
    return labels


def main() -> int:
    """Fits on the development messages."""
    messages = [message for name in sys.argv[1:] or ["development"] for message in read(HERE / f"{name}.jsonl")]
    keeper = Keeper()
    rules, vectors = Rules(keeper, people_finder(DEFAULT_MODEL)), load_vectors(settings().cache_dir)
    fit(rows_of(messages, rules, vectors), keeper, DATA)
    print(f"Fitted on {len(messages)} messages; the weights lie in {DATA}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
