"""``python -m benchmarks [PART]...``: measures all parts, or those named."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Coroutine
from enum import StrEnum
from functools import partial
from importlib import import_module
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from benchmarks import report
from benchmarks.process import ROOT


class Part(StrEnum):
    """What can be measured; each is a module of this package."""

    TURNS = "turns"
    THROUGHPUT = "throughput"
    START = "start"
    MEMORY = "memory"
    TRAINING = "training"
    LONG = "long"
    REDACTION = "redaction"
    SEARCH = "search"


Run = Callable[[report.Progress], Coroutine[Any, Any, list[report.Figure]]]


def main(
    parts: Annotated[list[Part] | None, typer.Argument(help="What to measure; all by default.")] = None,
) -> None:
    """Measure speed and memory against baselines of the same run; results go to benchmarks/results/latest.json.

    A missed aim is marked and fails nothing; a part that could not be measured ends in exit code 1.
    """
    console, before = Console(width=None if sys.stdout.isatty() else 130), report.machine()
    figures: list[report.Figure] = []
    failed: list[Part] = []
    with Progress(
        TextColumn("{task.description:<12}"), BarColumn(), TimeElapsedColumn(), console=console, transient=True
    ) as bars:
        for part in parts or list(Part):
            task = bars.add_task(part.value, total=1.0)
            run: Run = import_module(f"benchmarks.{part.value}").run
            try:
                figures += asyncio.run(run(partial(_advance, bars, task)))
            except Exception as failure:  # the other parts can still be measured
                failed.append(part)
                console.print(f"[bold red]{part.value} was not measured.[/] {escape(str(failure))}", highlight=False)
            _advance(bars, task, 1.0)
            report.save(figures, before)
    report.show(figures, console)
    console.print(f"Written to {report.LATEST.relative_to(ROOT)}")
    raise typer.Exit(1 if failed else 0)


def _advance(bars: Progress, task: TaskID, share: float) -> None:
    bars.update(task, completed=share)


if __name__ == "__main__":
    typer.run(main)
