"""A long conversation: turn 300 beside turn 10."""

from __future__ import annotations

import statistics
from collections.abc import Iterator

from benchmarks.client import Client, Frame, open_chat
from benchmarks.process import Process, advisor
from benchmarks.report import Figure, Progress
from benchmarks.talk import START, questions, typed

CONVERSATIONS = 3
YOUNG, OLD, WINDOW = 8, 296, 5
"""Turns 8 to 12 of a young conversation are compared with turns 296 to 300 of an old one."""
PERIOD = 6
"""Every sixth turn is of the same kind, so that both windows, 288 turns apart, hold the same kinds."""
AIM = 1.3


async def run(progress: Progress) -> list[Figure]:
    """The median turn late in a conversation over the median turn early in one, taken in turns."""
    early: list[float] = []
    late: list[float] = []
    with advisor() as server:
        for number in range(CONVERSATIONS):
            asked = questions(number)
            old = _Visitor(await open_chat(server), asked)
            for turn in range(1, OLD):
                await old.turn(turn)
                progress((number + turn / OLD) / CONVERSATIONS)
            await _compare(server, old, asked, early, late)
            await old.close()
    return [
        Figure("long", f"turns {OLD} to {OLD + WINDOW - 1}, median", statistics.median(late), "ms",
               statistics.median(early), f"turns {YOUNG} to {YOUNG + WINDOW - 1}", AIM, "ratio"),
    ]  # fmt: skip


async def _compare(server: Process, old: _Visitor, asked: Iterator[str], early: list[float], late: list[float]) -> None:
    """Both windows, turn by turn in alternation: what slows the machine slows both."""
    young = _Visitor(await open_chat(server), asked)
    for turn in range(1, YOUNG):
        await young.turn(turn)
    for step in range(WINDOW):
        early.append(await young.turn(YOUNG + step))
        late.append(await old.turn(OLD + step))
    await young.close()


class _Visitor:
    """One conversation whose n-th turn is of a kind that n alone decides."""

    def __init__(self, client: Client, asked: Iterator[str]) -> None:
        self._client = client
        self._asked = asked
        self._block: Frame | None = None

    async def turn(self, number: int) -> float:
        """The round trip of the conversation's turn ``number``, milliseconds."""
        timed = await self._client.turn(START if number == 1 else self._frame(number % PERIOD))
        for block in timed.reply["blocks"]:
            if block["type"] == "choices" and block["id"].startswith("interview:"):
                self._block = self._block or block
        return timed.round_trip

    async def close(self) -> None:
        """Ends the conversation."""
        await self._client.close()

    def _frame(self, kind: int) -> Frame:
        match kind:
            case 0 | 3:
                return typed(next(self._asked))
            case 1:
                return {"type": "control", "action": "steps"}
            case 2:
                return typed("thanks a lot")
            case 4:
                return {"type": "control", "action": "status"}
            case _:
                assert self._block is not None, "the interview's first reply asks a question"
                return {"type": "message", "block": self._block["id"], "choice": self._block["options"][0]["value"]}
