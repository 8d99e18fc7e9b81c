"""One turn at one socket: an answer by button, a question, small talk; each beside a bare echo of the same frame."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator

from benchmarks.client import Client, Frame, Timed, open_chat, open_echo
from benchmarks.process import Process, advisor, echo
from benchmarks.report import Figure, Progress, quantile
from benchmarks.talk import BUTTON, QUESTION, SMALL_TALK, Talk

TURNS = 400
WARM_UP = 30
DECK = (BUTTON,) * 5 + (QUESTION,) * 3 + (SMALL_TALK,) * 2
"""More that is typed than in the load, so that each kind has enough turns for a percentile."""
AIMS = {BUTTON: 8.0, QUESTION: 25.0}
P99 = 80.0
AGAINST = "echo's round trip"


async def run(progress: Progress) -> list[Figure]:
    """Round trips of each kind of turn: p50 and p99, and the part of it inside the advisor."""
    with advisor() as server, echo() as bare:
        turns, echoes = await _measure(server, bare, progress)
    return [figure for kind in (BUTTON, QUESTION, SMALL_TALK) for figure in _figures(kind, turns[kind], echoes[kind])]


async def _measure(
    server: Process, bare: Process, progress: Progress
) -> tuple[dict[str, list[Timed]], dict[str, list[float]]]:
    turns: defaultdict[str, list[Timed]] = defaultdict(list)
    echoes: defaultdict[str, list[float]] = defaultdict(list)
    talk, mirror, client = Talk(seed=1, deck=DECK), await open_echo(bare), await open_chat(server)
    for number in range(WARM_UP + TURNS):
        if talk.finished:
            await client.close()
            client = await open_chat(server)
            talk.again()
        kind, frame = talk.next()
        timed, echoed = await _pair(client, mirror, frame)
        talk.heard(timed.reply)
        if number >= WARM_UP:
            turns[kind].append(timed)
            echoes[kind].append(echoed)
        progress((number + 1) / (WARM_UP + TURNS))
    await client.close()
    await mirror.close()
    return turns, echoes


async def _pair(client: Client, mirror: Client, frame: Frame) -> tuple[Timed, float]:
    """A turn, and right after it the echo of its frame: what slows the machine slows both."""
    timed = await client.turn(frame)
    return timed, await mirror.echo(json.dumps(frame))


def _figures(kind: str, turns: list[Timed], echoes: list[float]) -> Iterator[Figure]:
    trips, inside = [turn.round_trip for turn in turns], [turn.inside for turn in turns]
    for percent, aim in ((50, AIMS.get(kind)), (99, P99)):
        name = f"{kind}, round trip p{percent}"
        yield Figure("turns", name, quantile(trips, percent), "ms", quantile(echoes, percent), AGAINST, aim)
    yield Figure("turns", f"{kind}, working to accepted p50", quantile(inside, 50), "ms")
