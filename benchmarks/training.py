"""Training the model, the vectors of the passages at hand."""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time

from benchmarks.process import ROOT, environment
from benchmarks.report import Figure, Progress

TRAIN = [sys.executable, "-m", "bot.cli", "train"]
AIM = 30.0
AGAINST = "same command, nothing to train"


async def run(progress: Progress) -> list[Figure]:
    """Seconds by the clock and seconds of the processor, in a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="benchmark-models-") as models:
        subprocess.run(
            [sys.executable, "-m", "bot.cli", "setup"], cwd=ROOT, env=environment(), check=True, capture_output=True
        )
        progress(0.2)
        trained, processor = _timed(models, "--force")
        progress(0.9)
        nothing, bare_processor = _timed(models)
    return [
        Figure("training", "by the clock", trained, "s", nothing, AGAINST, AIM),
        Figure("training", "processor time, all cores", processor, "s", bare_processor, AGAINST),
    ]


def _timed(models: str, *options: str) -> tuple[float, float]:
    before, begin = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(
        [*TRAIN, *options], cwd=ROOT, env=environment(ADVISOR_MODELS_DIR=models), check=True, capture_output=True
    )
    seconds, after = time.perf_counter() - begin, resource.getrusage(resource.RUSAGE_CHILDREN)
    return seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
