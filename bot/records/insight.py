"""What the support team's console reads: counts of barriers, lists of conversations and open questions, one in full.

Every query is served by an index at a million messages. Lists are paged by key, never by offset: a `Place` is the
(time, id) of the last row shown.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, Select, and_, func, literal, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute, aliased

from bot.records.database import Database
from bot.records.tables import (
    Assessment,
    BarrierMention,
    Contact,
    Conversation,
    Feedback,
    Gap,
    Message,
    Organisation,
    Site,
    UtcDateTime,
)

PAGE = 50
"""Rows on one page of a list."""
EVER = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
"""A time before all records."""

Row = TypeVar("Row")


@dataclass(frozen=True)
class Place:
    """Where a page ends: the last row's time and id (of a conversation: text, of a question: a number)."""

    at: dt.datetime
    id: str | int


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Rows, newest first; ``more`` is the place the next page begins after, None on the last page."""

    rows: list[Row]
    more: Place | None


@dataclass(frozen=True)
class BarrierCount:
    """In how many distinct conversations a barrier was heard, of how many distinct organisations."""

    barrier: str
    organisations: int
    conversations: int


@dataclass(frozen=True)
class Totals:
    """What happened in a time. An organisation is known once an interview began."""

    conversations: int
    organisations: int
    questions: int
    helpful: int
    not_helpful: int
    contacts: int


@dataclass(frozen=True)
class ConversationHead:
    """A conversation in a list. ``profile`` is empty while the organisation is unknown."""

    id: str
    site: str
    at: dt.datetime
    messages: int
    profile: dict[str, Any]
    opening: str
    barriers: tuple[str, ...]


@dataclass(frozen=True)
class OpenQuestion:
    """A question the library could not answer; ``kind``: unknown (nothing near) or suggest (``nearest`` offered)."""

    id: int
    conversation: str
    message: int
    question: str
    kind: str
    nearest: tuple[str, ...]
    at: dt.datetime


@dataclass(frozen=True)
class ContactRequest:
    """A visitor's wish to hear from a person; ``name`` and ``reach`` (how to reach them) may be empty."""

    conversation: str
    name: str
    reach: str
    about: str
    at: dt.datetime


@dataclass(frozen=True)
class HeardBarrier:
    """A barrier heard in a message, with the visitor's words; ``by``: answer, rule, model or person."""

    barrier: str
    by: str
    words: str


@dataclass(frozen=True)
class Rating:
    """What the visitor said of an advisor's message."""

    helpful: bool
    comment: str


@dataclass(frozen=True)
class TranscriptMessage:
    """One message with all that hangs on it."""

    seq: int
    author: str
    plain: str
    at: dt.datetime
    heard: tuple[HeardBarrier, ...]
    gap: OpenQuestion | None
    rating: Rating | None


@dataclass(frozen=True)
class AssessmentRun:
    """One run of the interview; ``state`` as the interview stored it."""

    instrument: str
    finished: bool
    state: dict[str, Any]


@dataclass(frozen=True)
class Transcript:
    """One conversation in full."""

    head: ConversationHead
    messages: list[TranscriptMessage]
    assessments: list[AssessmentRun]
    contacts: list[ContactRequest]


_GAPS = select(Gap.id, Gap.conversation_id, Gap.message_id, Gap.question, Gap.kind, Gap.nearest, Gap.created_at)
_CONTACTS = select(Contact.conversation_id, Contact.name, Contact.reach, Contact.about, Contact.created_at)


class Insight:
    """Reads the records of a `Database` for the support team."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def totals(self, since: dt.datetime) -> Totals:
        """Counts of what happened since then; a conversation counts if its last message is as new."""
        conversations = select(func.count(), func.count(Conversation.organisation_id.distinct())).where(
            Conversation.updated_at >= since
        )
        ratings = select(Feedback.helpful, func.count()).where(Feedback.created_at >= since).group_by(Feedback.helpful)
        questions = select(func.count()).select_from(Gap).where(Gap.created_at >= since)
        contacts = select(func.count()).select_from(Contact).where(Contact.created_at >= since)
        with self._database.read() as connection:
            threads, organisations = connection.execute(conversations).one()
            rated = {bool(helpful): count for helpful, count in connection.execute(ratings)}
            open_questions = connection.scalar(questions) or 0
            asked = connection.scalar(contacts) or 0
        return Totals(threads, organisations, open_questions, rated.get(True, 0), rated.get(False, 0), asked)

    def barriers(self, ids: Iterable[str], since: dt.datetime) -> list[BarrierCount]:
        """How often each of these barriers was heard since then, most organisations first; only those heard at all."""
        counts = (
            select(
                BarrierMention.barrier,
                func.count(Conversation.organisation_id.distinct()),
                func.count(BarrierMention.conversation_id.distinct()),
            )
            .join(Conversation, Conversation.id == BarrierMention.conversation_id)
            .where(BarrierMention.barrier.in_(list(ids)), BarrierMention.created_at >= since)
            .group_by(BarrierMention.barrier)
        )
        with self._database.read() as connection:
            found = [BarrierCount(*row) for row in connection.execute(counts)]
        return sorted(found, key=lambda each: (-each.organisations, -each.conversations, each.barrier))

    def conversations(
        self, since: dt.datetime = EVER, barrier: str | None = None, before: Place | None = None
    ) -> Page[ConversationHead]:
        """Conversations since then, newest first: by the last message, or by when ``barrier`` was last heard in it."""
        newest = _by_barrier(barrier, since, before) if barrier else _by_last_message(since, before)
        with self._database.read() as connection:
            found = connection.execute(newest.limit(PAGE + 1)).all()
            shown = found[:PAGE]
            heads = _heads(connection, [row.id for row in shown])
        # a conversation erased between the two queries is left out
        rows = [heads[row.id] for row in shown if row.id in heads]
        return Page(rows, Place(shown[-1].at, shown[-1].id) if len(found) > PAGE else None)

    def questions(
        self, since: dt.datetime = EVER, before: Place | None = None, limit: int = PAGE
    ) -> Page[OpenQuestion]:
        """Questions without an answer since then, newest first."""
        wanted = _GAPS.where(Gap.created_at >= since).order_by(Gap.created_at.desc(), Gap.id.desc()).limit(limit + 1)
        if before:
            wanted = wanted.where(_earlier(Gap.created_at, Gap.id, before))
        with self._database.read() as connection:
            found = [_question(row) for row in connection.execute(wanted)]
        last = found[limit - 1] if len(found) > limit else None
        return Page(found[:limit], Place(last.at, last.id) if last else None)

    def contacts(self, since: dt.datetime, limit: int) -> list[ContactRequest]:
        """The newest requests since then to be contacted, newest first."""
        newest = _CONTACTS.where(Contact.created_at >= since).order_by(Contact.created_at.desc(), Contact.id.desc())
        with self._database.read() as connection:
            return [ContactRequest(*row) for row in connection.execute(newest.limit(limit))]

    def transcript(self, conversation: str) -> Transcript | None:
        """A conversation in full, or None where there is no such one."""
        with self._database.read() as connection:
            head = _heads(connection, [conversation]).get(conversation)
            if head is None:
                return None
            return Transcript(
                head,
                _messages(connection, conversation),
                _assessments(connection, conversation),
                _contacts(connection, conversation),
            )


def _earlier(at: InstrumentedAttribute[dt.datetime], key: InstrumentedAttribute[Any], place: Place) -> Any:
    return tuple_(at, key) < tuple_(literal(place.at, UtcDateTime()), literal(place.id))


def _by_last_message(since: dt.datetime, before: Place | None) -> Select[dt.datetime, str]:
    newest = (
        select(Conversation.updated_at.label("at"), Conversation.id)
        .where(Conversation.updated_at >= since)
        .order_by(Conversation.updated_at.desc(), Conversation.id.desc())
    )
    return newest.where(_earlier(Conversation.updated_at, Conversation.id, before)) if before else newest


def _by_barrier(barrier: str, since: dt.datetime, before: Place | None) -> Select[dt.datetime, str]:
    """The order is that of the mentions, as no index could serve both a barrier and the order of last messages."""
    mention, later = BarrierMention, aliased(BarrierMention, name="later")
    heard_again = select(later.id).where(
        and_(
            later.conversation_id == mention.conversation_id,
            later.barrier == mention.barrier,
            later.created_at > mention.created_at,
        )
    )
    newest = (
        select(mention.created_at.label("at"), mention.conversation_id.label("id"))
        .where(mention.barrier == barrier, mention.created_at >= since, ~heard_again.exists())
        .distinct()
        .order_by(mention.created_at.desc(), mention.conversation_id.desc())
    )
    return newest.where(_earlier(mention.created_at, mention.conversation_id, before)) if before else newest


def _heads(connection: Connection, ids: Sequence[str]) -> dict[str, ConversationHead]:
    rows = connection.execute(
        select(Conversation.id, Site.name, Conversation.updated_at, Conversation.seq, Organisation.profile)
        .join(Site, Site.id == Conversation.site_id)
        .outerjoin(Organisation, Organisation.id == Conversation.organisation_id)
        .where(Conversation.id.in_(ids))
    )
    first_messages = select(Message.conversation_id, Message.plain).where(
        Message.conversation_id.in_(ids), Message.seq == 1
    )
    openings = {row.conversation_id: row.plain for row in connection.execute(first_messages)}
    heard: defaultdict[str, list[str]] = defaultdict(list)
    mentions = (
        select(BarrierMention.conversation_id, BarrierMention.barrier).distinct().order_by(BarrierMention.barrier)
    )
    for conversation, barrier in connection.execute(mentions.where(BarrierMention.conversation_id.in_(ids))):
        heard[conversation].append(barrier)
    return {
        row.id: ConversationHead(
            row.id, row.name, row.updated_at, row.seq, row.profile or {}, openings.get(row.id, ""), tuple(heard[row.id])
        )
        for row in rows
    }


def _messages(connection: Connection, conversation: str) -> list[TranscriptMessage]:
    heard: defaultdict[int, list[HeardBarrier]] = defaultdict(list)
    mentions = select(BarrierMention.message_id, BarrierMention.barrier, BarrierMention.by, BarrierMention.words)
    for message, *mention in connection.execute(
        mentions.where(BarrierMention.conversation_id == conversation).order_by(BarrierMention.id)
    ):
        heard[message].append(HeardBarrier(*mention))
    gaps = [_question(row) for row in connection.execute(_GAPS.where(Gap.conversation_id == conversation))]
    gap_of = {gap.message: gap for gap in gaps}
    messages = connection.execute(
        select(
            Message.id,
            Message.seq,
            Message.author,
            Message.plain,
            Message.created_at,
            Feedback.helpful,
            Feedback.comment,
        )
        .outerjoin(Feedback, Feedback.message_id == Message.id)
        .where(Message.conversation_id == conversation)
        .order_by(Message.seq)
    )
    return [
        TranscriptMessage(
            row.seq, row.author, row.plain, row.created_at, tuple(heard[row.id]), gap_of.get(row.id),
            None if row.helpful is None else Rating(row.helpful, row.comment),
        )
        for row in messages
    ]  # fmt: skip


def _assessments(connection: Connection, conversation: str) -> list[AssessmentRun]:
    rows = connection.execute(
        select(Assessment.instrument, Assessment.finished, Assessment.state)
        .where(Assessment.conversation_id == conversation)
        .order_by(Assessment.created_at, Assessment.id)
    )
    return [AssessmentRun(*row) for row in rows]


def _contacts(connection: Connection, conversation: str) -> list[ContactRequest]:
    rows = _CONTACTS.where(Contact.conversation_id == conversation).order_by(Contact.created_at, Contact.id)
    return [ContactRequest(*row) for row in connection.execute(rows)]


def _question(row: Any) -> OpenQuestion:
    return OpenQuestion(
        row.id, row.conversation_id, row.message_id, row.question, row.kind, tuple(row.nearest), row.created_at
    )
