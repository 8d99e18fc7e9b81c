"""The frames of the chat protocol (docs/protocol.md): one definition checks, documents and types them."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, model_validator

VERSION = 1

ErrorCode = Literal[
    "bad_frame", "too_large", "too_long", "empty", "rate_limited", "unknown_site", "origin_refused", "wrong_token",
    "conversation_gone", "id_reused", "not_offered", "busy", "internal",
]  # fmt: skip


class _Frame(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


# --- from the client --------------------------------------------------------------------------


class Hello(_Frame):
    """The first frame; with ``conversation`` and ``token`` it resumes after ``last_seq``."""

    type: Literal["hello"]
    v: Literal[1]
    site: str = Field(max_length=64)
    conversation: UUID | None = None
    token: str | None = Field(default=None, max_length=200)
    last_seq: int = Field(default=0, ge=0)
    locale: str | None = Field(default=None, max_length=40)


class Message(_Frame):
    """What the visitor typed (``text``) or chose (``choice`` of the block ``block``)."""

    type: Literal["message"]
    id: UUID
    text: str | None = None
    choice: str | Annotated[list[Annotated[str, Field(max_length=200)]], Field(max_length=50)] | None = None
    block: str | None = Field(default=None, max_length=120)

    @model_validator(mode="after")
    def _one_of_both(self) -> Message:
        if (self.text is None) == (self.choice is None) or (self.choice is not None and self.block is None):
            raise ValueError("a message has either 'text', or 'choice' and 'block'")
        return self


class ControlFrame(_Frame):
    """An action of a ``controls`` block."""

    type: Literal["control"]
    id: UUID
    action: str = Field(max_length=60)
    block: str | None = Field(default=None, max_length=120)


class ContactFrame(_Frame):
    """How a person may reach the visitor; stored apart, with consent only."""

    type: Literal["contact"]
    id: UUID
    name: str = Field(default="", max_length=200)
    reach: str = Field(default="", max_length=300)
    about: str = Field(max_length=2_000)
    consent: Literal[True]


class FeedbackFrame(_Frame):
    """Whether the advisor's message ``seq`` was helpful."""

    type: Literal["feedback"]
    seq: int = Field(ge=1)
    helpful: bool
    comment: str = Field(default="", max_length=1_000)


class Ping(_Frame):
    """Are you there?"""

    type: Literal["ping"]


ClientFrame = Annotated[
    Hello | Message | ControlFrame | ContactFrame | FeedbackFrame | Ping, Field(discriminator="type")
]
client_frame: TypeAdapter[ClientFrame] = TypeAdapter(ClientFrame)


# --- from the server --------------------------------------------------------------------------


class Limits(_Frame):
    """What one client may send."""

    message_length: int
    messages_a_minute: int
    frame_bytes: int


class Opening(_Frame):
    """The greeting above the transcript; not part of it."""

    blocks: list[dict[str, Any]]
    plain: str


class Welcome(_Frame):
    """Answers ``hello``."""

    type: Literal["welcome"] = "welcome"
    v: int = VERSION
    conversation: str
    token: str | None = None
    seq: int
    resumed: bool
    limits: Limits
    opening: Opening


class Working(_Frame):
    """The message is being worked on."""

    type: Literal["working"] = "working"
    id: str


class Accepted(_Frame):
    """The turn is on disk; ``seq`` is the visitor's message."""

    type: Literal["accepted"] = "accepted"
    id: str
    seq: int


class Said(_Frame):
    """A message of the transcript."""

    type: Literal["message"] = "message"
    seq: int
    author: Literal["visitor", "advisor", "person"]
    blocks: list[dict[str, Any]]
    plain: str
    at: str
    reply_to: str | None


class Stored(_Frame):
    """A contact was stored."""

    type: Literal["stored"] = "stored"
    id: str


class Reset(_Frame):
    """Forget the transcript: all messages follow from 1."""

    type: Literal["reset"] = "reset"
    reason: str


class Error(_Frame):
    """A sentence for the visitor; the connection stays open unless a ``bye`` follows."""

    type: Literal["error"] = "error"
    code: ErrorCode
    text: str
    id: str | None = None
    retry_after: float | None = None


class Bye(_Frame):
    """The server closes."""

    type: Literal["bye"] = "bye"
    reason: Literal["restart", "too_many_sockets", "idle", "bad_hello"]
    text: str


class Pong(_Frame):
    """Answers ``ping``."""

    type: Literal["pong"] = "pong"


ServerFrame = Welcome | Working | Accepted | Said | Stored | Reset | Error | Bye | Pong
