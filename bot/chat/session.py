"""What one socket may say, and when: pure, so that it can be tested and fuzzed without a socket."""

from __future__ import annotations

import json
from typing import Any

from pydantic import ValidationError

from bot.chat.frames import (
    ClientFrame,
    ContactFrame,
    ControlFrame,
    ErrorCode,
    FeedbackFrame,
    Hello,
    Message,
    client_frame,
)
from bot.chat.text import clean
from bot.settings import Settings


class Refused(Exception):
    """A frame that is not taken: a code of the protocol, and a sentence for the visitor.

    Args:
        retry_after: seconds after which the same frame may be sent again.
        closing: the reason of the ``bye`` that follows, or None where the socket stays open.
    """

    def __init__(
        self,
        code: ErrorCode,
        text: str,
        id: str | None = None,
        retry_after: float | None = None,
        closing: str | None = None,
    ) -> None:
        super().__init__(text)
        self.code: ErrorCode = code
        self.text = text
        self.id = id
        self.retry_after = retry_after
        self.closing = closing


class Session:
    """Reads the frames of one socket in the order the protocol asks for: ``hello`` first, and once."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.greeted = False

    def receive(self, raw: str) -> ClientFrame:
        """The frame in ``raw``, checked; a message's text comes back cleaned.

        Raises:
            Refused: it can't be taken; the sentence says why.
        """
        if len(raw) > self._settings.frame_bytes or len(raw.encode("utf-8", "replace")) > self._settings.frame_bytes:
            raise Refused(
                "too_large", f"That was too large. One message may have {self._settings.frame_bytes:,} bytes at most."
            )
        frame = _parse(raw)
        if isinstance(frame, Hello) == self.greeted:
            sentence = "This connection said hello already." if self.greeted else "The first frame must be a hello."
            raise Refused("bad_frame", sentence, _id(frame))
        if isinstance(frame, Message) and frame.text is not None:
            return self._checked(frame, frame.text)
        if isinstance(frame, ContactFrame | FeedbackFrame):
            return frame.model_copy(
                update={name: clean(value) for name, value in frame if isinstance(value, str) and name != "type"}
            )
        return frame

    def _checked(self, frame: Message, text: str) -> Message:
        limit = self._settings.message_length
        if len(text) > limit:
            raise Refused(
                "too_long",
                f"That message has {len(text):,} characters; {limit:,} is the most. Please send it in parts.",
                str(frame.id),
            )
        text = clean(text)
        if not text:
            raise Refused("empty", "That message was empty. Type a question or an answer.", str(frame.id))
        return frame.model_copy(update={"text": text})


def _parse(raw: str) -> ClientFrame:
    try:
        data: Any = json.loads(raw)
    except (ValueError, RecursionError):
        raise Refused("bad_frame", "That frame is not JSON. Each frame is one JSON object with a type.") from None
    if not isinstance(data, dict):
        raise Refused("bad_frame", "That frame is not a JSON object. Each frame is one JSON object with a type.")
    try:
        return client_frame.validate_python(data)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "frame"
        identifier = data.get("id")
        known = identifier if isinstance(identifier, str) and len(identifier) <= 36 else None
        raise Refused("bad_frame", f"That frame can't be read: {where}: {first['msg']}.", known) from None


def _id(frame: ClientFrame) -> str | None:
    return str(frame.id) if isinstance(frame, Message | ControlFrame | ContactFrame) else None
