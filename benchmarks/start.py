"""From the command to the first reply: warm (caches and model there) and cold (neither there), and the memory each takes."""

from __future__ import annotations

import statistics
import tempfile
import time

from benchmarks.client import open_chat, open_echo
from benchmarks.process import advisor, echo
from benchmarks.report import Figure, Progress
from benchmarks.talk import questions, typed

WARM_STARTS = 3
AIM_WARM = 6.0
AIM_MEMORY = 450.0


async def run(progress: Progress) -> list[Figure]:
    """Seconds to the first reply to a typed question. The environment is there already, and the files are in memory."""
    await _first_reply()  # makes what may be missing
    progress(0.2)
    bare = [await _first_echo() for _ in range(WARM_STARTS)]
    warm, used_warm = [], 0.0
    for number in range(WARM_STARTS):
        seconds, used_warm = await _first_reply()
        warm.append(seconds)
        progress(0.2 + 0.1 * (number + 1))
    with tempfile.TemporaryDirectory(prefix="benchmark-cold-") as folder:
        cold, used_cold = await _first_reply(ADVISOR_CACHE_DIR=f"{folder}/cache", ADVISOR_MODELS_DIR=f"{folder}/models")
    baseline = statistics.median(bare)
    return [
        Figure("start", f"warm start, median of {WARM_STARTS}", statistics.median(warm), "s", baseline, "echo's start", AIM_WARM),
        Figure("start", f"warm start, best of {WARM_STARTS}", min(warm), "s", min(bare), "echo's start", AIM_WARM),
        Figure("start", "cold start: vectors and model made first", cold, "s", statistics.median(warm), "warm start"),
        Figure("start", "memory after that cold start", used_cold, "MB", used_warm, "warm start", AIM_MEMORY),
    ]  # fmt: skip


async def _first_reply(**overrides: str) -> tuple[float, float]:
    """Seconds from the command to the reply, and resident megabytes then."""
    with advisor(**overrides) as server:
        client = await open_chat(server)
        await client.turn(typed(next(questions())))
        measured = time.perf_counter() - server.started, server.megabytes
        await client.close()
    return measured


async def _first_echo() -> float:
    with echo() as bare:
        client = await open_echo(bare)
        await client.echo("hello")
        seconds = time.perf_counter() - bare.started
        await client.close()
    return seconds
