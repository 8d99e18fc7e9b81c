"""A visitor at a real socket: says hello, types, presses, and waits for the reply."""

from __future__ import annotations

import json
import uuid
from types import TracebackType
from typing import Any

from websockets.sync.client import connect

Frame = dict[str, Any]


class Visitor:
    """One socket. ``timeout`` is in seconds, for any frame to come."""

    def __init__(self, url: str, timeout: float = 20, **options: Any) -> None:
        self._socket = connect(url, max_size=None, **options)
        self._timeout = timeout
        self.welcome: Frame = {}
        self.token: str | None = None

    def __enter__(self) -> Visitor:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Closes the socket."""
        self._socket.close()

    def send(self, frame: Frame | str) -> None:
        """Sends a frame, or a raw text."""
        self._socket.send(frame if isinstance(frame, str) else json.dumps(frame))

    def next(self) -> Frame:
        """The next frame that arrives."""
        frame: Frame = json.loads(self._socket.recv(timeout=self._timeout))
        return frame

    def until(self, *types: str) -> Frame:
        """The next frame of one of these types."""
        while True:
            frame = self.next()
            if frame["type"] in types:
                return frame

    def hello(self, site: str = "demo", **fields: Any) -> Frame:
        """Says hello; gives the welcome or the error."""
        self.send({"type": "hello", "v": 1, "site": site, **fields})
        self.welcome = self.until("welcome", "error")
        self.token = self.welcome.get("token", fields.get("token"))
        return self.welcome

    def resume(self, other: Visitor, last_seq: int = 0) -> Frame:
        """Says hello with another visitor's conversation and key."""
        return self.hello(conversation=other.welcome["conversation"], token=other.token, last_seq=last_seq)

    def say(self, text: str, client_id: str | None = None) -> Frame:
        """Types a message; gives the reply, or the error."""
        return self._turn({"type": "message", "id": client_id or str(uuid.uuid4()), "text": text})

    def choose(self, block: str, *values: str) -> Frame:
        """Chooses options of a block; gives the reply, or the error."""
        choice = values[0] if len(values) == 1 else list(values)
        return self._turn({"type": "message", "id": str(uuid.uuid4()), "choice": choice, "block": block})

    def press(self, action: str) -> Frame:
        """Presses a control; gives the reply, or the error."""
        return self._turn({"type": "control", "id": str(uuid.uuid4()), "action": action})

    def _turn(self, frame: Frame) -> Frame:
        self.send(frame)
        while True:
            answer = self.until("message", "error")
            if answer["type"] == "error" or answer["author"] == "advisor":
                return answer


def choices(message: Frame, prefix: str = "interview:") -> Frame:
    """The choices block of a message whose id starts with ``prefix``; fails where there is none."""
    return next(block for block in message["blocks"] if block["type"] == "choices" and block["id"].startswith(prefix))


def block_types(message: Frame) -> list[str]:
    """The types of a message's blocks, in order."""
    return [block["type"] for block in message["blocks"]]
