"""Turns a second over 50 sockets on one process, beside a bare echo of the same frames over as many."""

from __future__ import annotations

import asyncio
import json
import time

from benchmarks.client import open_chat, open_echo
from benchmarks.process import Process, advisor, echo
from benchmarks.report import Figure, Progress, quantile
from benchmarks.talk import Talk

SOCKETS = 50
TURNS = 24
"""Turns of each socket that count."""
WARM_UP = 4
AIM = 60.0


async def run(progress: Progress) -> list[Figure]:
    """Turns a second, and what a visitor then waits."""
    with advisor() as server:
        trips, seconds = await _advisor(server, progress)
    with echo() as bare:
        bare_trips, bare_seconds = await _echo(bare)
    return [
        Figure("throughput", f"turns a second, {SOCKETS} sockets, 70 % buttons", len(trips) / seconds, "/s",
               len(bare_trips) / bare_seconds, "echoes a second", AIM, at_least=True),
        Figure("throughput", "round trip p50 under that load", quantile(trips, 50), "ms", quantile(bare_trips, 50), "echo"),
        Figure("throughput", "round trip p99 under that load", quantile(trips, 99), "ms", quantile(bare_trips, 99), "echo"),
    ]  # fmt: skip


async def _advisor(server: Process, progress: Progress) -> tuple[list[float], float]:
    await (await open_chat(server)).close()
    ready, done = asyncio.Barrier(SOCKETS), 0

    async def visit(seed: int) -> tuple[list[float], float, float]:
        nonlocal done
        client, talk, trips, begun = await open_chat(server), Talk(seed), [], 0.0
        for number in range(WARM_UP + TURNS):
            if number == WARM_UP:
                await ready.wait()
                begun = time.perf_counter()
            if talk.finished:
                await client.close()
                client = await open_chat(server)
                talk.again()
            timed = await client.turn(talk.next()[1])
            talk.heard(timed.reply)
            trips.append(timed.round_trip)
            done += 1
            progress(done / (SOCKETS * (WARM_UP + TURNS)))
        await client.close()
        return trips[WARM_UP:], begun, time.perf_counter()

    return _together(await asyncio.gather(*(visit(seed) for seed in range(SOCKETS))))


async def _echo(bare: Process) -> tuple[list[float], float]:
    async def visit(seed: int) -> tuple[list[float], float, float]:
        client, talk = await open_echo(bare), Talk(seed)
        begun = time.perf_counter()
        trips = [await client.echo(json.dumps(talk.next()[1])) for _ in range(TURNS * 10)]
        ended = time.perf_counter()
        await client.close()
        return trips, begun, ended

    return _together(await asyncio.gather(*(visit(seed) for seed in range(SOCKETS))))


def _together(visits: list[tuple[list[float], float, float]]) -> tuple[list[float], float]:
    """All round trips, and the seconds from the first begin to the last end."""
    trips = [trip for visit, _, _ in visits for trip in visit]
    return trips, max(end for _, _, end in visits) - min(begin for _, begin, _ in visits)
