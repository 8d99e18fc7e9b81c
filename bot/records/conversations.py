"""Conversations: what the gateway and the dialogue read of them, and what is stored beside the turns."""

from __future__ import annotations

import datetime as dt
import hmac
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BindParameter, Select, bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError

from bot.records.database import Database
from bot.records.tables import Contact, Conversation, Feedback, Message
from bot.records.turns import ConversationGone, Turn, commit

_of: BindParameter[str] = bindparam("of")
_CONVERSATION = select(
    Conversation.id, Conversation.site_id, Conversation.token_hash, Conversation.version, Conversation.seq,
    Conversation.snapshot, Conversation.organisation_id,
).where(Conversation.id == _of)  # fmt: skip
_MESSAGES = (
    select(
        Message.seq,
        Message.author,
        Message.blocks,
        Message.plain,
        Message.created_at,
        Message.client_id,
        Message.payload_hash,
    )
    .where(Message.conversation_id == _of)
    .order_by(Message.seq)
)
_MESSAGES_AFTER = _MESSAGES.where(Message.seq > bindparam("after"))
_MESSAGE_AT = _MESSAGES.where(Message.seq == bindparam("at"))
_MESSAGE_OF_CLIENT = _MESSAGES.where(Message.client_id == bindparam("client"))


@dataclass(frozen=True)
class StoredConversation:
    """A conversation's row. ``snapshot`` is the dialogue's state after ``version`` turns."""

    id: str
    site_id: str
    token_hash: bytes
    version: int
    seq: int
    snapshot: dict[str, Any]
    organisation_id: int | None


@dataclass(frozen=True)
class StoredMessage:
    """One message as it is replayed."""

    seq: int
    author: str
    blocks: list[dict[str, Any]]
    plain: str
    at: dt.datetime
    client_id: str | None = None
    payload_hash: bytes | None = None


class Conversations:
    """Reads and writes conversations in a `Database`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, conversation: str) -> StoredConversation | None:
        """The conversation's row, or None."""
        with self._database.read() as connection:
            row = connection.execute(_CONVERSATION, {"of": conversation}).one_or_none()
        return StoredConversation(*row) if row else None

    def messages(self, conversation: str, after: int = 0) -> list[StoredMessage]:
        """The messages with a ``seq`` above ``after``, in order."""
        return self._messages(_MESSAGES_AFTER, of=conversation, after=after)

    def turn_of(self, conversation: str, client_id: str) -> list[StoredMessage]:
        """The visitor's message with this client id and the reply to it; empty if it is new."""
        found = self._messages(_MESSAGE_OF_CLIENT, of=conversation, client=client_id)
        return [*found, *self._messages(_MESSAGE_AT, of=conversation, at=found[0].seq + 1)] if found else []

    def commit(self, turn: Turn) -> tuple[int, int]:
        """Stores a turn; see `bot.records.turns.commit`."""
        return commit(self._database, turn)

    def add_contact(
        self, conversation: str, client_id: str, name: str, reach: str, about: str, at: dt.datetime
    ) -> None:
        """Stores how to reach the visitor; the same client id twice is the same request."""
        try:
            with self._database.write() as connection:
                connection.execute(
                    insert(Contact).values(
                        conversation_id=conversation,
                        client_id=client_id,
                        name=name,
                        reach=reach,
                        about=about,
                        created_at=at,
                    )
                )
        except IntegrityError:
            if self.get(conversation) is None:
                raise ConversationGone("This conversation no longer exists, so the contact was not stored.") from None

    def add_feedback(self, conversation: str, seq: int, helpful: bool, comment: str, at: dt.datetime) -> bool:
        """Stores whether the advisor's message ``seq`` was helpful; False if there is no such message."""
        with self._database.write() as connection:
            message = connection.scalar(
                select(Message.id).where(
                    Message.conversation_id == conversation, Message.seq == seq, Message.author == "advisor"
                )
            )
            if message is None:
                return False
            values = {"helpful": helpful, "comment": comment, "created_at": at}
            changed = connection.execute(update(Feedback).where(Feedback.message_id == message).values(values))
            if not changed.rowcount:
                connection.execute(insert(Feedback).values(message_id=message, **values))
        return True

    def _messages(self, rows_of: Select[Any], **values: Any) -> list[StoredMessage]:
        with self._database.read() as connection:
            return [StoredMessage(*row) for row in connection.execute(rows_of, values)]


def token_matches(stored: StoredConversation, token_hash: bytes) -> bool:
    """Whether a token's hash is the conversation's, compared in constant time."""
    return hmac.compare_digest(stored.token_hash, token_hash)
