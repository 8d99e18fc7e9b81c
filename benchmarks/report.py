"""Figures, the table that shows them, and the file that keeps them."""

from __future__ import annotations

import datetime as dt
import json
import os
import platform
import statistics
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Literal

from rich.console import Console
from rich.table import Table

from benchmarks.process import ROOT

Progress = Callable[[float], None]
"""Called with the share done, 0 to 1."""

LATEST = ROOT / "benchmarks" / "results" / "latest.json"


@dataclass(frozen=True)
class Figure:
    """One measured value.

    Attributes:
        baseline: what ``value`` is compared with, in the same unit and of the same run; None where nothing compares.
        against: the baseline in words.
        aim: the bound of ``value``, or of the ratio where ``aim_of`` says so; None where there is none.
        at_least: the aim is a lower bound.
    """

    part: str
    name: str
    value: float
    unit: str
    baseline: float | None = None
    against: str = ""
    aim: float | None = None
    aim_of: Literal["value", "ratio"] = "value"
    at_least: bool = False

    @property
    def ratio(self) -> float | None:
        """Value over baseline."""
        return self.value / self.baseline if self.baseline else None

    @property
    def met(self) -> bool | None:
        """Whether the aim was met; None where there is none."""
        judged = self.value if self.aim_of == "value" else self.ratio
        if self.aim is None or judged is None:
            return None
        return judged >= self.aim if self.at_least else judged <= self.aim


def quantile(values: Sequence[float], percent: int) -> float:
    """The ``percent``-th percentile, of at least two values."""
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


def machine() -> dict[str, object]:
    """The machine and how busy it is: what the figures were measured on."""
    return {
        "python": platform.python_version(), "system": platform.platform(), "cores": os.cpu_count(),
        "load_average": [round(load, 2) for load in os.getloadavg()],
    }  # fmt: skip


def show(figures: Sequence[Figure], console: Console) -> None:
    """Prints the table. A missed aim is marked, and nothing fails: the machine may be busy."""
    table = Table("", "", "measured", "baseline", "ratio", "aim", "", title=_title())
    part = ""
    for figure in figures:
        if figure.part != part and part:
            table.add_section()
        table.add_row(
            figure.part if figure.part != part else "", figure.name, _number(figure.value, figure.unit),
            f"{_number(figure.baseline, figure.unit)}  [dim]{figure.against}[/]" if figure.baseline is not None else "",
            f"{figure.ratio:.3g}" if figure.ratio is not None else "", _aim(figure),
            {True: "[green]met[/]", False: "[red]missed[/]", None: ""}[figure.met],
        )  # fmt: skip
        part = figure.part
    console.print(table)


def save(figures: Sequence[Figure], before: dict[str, object]) -> None:
    """Writes the figures and the machine, before and after, to ``results/latest.json``."""
    document = {
        "at": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"), "before": before, "after": machine(),
        "figures": [asdict(figure) | {"ratio": figure.ratio, "met": figure.met} for figure in figures],
    }  # fmt: skip
    LATEST.parent.mkdir(parents=True, exist_ok=True)
    LATEST.write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")


def _title() -> str:
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    return f"{os.cpu_count()} cores, load average {load} (1, 5, 15 minutes)"


def _number(value: float, unit: str) -> str:
    return f"{value:,.{0 if value >= 1000 else 1 if value >= 10 else 2}f} {unit}"


def _aim(figure: Figure) -> str:
    if figure.aim is None:
        return ""
    unit = figure.unit if figure.aim_of == "value" else "× baseline"
    return f"{'≥' if figure.at_least else '≤'} {figure.aim:g} {unit}"
