"""The tables. Times are UTC; a conversation's rows go with it (foreign keys cascade)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import (
    JSON,
    DateTime,
    ForeignKey,
    Index,
    LargeBinary,
    MetaData,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class UtcDateTime(TypeDecorator[dt.datetime]):
    """An aware UTC time on every database; SQLite drops the zone, so it is put back."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("A time needs a zone: use datetime.now(UTC).")
        return value.astimezone(dt.UTC) if value else None

    def process_result_value(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


class Base(DeclarativeBase):
    """Names every constraint, so that migrations can address it on every database."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {dt.datetime: UtcDateTime, dict[str, Any]: JSON, list[Any]: JSON}


class Site(Base):
    """A website or intranet that embeds the widget. ``origins``: pages allowed to, besides our own."""

    __tablename__ = "site"
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    origins: Mapped[list[Any]] = mapped_column(default=list)
    contact: Mapped[str] = mapped_column(String(300), default="")


class Organisation(Base):
    """Whom an assessment is about; made when an interview begins. ``profile`` as in docs/content.md."""

    __tablename__ = "organisation"
    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[str] = mapped_column(ForeignKey("site.id", ondelete="CASCADE"), index=True)
    profile: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_at: Mapped[dt.datetime]


class Conversation(Base):
    """One visitor's thread. ``version`` counts committed turns, ``seq`` messages; ``snapshot`` is the dialogue's state."""

    __tablename__ = "conversation"
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    site_id: Mapped[str] = mapped_column(ForeignKey("site.id", ondelete="CASCADE"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id", ondelete="SET NULL"), index=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    version: Mapped[int] = mapped_column(default=0)
    seq: Mapped[int] = mapped_column(default=0)
    snapshot: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_at: Mapped[dt.datetime]
    updated_at: Mapped[dt.datetime]
    # with the organisation, so that conversations and organisations of a time are counted from the index alone
    __table_args__ = (Index("ix_conversation_updated_at_id_organisation_id", "updated_at", "id", "organisation_id"),)


class Message(Base):
    """One message of a visitor (redacted), the advisor or a person."""

    __tablename__ = "message"
    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"))
    seq: Mapped[int]
    author: Mapped[str] = mapped_column(String(10))
    client_id: Mapped[str | None] = mapped_column(String(36))
    payload_hash: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    blocks: Mapped[list[Any]] = mapped_column(default=list)
    plain: Mapped[str] = mapped_column(Text)
    outcome: Mapped[dict[str, Any] | None]
    created_at: Mapped[dt.datetime]
    __table_args__ = (
        UniqueConstraint("conversation_id", "seq"),
        UniqueConstraint("conversation_id", "client_id"),
    )


class TrackerEvent(Base):
    """One Rasa event as JSON, in the order it happened; ``turn`` is the conversation's version it belongs to."""

    __tablename__ = "tracker_event"
    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"))
    turn: Mapped[int]
    data: Mapped[list[Any]]
    __table_args__ = (UniqueConstraint("conversation_id", "turn"),)


class Assessment(Base):
    """One run of the interview. ``state`` is ``bot.readiness.Assessment`` as JSON."""

    __tablename__ = "assessment"
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"), index=True)
    instrument: Mapped[str] = mapped_column(String(40))
    state: Mapped[dict[str, Any]]
    finished: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[dt.datetime]
    updated_at: Mapped[dt.datetime]


class Answer(Base):
    """The answer to one question of an assessment, kept apart so that it can be counted."""

    __tablename__ = "answer"
    id: Mapped[int] = mapped_column(primary_key=True)
    assessment_id: Mapped[str] = mapped_column(ForeignKey("assessment.id", ondelete="CASCADE"))
    question: Mapped[str] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(20))
    value: Mapped[int | None]
    said: Mapped[str] = mapped_column(Text, default="")
    __table_args__ = (UniqueConstraint("assessment_id", "question"),)


class BarrierMention(Base):
    """A barrier heard in a message. ``by``: answer, rule, model or person."""

    __tablename__ = "barrier_mention"
    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"))
    message_id: Mapped[int] = mapped_column(ForeignKey("message.id", ondelete="CASCADE"), index=True)
    barrier: Mapped[str] = mapped_column(String(40))
    confidence: Mapped[float] = mapped_column(default=1.0)
    by: Mapped[str] = mapped_column(String(10))
    words: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[dt.datetime]
    __table_args__ = (
        Index("ix_barrier_mention_barrier_created_at_conversation_id", "barrier", "created_at", "conversation_id"),
        Index("ix_barrier_mention_conversation_id_barrier_created_at", "conversation_id", "barrier", "created_at"),
    )


class Gap(Base):
    """A question the library could not answer."""

    __tablename__ = "gap"
    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"), index=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("message.id", ondelete="CASCADE"), index=True)
    question: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(String(10))
    nearest: Mapped[list[Any]] = mapped_column(default=list)
    confidence: Mapped[float]
    created_at: Mapped[dt.datetime]
    __table_args__ = (Index("ix_gap_created_at_id", "created_at", "id"),)


class Feedback(Base):
    """Whether an advisor's message was helpful; the last word of the visitor counts."""

    __tablename__ = "feedback"
    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("message.id", ondelete="CASCADE"), unique=True)
    helpful: Mapped[bool]
    comment: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[dt.datetime]
    __table_args__ = (Index("ix_feedback_created_at_helpful", "created_at", "helpful"),)


class Contact(Base):
    """How a person may reach a visitor who asked for it; never goes through the dialogue."""

    __tablename__ = "contact"
    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"), index=True)
    client_id: Mapped[str] = mapped_column(String(36))
    name: Mapped[str] = mapped_column(Text, default="")
    reach: Mapped[str] = mapped_column(Text, default="")
    about: Mapped[str] = mapped_column(Text)
    created_at: Mapped[dt.datetime]
    __table_args__ = (
        UniqueConstraint("conversation_id", "client_id"),
        Index("ix_contact_created_at_id", "created_at", "id"),
    )


class Tag(Base):
    """A word the support team files conversations under."""

    __tablename__ = "tag"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(60), unique=True)


class Review(Base):
    """What the support team adds to a conversation: a note, perhaps a tag."""

    __tablename__ = "review"
    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"), index=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"), index=True)
    tag_id: Mapped[int | None] = mapped_column(ForeignKey("tag.id", ondelete="SET NULL"), index=True)
    note: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[dt.datetime]


class User(Base):
    """A member of the support team."""

    __tablename__ = "user"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    password_hash: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[dt.datetime]


class UserSession(Base):
    """A reviewer's login; the cookie holds the secret, this row its hash."""

    __tablename__ = "user_session"
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    expires_at: Mapped[dt.datetime]


class AuditEvent(Base):
    """What a reviewer or the purge did; holds no visitor's text."""

    __tablename__ = "audit_event"
    id: Mapped[int] = mapped_column(primary_key=True)
    actor: Mapped[str] = mapped_column(String(80))
    action: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(120), default="")
    at: Mapped[dt.datetime] = mapped_column(index=True)


class LocalDocument(Base):
    """A policy of the organisation's own, for one site; ``id`` is new each time the file is added."""

    __tablename__ = "local_document"
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    site_id: Mapped[str] = mapped_column(ForeignKey("site.id", ondelete="CASCADE"))
    file_name: Mapped[str] = mapped_column(String(255))
    title: Mapped[str] = mapped_column(String(200))
    sha256: Mapped[str] = mapped_column(String(64))
    added_at: Mapped[dt.datetime]
    __table_args__ = (UniqueConstraint("site_id", "file_name"),)


class LocalPassage(Base):
    """A piece of a policy, in its order; ``locator`` is a page or heading."""

    __tablename__ = "local_passage"
    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[str] = mapped_column(ForeignKey("local_document.id", ondelete="CASCADE"))
    ordinal: Mapped[int]
    locator: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    __table_args__ = (UniqueConstraint("document_id", "ordinal"),)
