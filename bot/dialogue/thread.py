"""The dialogue's own thread: Rasa computes synchronously, so it must not sit in the gateway's event loop."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from bot.dialogue.turn import Busy

T = TypeVar("T")


class DialogueThread:
    """One thread with one event loop that runs turns one after another.

    Args:
        waiting: how many turns may wait before `run` refuses with `Busy`.
    """

    def __init__(self, waiting: int) -> None:
        self._loop = asyncio.new_event_loop()
        self._one_at_a_time = asyncio.Lock()
        self._waiting = waiting
        self._queued = 0
        self._thread = threading.Thread(target=self._serve, name="dialogue", daemon=True)
        self._thread.start()

    async def run(self, work: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """Runs ``work()`` on the dialogue thread and gives its result; earlier calls come first.

        Raises:
            Busy: too many turns wait already.
        """
        if self._queued >= self._waiting:
            raise Busy
        self._queued += 1
        try:
            return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(self._in_turn(work), self._loop))
        finally:
            self._queued -= 1

    def close(self) -> None:
        """Lets the turn at work finish, then ends the thread."""
        asyncio.run_coroutine_threadsafe(self._one_at_a_time.acquire(), self._loop).result(timeout=30)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=5)

    async def _in_turn(self, work: Callable[[], Coroutine[Any, Any, T]]) -> T:
        async with self._one_at_a_time:
            return await work()

    def _serve(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_forever()
