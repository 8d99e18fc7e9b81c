"""``python -m benchmarks [PART]...``: measures all parts, or those named."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from enum import StrEnum
from importlib import import_module
from typing import Annotated, Optional

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from benchmarks import report


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


Run = Callable[[report.Progress], Awaitable[list[report.Figure]]]


def main(
    parts: Annotated[Optional[list[Part]], typer.Argument(help="What to measure; all by default.")] = None,
) -> None:  # noqa: UP045 (typer reads it)
    """Measure speed and memory against baselines of the same run; results go to benchmarks/results/latest.json."""
    console, before = Console(), report.machine()
    figures: list[report.Figure] = []
    with Progress(
        TextColumn("{task.description:<12}"), BarColumn(), TimeElapsedColumn(), console=console, transient=True
    ) as bars:
        for part in parts or list(Part):
            task = bars.add_task(part.value, total=1.0)
            run: Run = import_module(f"benchmarks.{part.value}").run
            figures += asyncio.run(run(lambda share, task=task: bars.update(task, completed=share)))
            bars.update(task, completed=1.0)
            report.save(figures, before)
    report.show(figures, console)
    console.print(f"Written to {report.LATEST.relative_to(report.ROOT)}")


if __name__ == "__main__":
    typer.run(main)
