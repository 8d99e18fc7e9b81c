"""Conversations and their turns: what the gateway and the dialogue read and write."""

from __future__ import annotations

import datetime as dt
import hmac
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.exc import IntegrityError

from bot.errors import AdvisorError
from bot.records.database import Database
from bot.records.tables import (
    Answer,
    Assessment,
    BarrierMention,
    Contact,
    Conversation,
    Feedback,
    Gap,
    Message,
    Organisation,
    TrackerEvent,
)


class VersionConflict(Exception):
    """Another process committed a turn of this conversation in between: run the turn again."""


class ConversationGone(AdvisorError):
    """The conversation was erased."""


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


@dataclass(frozen=True)
class Mention:
    """A barrier heard: ``by`` is answer, rule, model or person; ``words`` are the visitor's."""

    barrier: str
    by: str
    words: str = ""
    confidence: float = 1.0


@dataclass(frozen=True)
class AssessmentState:
    """An assessment after a turn. ``answers``: (question, kind, value, said) each."""

    id: str
    instrument: str
    state: dict[str, Any]
    profile: dict[str, Any]
    finished: bool
    answers: Sequence[tuple[str, str, int | None, str]] = ()


@dataclass(frozen=True)
class Turn:
    """All that one turn writes; `commit` stores it whole or not at all.

    ``version`` is the conversation's version the turn was computed from, ``text`` the visitor's
    redacted words, ``outcome`` what kind of reply it was ({kind, articles, confidence, ...}).
    """

    conversation: str
    site: str
    token_hash: bytes
    version: int
    client_id: str
    payload_hash: bytes
    text: str
    blocks: list[dict[str, Any]]
    plain: str
    outcome: dict[str, Any]
    at: dt.datetime
    snapshot: dict[str, Any] | None = None
    events: list[dict[str, Any]] = field(default_factory=list)
    mentions: Sequence[Mention] = ()
    assessment: AssessmentState | None = None


class Conversations:
    """Reads and writes conversations in a `Database`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, conversation: str) -> StoredConversation | None:
        """The conversation's row, or None."""
        row_of = select(
            Conversation.id,
            Conversation.site_id,
            Conversation.token_hash,
            Conversation.version,
            Conversation.seq,
            Conversation.snapshot,
            Conversation.organisation_id,
        ).where(Conversation.id == conversation)
        with self._database.read() as connection:
            row = connection.execute(row_of).one_or_none()
        return StoredConversation(*row) if row else None

    def messages(self, conversation: str, after: int = 0) -> list[StoredMessage]:
        """The messages with a ``seq`` above ``after``, in order."""
        return self._messages(conversation, Message.seq > after)

    def turn_of(self, conversation: str, client_id: str) -> list[StoredMessage]:
        """The visitor's message with this client id and the reply to it; empty if it is new."""
        found = self._messages(conversation, Message.client_id == client_id)
        if not found:
            return []
        return [*found, *self._messages(conversation, Message.seq == found[0].seq + 1)]

    def commit(self, turn: Turn) -> tuple[int, int]:
        """Stores a turn; gives the ``seq`` of the visitor's message and of the reply.

        Raises:
            VersionConflict: the conversation moved on since ``turn.version``.
            ConversationGone: it was erased since.
        """
        with self._database.write() as connection:
            seq = self._claim(connection, turn)
            heard_in, _ = (
                connection.execute(insert(Message).values(row).returning(Message.id)).scalar_one()
                for row in _rows(turn, seq)
            )
            if turn.events:
                connection.execute(
                    insert(TrackerEvent).values(
                        conversation_id=turn.conversation, turn=turn.version + 1, data=turn.events
                    )
                )
            if turn.mentions:
                connection.execute(
                    insert(BarrierMention), [_mention_row(turn, mention, heard_in) for mention in turn.mentions]
                )
            if turn.outcome.get("kind") in ("unknown", "suggest"):
                connection.execute(insert(Gap).values(_gap_row(turn, heard_in)))
            if turn.assessment:
                _save_assessment(connection, turn, turn.assessment)
        return seq + 1, seq + 2

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

    def _messages(self, conversation: str, condition: Any) -> list[StoredMessage]:
        rows_of = (
            select(
                Message.seq,
                Message.author,
                Message.blocks,
                Message.plain,
                Message.created_at,
                Message.client_id,
                Message.payload_hash,
            )
            .where(Message.conversation_id == conversation, condition)
            .order_by(Message.seq)
        )
        with self._database.read() as connection:
            return [StoredMessage(*row) for row in connection.execute(rows_of)]

    @staticmethod
    def _claim(connection: Connection, turn: Turn) -> int:
        """Moves the conversation on by one turn; gives the last ``seq`` before it."""
        values: dict[str, Any] = {"version": turn.version + 1, "updated_at": turn.at}
        if turn.snapshot is not None:
            values["snapshot"] = turn.snapshot
        if turn.version == 0:
            try:
                with connection.begin_nested():
                    connection.execute(
                        insert(Conversation).values(
                            id=turn.conversation,
                            site_id=turn.site,
                            token_hash=turn.token_hash,
                            seq=2,
                            created_at=turn.at,
                            snapshot=turn.snapshot or {},
                            version=1,
                            updated_at=turn.at,
                        )
                    )
            except IntegrityError as error:
                raise VersionConflict from error
            return 0
        moved = connection.execute(
            update(Conversation)
            .where(Conversation.id == turn.conversation, Conversation.version == turn.version)
            .values(seq=Conversation.seq + 2, **values)
            .returning(Conversation.seq)
        ).scalar_one_or_none()
        if moved is None:
            exists = connection.scalar(select(Conversation.id).where(Conversation.id == turn.conversation))
            raise (
                VersionConflict
                if exists
                else ConversationGone("This conversation was erased. You can begin a new one.")
            )
        return moved - 2


def token_matches(stored: StoredConversation, token_hash: bytes) -> bool:
    """Whether a token's hash is the conversation's, compared in constant time."""
    return hmac.compare_digest(stored.token_hash, token_hash)


def _rows(turn: Turn, seq: int) -> list[dict[str, Any]]:
    common = {"conversation_id": turn.conversation, "created_at": turn.at}
    said = {"nodes": [{"type": "paragraph", "spans": [{"text": turn.text, "style": "plain"}]}], "type": "text"}
    return [
        common
        | {
            "seq": seq + 1,
            "author": "visitor",
            "client_id": turn.client_id,
            "payload_hash": turn.payload_hash,
            "blocks": [said],
            "plain": turn.text,
        },
        common
        | {"seq": seq + 2, "author": "advisor", "blocks": turn.blocks, "plain": turn.plain, "outcome": turn.outcome},
    ]


def _mention_row(turn: Turn, mention: Mention, message: int) -> dict[str, Any]:
    return {
        "conversation_id": turn.conversation,
        "message_id": message,
        "barrier": mention.barrier,
        "by": mention.by,
        "words": mention.words,
        "confidence": mention.confidence,
        "created_at": turn.at,
    }


def _gap_row(turn: Turn, message: int) -> dict[str, Any]:
    return {
        "conversation_id": turn.conversation,
        "message_id": message,
        "question": turn.text,
        "kind": turn.outcome["kind"],
        "nearest": list(turn.outcome.get("articles", [])),
        "confidence": float(turn.outcome.get("confidence", 0.0)),
        "created_at": turn.at,
    }


def _save_assessment(connection: Connection, turn: Turn, assessment: AssessmentState) -> None:
    organisation = connection.scalar(select(Conversation.organisation_id).where(Conversation.id == turn.conversation))
    if organisation is None:
        organisation = connection.execute(
            insert(Organisation)
            .values(site_id=turn.site, profile=assessment.profile, created_at=turn.at)
            .returning(Organisation.id)
        ).scalar_one()
        connection.execute(
            update(Conversation).where(Conversation.id == turn.conversation).values(organisation_id=organisation)
        )
    else:
        connection.execute(
            update(Organisation).where(Organisation.id == organisation).values(profile=assessment.profile)
        )
    values = {"state": assessment.state, "finished": assessment.finished, "updated_at": turn.at}
    if not connection.execute(update(Assessment).where(Assessment.id == assessment.id).values(values)).rowcount:
        connection.execute(
            insert(Assessment).values(
                id=assessment.id,
                conversation_id=turn.conversation,
                organisation_id=organisation,
                instrument=assessment.instrument,
                created_at=turn.at,
                **values,
            )
        )
    _save_answers(connection, assessment)


def _save_answers(connection: Connection, assessment: AssessmentState) -> None:
    stored = {
        row.question: (row.kind, row.value, row.said)
        for row in connection.execute(
            select(Answer.question, Answer.kind, Answer.value, Answer.said).where(Answer.assessment_id == assessment.id)
        )
    }
    for question, kind, value, said in assessment.answers:
        if stored.pop(question, None) == (kind, value, said):
            continue
        connection.execute(
            Answer.__table__.delete().where(Answer.assessment_id == assessment.id, Answer.question == question)
        )
        connection.execute(
            insert(Answer).values(assessment_id=assessment.id, question=question, kind=kind, value=value, said=said)
        )
    for question in stored:
        connection.execute(
            Answer.__table__.delete().where(Answer.assessment_id == assessment.id, Answer.question == question)
        )
