"""Scores the library on its development questions: right article first, among three, answered wrongly, or refused.

A line of ``tests/library/questions.jsonl`` names the articles that answer it; one that names none is outside
what the advisor covers, and should not be answered.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter

from rich.console import Console
from rich.progress import track
from rich.table import Table

from bot.library import Context
from bot.services import build
from bot.settings import ROOT, settings

QUESTIONS = ROOT / "tests" / "library" / "questions.jsonl"


def main() -> None:
    """Prints the table and the questions that went wrong."""
    console = Console()
    with console.status("Loading the library"):
        answerer = build(settings()).answerer
    context = Context(today=dt.date.today())  # noqa: DTZ011 - the visitor's day
    counts: Counter[str] = Counter()
    for line in track(QUESTIONS.read_text("utf-8").splitlines(), "Asking", console=console):
        entry = json.loads(line)
        answer = answerer.answer(entry["question"], context)
        outcome = verdict(entry["articles"], answer.kind, answer.articles)
        counts[outcome] += 1
        counts["inside" if entry["articles"] else "outside"] += 1
        if outcome in ("answered wrongly", "answered though outside"):
            console.print(
                f"{outcome}: {entry['question']} → {', '.join(answer.articles)}", highlight=False, markup=False
            )
    console.print(_table(counts))


def verdict(right: list[str], kind: str, shown: list[str]) -> str:
    """What happened to a question, in words."""
    if not right:
        return "answered though outside" if kind == "answer" else "not answered, being outside"
    if kind == "answer":
        return "answered rightly" if shown[0] in right else "answered wrongly"
    return "offered among titles" if set(shown) & set(right) else "refused though known"


def _table(counts: Counter[str]) -> Table:
    table = Table("", "questions", "share", title="Answers of the library")
    for name, base in (
        ("answered rightly", "inside"),
        ("offered among titles", "inside"),
        ("answered wrongly", "inside"),
        ("refused though known", "inside"),
        ("not answered, being outside", "outside"),
        ("answered though outside", "outside"),
    ):
        table.add_row(name, str(counts[name]), f"{counts[name] / max(counts[base], 1):.1%}")
    return table


if __name__ == "__main__":
    main()
