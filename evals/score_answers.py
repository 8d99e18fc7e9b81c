"""Scores the library on ``evals/questions/*.jsonl``: the right article first, its facts shown, a wrong statement shown, abstained.

A line names the articles that are a right first answer, patterns of the facts that a right answer must convey, and
patterns of statements that would be wrong or outdated. ``answerable`` is false for what the advisor does not cover.
The questions were written from the topics and the sources alone, by somebody who had not read the articles; none of
them may be copied into ``knowledge/``. A fact counts as shown at once in the short answer, or one tap away under
'More detail' and 'What to do'.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.progress import track
from rich.table import Table

from bot.blocks import plain
from bot.library import Answerer, Context
from bot.library.context import current_day
from bot.services import build
from bot.settings import ROOT, settings

QUESTIONS = ROOT / "evals" / "questions"
COLUMNS = ("answered", "right article", "facts at once", "facts in one tap", "wrong statement", "offered", "abstained")
OUTSIDE = "outside, answered"


def main() -> None:
    """Prints each failure, then the table by topic and in all."""
    console = Console()
    with console.status("Loading the library"):
        answerer = build(settings()).answerer
    rows = [json.loads(line) for file in sorted(QUESTIONS.glob("*.jsonl")) for line in file.open(encoding="utf-8")]
    counts: dict[str, Counter[str]] = {}
    for row in track(rows, "Asking", console=console):
        seen = outcome(answerer, row)
        for topic in (row["topic"], "all"):
            counts.setdefault(topic, Counter()).update(seen)
        if row["answerable"] and not {"right article", "facts in one tap"} <= seen.keys():
            what = ", ".join(name for name in COLUMNS if name in seen)
            console.print(f"{row['id']} ({what}): {row['question']}", highlight=False, markup=False)
    console.print(_table(counts))


def outcome(answerer: Answerer, row: Mapping[str, Any]) -> Counter[str]:
    """What happened to one question: names of ``COLUMNS``, and ``inside`` or ``outside``."""
    answer = answerer.answer(row["question"], Context(today=current_day()))
    if not row["answerable"]:
        return Counter(["outside", *([OUTSIDE] if answer.kind == "answer" else [])])
    if answer.kind != "answer":
        return Counter(["inside", "offered" if set(answer.articles) & set(row["articles"]) else "abstained"])
    article = answer.articles[0]
    short = plain(answer.blocks)
    whole = "\n".join((short, plain(answerer.detail(article)), plain(answerer.steps(article))))
    seen = Counter(["inside", "answered"])
    seen["right article"] += article in row["articles"]
    seen["facts at once"] += _all_in(row["facts"], short)
    seen["facts in one tap"] += _all_in(row["facts"], whole)
    seen["wrong statement"] += any(re.search(pattern, short, re.IGNORECASE) for pattern in row["wrong"])
    return +seen


def _all_in(patterns: list[str], text: str) -> bool:
    return all(re.search(pattern, text, re.IGNORECASE) for pattern in patterns)


def _table(counts: dict[str, Counter[str]]) -> Table:
    table = Table("topic", "questions", *COLUMNS, OUTSIDE, title="Answers of the library, share of the questions")
    for topic, seen in counts.items():
        shares = [f"{seen[name] / max(1, seen['inside']):.1%}" for name in COLUMNS]
        table.add_row(topic, str(seen["inside"]), *shares, f"{seen[OUTSIDE]} of {seen['outside']}")
    return table


if __name__ == "__main__":
    main()
