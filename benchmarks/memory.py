"""Resident memory of the advisor's process: after load, and after 500 turns."""

from __future__ import annotations

from benchmarks.client import open_chat, open_echo
from benchmarks.process import advisor, echo
from benchmarks.report import Figure, Progress
from benchmarks.talk import Talk

TURNS = 500
AIM = 450.0
AGAINST = "echo's process"


async def run(progress: Progress) -> list[Figure]:
    """Megabytes after load and after 500 turns in conversations of one interview each."""
    with echo() as bare:
        mirror = await open_echo(bare)
        await mirror.echo("hello")
        baseline = bare.megabytes
        await mirror.close()
    with advisor() as server:
        client, talk = await open_chat(server), Talk(seed=2)
        loaded = server.megabytes
        for number in range(TURNS):
            if talk.finished:
                await client.close()
                client = await open_chat(server)
                talk.again()
            talk.heard((await client.turn(talk.next()[1])).reply)
            progress((number + 1) / TURNS)
        used = server.megabytes
        await client.close()
    return [
        Figure("memory", "after load", loaded, "MB", baseline, AGAINST, AIM),
        Figure("memory", f"after {TURNS} turns", used, "MB", baseline, AGAINST, AIM),
    ]
