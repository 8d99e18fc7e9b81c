"""Stores a turn as one transaction: messages, events, barriers heard, the assessment, what stayed open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from sqlalchemy import Connection, Insert, Table, bindparam, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from bot.errors import AdvisorError
from bot.records.database import Database
from bot.records.tables import (
    Answer,
    Assessment,
    BarrierMention,
    Base,
    Conversation,
    Gap,
    Message,
    Organisation,
    TrackerEvent,
)


def _table(model: type[Base]) -> Table:
    return cast(Table, model.__table__)


# Statements of the hot path are made once: building and caching them costs more than SQLite takes to run them.
_conversations, _messages, _answers = _table(Conversation), _table(Message), _table(Answer)
_assessments, _organisations = _table(Assessment), _table(Organisation)
_NEW_MESSAGE = insert(_messages)
_NEW_EVENTS = insert(_table(TrackerEvent))
_NEW_MENTION = insert(_table(BarrierMention))
_NEW_GAP = insert(_table(Gap))
_MOVE_ON = (
    update(_conversations)
    .where(_conversations.c.id == bindparam("of"), _conversations.c.version == bindparam("was"))
    .values(
        seq=_conversations.c.seq + 2, version=bindparam("now"), updated_at=bindparam("at"), snapshot=bindparam("state")
    )
    .returning(_conversations.c.seq)
)
_EXISTS = select(_conversations.c.id).where(_conversations.c.id == bindparam("of"))
_ORGANISATION = select(_conversations.c.organisation_id).where(_conversations.c.id == bindparam("of"))
_SAVE_PROFILE = update(_organisations).where(_organisations.c.id == bindparam("of")).values(profile=bindparam("now"))
_SAVE_ASSESSMENT = (
    update(_assessments)
    .where(_assessments.c.id == bindparam("of"))
    .values(state=bindparam("now"), finished=bindparam("done"), updated_at=bindparam("at"))
)
_SAME_QUESTION = (_answers.c.assessment_id == bindparam("of"), _answers.c.question == bindparam("asked"))
_FORGET_ANSWER = delete(_answers).where(*_SAME_QUESTION)
_NEW_ANSWER = insert(_answers)


class VersionConflict(Exception):
    """Another process committed a turn of this conversation in between: run the turn again."""


class ConversationGone(AdvisorError):
    """The conversation was erased."""


@dataclass(frozen=True)
class Mention:
    """A barrier heard: ``by`` is answer, rule, model or person; ``words`` are the visitor's."""

    barrier: str
    by: str
    words: str = ""
    confidence: float = 1.0


@dataclass(frozen=True)
class GivenAnswer:
    """An answer given or changed in this turn."""

    question: str
    kind: str
    value: int | None
    said: str


@dataclass(frozen=True)
class AssessmentState:
    """An assessment after a turn; ``changed`` are the answers that the turn gave or changed."""

    id: str
    instrument: str
    state: dict[str, Any]
    profile: dict[str, Any]
    finished: bool
    changed: Sequence[GivenAnswer] = ()


@dataclass(frozen=True)
class Turn:
    """All that one turn writes; `commit` stores it whole or not at all.

    ``version`` is the conversation's version the turn was computed from, ``text`` the visitor's
    redacted words, ``said`` the same as blocks, ``outcome`` what kind of reply it was ({kind, articles, confidence, ...}).
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
    snapshot: dict[str, Any]
    said: list[dict[str, Any]] = field(default_factory=list)
    events: list[dict[str, Any]] = field(default_factory=list)
    mentions: Sequence[Mention] = ()
    assessment: AssessmentState | None = None


def commit(database: Database, turn: Turn) -> tuple[int, int]:
    """Stores a turn; gives the ``seq`` of the visitor's message and of the reply.

    Raises:
        VersionConflict: the conversation moved on since ``turn.version``.
        ConversationGone: it was erased since.
    """
    with database.write() as connection:
        seq = _begin(connection, turn) if turn.version == 0 else _move_on(connection, turn)
        heard_in = _inserted(connection, _NEW_MESSAGE, _visitor_row(turn, seq + 1))
        connection.execute(_NEW_MESSAGE, _advisor_row(turn, seq + 2))
        if turn.events:
            connection.execute(
                _NEW_EVENTS, {"conversation_id": turn.conversation, "turn": turn.version + 1, "data": turn.events}
            )
        if turn.mentions:
            connection.execute(_NEW_MENTION, [_mention_row(turn, mention, heard_in) for mention in turn.mentions])
        if turn.outcome.get("kind") in ("unknown", "suggest"):
            connection.execute(_NEW_GAP, _gap_row(turn, heard_in))
        if turn.assessment:
            _save_assessment(connection, turn, turn.assessment)
    return seq + 1, seq + 2


def _begin(connection: Connection, turn: Turn) -> int:
    row = {
        "id": turn.conversation, "site_id": turn.site, "token_hash": turn.token_hash, "seq": 2, "version": 1,
        "created_at": turn.at, "updated_at": turn.at, "snapshot": turn.snapshot,
    }  # fmt: skip
    try:
        with connection.begin_nested():
            connection.execute(insert(_conversations), row)
    except IntegrityError as error:
        raise VersionConflict from error
    return 0


def _move_on(connection: Connection, turn: Turn) -> int:
    """Moves the conversation on by one turn; gives the last ``seq`` before it."""
    of = {"of": turn.conversation}
    values = {"was": turn.version, "now": turn.version + 1, "at": turn.at, "state": turn.snapshot}
    moved = connection.execute(_MOVE_ON, of | values).scalar_one_or_none()
    if moved is None:
        if connection.execute(_EXISTS, of).scalar_one_or_none():
            raise VersionConflict
        raise ConversationGone("This conversation was erased. You can begin a new one.")
    return int(moved) - 2


def _visitor_row(turn: Turn, seq: int) -> dict[str, Any]:
    return {
        "conversation_id": turn.conversation, "created_at": turn.at, "seq": seq, "author": "visitor", "client_id": turn.client_id,
        "payload_hash": turn.payload_hash, "blocks": turn.said, "plain": turn.text, "outcome": None,
    }  # fmt: skip


def _advisor_row(turn: Turn, seq: int) -> dict[str, Any]:
    return {
        "conversation_id": turn.conversation, "created_at": turn.at, "seq": seq, "author": "advisor", "client_id": None,
        "payload_hash": None, "blocks": turn.blocks, "plain": turn.plain, "outcome": turn.outcome,
    }  # fmt: skip


def _mention_row(turn: Turn, mention: Mention, message: int) -> dict[str, Any]:
    return {
        "conversation_id": turn.conversation, "message_id": message, "barrier": mention.barrier, "by": mention.by,
        "words": mention.words, "confidence": mention.confidence, "created_at": turn.at,
    }  # fmt: skip


def _gap_row(turn: Turn, message: int) -> dict[str, Any]:
    return {
        "conversation_id": turn.conversation, "message_id": message, "question": turn.text, "kind": turn.outcome["kind"],
        "nearest": list(turn.outcome.get("articles", [])), "confidence": float(turn.outcome.get("confidence", 0.0)),
        "created_at": turn.at,
    }  # fmt: skip


def _save_assessment(connection: Connection, turn: Turn, assessment: AssessmentState) -> None:
    organisation = connection.execute(_ORGANISATION, {"of": turn.conversation}).scalar_one()
    if organisation is None:
        organisation = _new_organisation(connection, turn, assessment)
    else:
        connection.execute(_SAVE_PROFILE, {"of": organisation, "now": assessment.profile})
    values = {"now": assessment.state, "done": assessment.finished, "at": turn.at}
    if not connection.execute(_SAVE_ASSESSMENT, {"of": assessment.id} | values).rowcount:
        row = {
            "id": assessment.id, "conversation_id": turn.conversation, "organisation_id": organisation, "state": assessment.state,
            "instrument": assessment.instrument, "finished": assessment.finished, "created_at": turn.at, "updated_at": turn.at,
        }  # fmt: skip
        connection.execute(insert(_assessments), row)
    for answer in assessment.changed:
        connection.execute(_FORGET_ANSWER, {"of": assessment.id, "asked": answer.question})
        connection.execute(_NEW_ANSWER, {"assessment_id": assessment.id, **answer.__dict__})


def _new_organisation(connection: Connection, turn: Turn, assessment: AssessmentState) -> int:
    row = {"site_id": turn.site, "profile": assessment.profile, "created_at": turn.at}
    organisation = _inserted(connection, insert(_organisations), row)
    its = _conversations.c.id == turn.conversation
    connection.execute(update(_conversations).where(its).values(organisation_id=organisation))
    return organisation


def _inserted(connection: Connection, statement: Insert, row: dict[str, Any]) -> int:
    """Inserts a row; gives its id."""
    key = connection.execute(statement, row).inserted_primary_key
    assert key is not None
    return int(key[0])
