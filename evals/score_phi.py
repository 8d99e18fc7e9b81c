"""How well redaction works: ``python evals/score_phi.py [development|final]``.

A labelled message has ``text``, ``redact`` (spans that must go) and ``keep`` (look-alikes that must stay).
A span is gone when none of its words is left: the year of a date may stay, and so may a word that the
text has elsewhere too. Prints the failures of the development set only; of the final set, the totals.
"""

import json
import re
import statistics
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

from bot.privacy import Redaction, Redactor
from bot.services import load_vectors
from bot.settings import settings

RECALL, KEPT, MILLISECONDS = 0.98, 0.95, 8.0
_TOKEN = re.compile(r"\w+")
_YEAR = re.compile(r"(?:19|20)\d\d")


def gone(span: str, kind: str, text: str, output: str, others: list[str]) -> bool:
    """Whether no word of ``span`` is left in ``output`` beyond those that ``text`` has outside all spans."""
    left = Counter(_TOKEN.findall(re.sub(r"\[[a-z][a-z ]*(?:, \d{4})?\]", " ", output)))
    outside = Counter(_TOKEN.findall(text))
    for other in others:
        outside.subtract(_TOKEN.findall(other))
    if kind == "date" and span not in output:
        outside.update(token for token in _TOKEN.findall(span) if _YEAR.fullmatch(token))
    return all(left[token] <= max(0, outside[token]) for token in _TOKEN.findall(span))


def measure(path: Path, redactor: Redactor, show: bool) -> tuple[float, float, float]:
    """Print the figures of one labelled file and return recall, look-alikes kept, and milliseconds (median)."""
    rows: list[dict[str, Any]] = [
        json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()
    ]
    for row in rows[:20]:
        redactor.redact(row["text"])
    times: list[float] = []
    spans = went = looks = stayed = 0
    for row in rows:
        start = time.perf_counter()
        result: Redaction = redactor.redact(row["text"])
        times.append((time.perf_counter() - start) * 1000)
        others = [item["span"] for item in row["redact"]]
        missed = [x for x in row["redact"] if not gone(x["span"], x["kind"], row["text"], result.text, others)]
        lost = [keep for keep in row["keep"] if keep not in result.text]
        spans, went = spans + len(others), went + len(others) - len(missed)
        looks, stayed = looks + len(row["keep"]), stayed + len(row["keep"]) - len(lost)
        if show and (missed or lost):
            print(f"{row['id']}: {row['text']!r}\n  -> {result.text!r}")
            for item in missed:
                print(f"  MISSED {item['kind']}: {item['span']}")
            for keep in lost:
                print(f"  LOST {keep}")
    p50, p95 = statistics.median(times), statistics.quantiles(times, n=20)[-1]
    print(f"{path.stem}: {len(rows)} messages")
    print(f"  recall            {went / spans:7.2%}  ({went} of {spans}; at least {RECALL:.0%})")
    print(f"  look-alikes kept  {stayed / looks:7.2%}  ({stayed} of {looks}; at least {KEPT:.0%})")
    print(f"  time a message    p50 {p50:.1f} ms, p95 {p95:.1f} ms (p50 at most {MILLISECONDS:g} ms)")
    return went / spans, stayed / looks, p50


def passes(path: Path, redactor: Redactor, show: bool) -> bool:
    """Whether all three figures of one labelled file are within their thresholds."""
    recall, kept, milliseconds = measure(path, redactor, show)
    return recall >= RECALL and kept >= KEPT and milliseconds <= MILLISECONDS


def main() -> int:
    """Score the named sets (both by default); 1 when a threshold is missed."""
    names = sys.argv[1:] or ["development", "final"]
    redactor = Redactor(load_vectors(settings().cache_dir))
    folder = Path(__file__).parent / "phi"
    verdicts = [passes(folder / f"{name}.jsonl", redactor, show=name != "final") for name in names]
    return 0 if all(verdicts) else 1


if __name__ == "__main__":
    sys.exit(main())
