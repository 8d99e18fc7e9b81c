"""Training the model, the vectors of the passages at hand."""

from __future__ import annotations

import resource
import subprocess
import tempfile
import time

from benchmarks.process import CLI, ROOT, Failed, environment
from benchmarks.report import Figure, Progress

AIM = 30.0
AGAINST = "same command, nothing to train"


async def run(progress: Progress) -> list[Figure]:
    """Seconds by the clock and seconds of the processor, in a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="benchmark-models-") as models:
        _timed(models, "setup")  # the vectors
        progress(0.4)
        seconds, processor = _timed(models, "train", "--force")
        progress(0.9)
        bare_seconds, bare_processor = _timed(models, "train")
    return [
        Figure("training", "by the clock", seconds, "s", bare_seconds, AGAINST, AIM),
        Figure("training", "processor time, all cores", processor, "s", bare_processor, AGAINST),
    ]


def _timed(models: str, *command: str) -> tuple[float, float]:
    """Runs a command of the advisor; gives its seconds by the clock and of the processor."""
    before, begin = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    ended = subprocess.run(
        [*CLI, *command],
        check=False,
        cwd=ROOT,
        env=environment(ADVISOR_MODELS_DIR=models),
        capture_output=True,
        text=True,
    )
    seconds, after = time.perf_counter() - begin, resource.getrusage(resource.RUSAGE_CHILDREN)
    if ended.returncode:
        raise Failed(f"`advisor {' '.join(command)}` failed:\n{ended.stderr[-2000:]}")
    return seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
