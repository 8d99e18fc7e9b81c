"""The support team's users and their logins."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import delete, insert, select, update

from bot.records.database import Database
from bot.records.tables import AuditEvent, User, UserSession


class Users:
    """Reads and writes users and logins in a `Database`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def names(self) -> list[str]:
        """All users, by name."""
        with self._database.read() as connection:
            return list(connection.scalars(select(User.name).order_by(User.name)))

    def password_hash(self, name: str) -> str | None:
        """The hash of a user's password, or None where there is no such user."""
        with self._database.read() as connection:
            return connection.scalar(select(User.password_hash).where(User.name == name))

    def put(self, name: str, password_hash: str) -> None:
        """Adds a user, or gives one a new password and ends their logins."""
        now = dt.datetime.now(dt.UTC)
        with self._database.write() as connection:
            known = connection.scalar(select(User.id).where(User.name == name))
            if known is None:
                connection.execute(insert(User).values(name=name, password_hash=password_hash, created_at=now))
            else:
                connection.execute(update(User).where(User.id == known).values(password_hash=password_hash))
                connection.execute(delete(UserSession).where(UserSession.user_id == known))

    def remove(self, name: str) -> bool:
        """Removes a user and ends their logins; False if there is none."""
        with self._database.write() as connection:
            return bool(connection.execute(delete(User).where(User.name == name)).rowcount)

    def log_in(self, name: str, token_hash: bytes, expires_at: dt.datetime, now: dt.datetime) -> None:
        """Stores a login. The name must be a user's."""
        with self._database.write() as connection:
            user = connection.execute(select(User.id).where(User.name == name)).scalar_one()
            connection.execute(insert(UserSession).values(user_id=user, token_hash=token_hash, expires_at=expires_at))
            connection.execute(insert(AuditEvent).values(actor=name, action="log_in", at=now))

    def logged_in(self, token_hash: bytes, now: dt.datetime) -> str | None:
        """The name of the user whose login this is, or None where it does not exist or has ended."""
        with self._database.read() as connection:
            return connection.scalar(
                select(User.name)
                .join(UserSession, UserSession.user_id == User.id)
                .where(UserSession.token_hash == token_hash, UserSession.expires_at > now)
            )

    def log_out(self, token_hash: bytes) -> None:
        """Ends a login."""
        with self._database.write() as connection:
            connection.execute(delete(UserSession).where(UserSession.token_hash == token_hash))

    def audit(self, actor: str, action: str, subject: str, now: dt.datetime) -> None:
        """Notes what a reviewer did; ``subject`` holds no visitor's text."""
        with self._database.write() as connection:
            connection.execute(insert(AuditEvent).values(actor=actor, action=action, subject=subject, at=now))
