"""Erases what is older than the retention allows."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import delete, func, insert, select, text

from bot.records.database import Database
from bot.records.tables import AuditEvent, Conversation, Organisation, UserSession


def purge(database: Database, before: dt.datetime, now: dt.datetime) -> int:
    """Erases conversations whose last message is older than ``before``, with all that hangs on them.

    Organisations that no conversation names any more go too. Gives the number of conversations erased.
    """
    with database.write() as connection:
        erased = connection.execute(delete(Conversation).where(Conversation.updated_at < before)).rowcount
        used = select(Conversation.organisation_id).where(Conversation.organisation_id.is_not(None))
        connection.execute(delete(Organisation).where(Organisation.id.not_in(used)))
        connection.execute(delete(UserSession).where(UserSession.expires_at < now))
        connection.execute(
            insert(AuditEvent).values(actor="purge", action="erased", subject=f"{erased} conversations", at=now)
        )
    if database.engine.dialect.name == "sqlite":
        # what was erased must leave the write-ahead log too, not only the database file
        with database.engine.connect() as connection:
            connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    return erased


def count_before(database: Database, before: dt.datetime) -> int:
    """How many conversations `purge` would erase."""
    with database.read() as connection:
        return (
            connection.scalar(select(func.count()).select_from(Conversation).where(Conversation.updated_at < before))
            or 0
        )
