"""A visitor of the load: one websocket, timed turns."""

from __future__ import annotations

import asyncio
import json
import time
import uuid
from dataclasses import dataclass
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import InvalidHandshake

from benchmarks.process import Failed, Process

Frame = dict[str, Any]
START_SECONDS = 300.0
TURN_SECONDS = 30.0


class Refused(Failed):
    """The advisor answered with an error: what was measured would not be a turn."""


@dataclass(frozen=True)
class Timed:
    """A turn as the client saw it, milliseconds.

    ``round_trip`` runs from before the frame is sent until the advisor's message is read, ``inside`` from the
    frame `working` to the frame `accepted`: the wait for the dialogue, the turn, and its commit to disk.
    """

    reply: Frame
    round_trip: float
    inside: float


class Client:
    """One open socket; `open_chat` and `open_echo` make it."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self.opening: Frame = {}

    async def hello(self) -> None:
        """Begins a conversation."""
        await self._socket.send(json.dumps({"type": "hello", "v": 1, "site": "demo"}))
        self.opening = (await self._next())["opening"]

    async def turn(self, frame: Frame) -> Timed:
        """Sends a message and waits for the advisor's reply.

        Raises:
            Refused: there was an error instead.
        """
        raw = json.dumps({"id": str(uuid.uuid4()), **frame})
        seen: dict[str, float] = {}
        begin = time.perf_counter()
        await self._socket.send(raw)
        while True:
            reply = await self._next()
            seen[reply["type"]] = time.perf_counter()
            if reply["type"] == "message" and reply["author"] == "advisor":
                break
        inside = (seen["accepted"] - seen["working"]) * 1000
        return Timed(reply, (seen["message"] - begin) * 1000, inside)

    async def echo(self, text: str) -> float:
        """The round trip of a text, milliseconds."""
        begin = time.perf_counter()
        await self._socket.send(text)
        await asyncio.wait_for(self._socket.recv(), TURN_SECONDS)
        return (time.perf_counter() - begin) * 1000

    async def close(self) -> None:
        """Closes the socket."""
        await self._socket.close()

    async def _next(self) -> Frame:
        frame: Frame = json.loads(await asyncio.wait_for(self._socket.recv(), TURN_SECONDS))
        if frame["type"] in ("error", "bye"):
            raise Refused(f"The advisor refused a frame: {frame['text']}")
        return frame


async def open_chat(process: Process) -> Client:
    """A socket with a new conversation; waits for the server to be up."""
    client = Client(await _connect(process))
    await client.hello()
    return client


async def open_echo(process: Process) -> Client:
    """A socket to the echo; waits for the server to be up."""
    return Client(await _connect(process))


async def _connect(process: Process) -> ClientConnection:
    until = time.monotonic() + START_SECONDS
    while True:
        process.check()
        try:
            return await connect(process.url, max_size=None, compression=None, open_timeout=START_SECONDS)
        except (OSError, InvalidHandshake):  # not up yet, or down again
            if time.monotonic() > until:
                raise
            await asyncio.sleep(0.01)
