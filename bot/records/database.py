"""Opens the database, brings its tables up to date, and hands out transactions."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import StaticPool

from bot.errors import AdvisorError

MIGRATIONS = Path(__file__).parent / "migrations"
BUSY_SECONDS = 10


class DatabaseError(AdvisorError):
    """The database can't be used: not writable, not there, or made by a newer version."""


class Database:
    """An SQLite file or a Postgres database with the advisor's tables.

    Args:
        url: SQLAlchemy URL. ``sqlite://`` keeps everything in memory (for `advisor ask` and tests).

    Raises:
        DatabaseError: the database can't be opened or written, or a newer version made it.
    """

    def __init__(self, url: str) -> None:
        try:
            self.engine = _engine(url)
            self._migrate()
        except ArgumentError as error:
            raise DatabaseError(
                "The database URL can't be read. It should look like postgresql+psycopg://user@host/name."
            ) from error
        except (DBAPIError, sqlite3.Error, OSError) as error:
            place = make_url(url).render_as_string(hide_password=True)
            raise DatabaseError(
                f"The database {place} can't be opened or written. Check that it exists, that this user may write to it "
                "and that the disk is not full; ADVISOR_DATABASE_URL or ADVISOR_DATA_DIR names another one.",
                detail=str(error),
            ) from error

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection for reading; sees one consistent state."""
        with self.engine.connect() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction: commits as a whole when the block ends, rolls back when it raises."""
        with self.engine.execution_options(write=True).begin() as connection:
            yield connection

    def close(self) -> None:
        """Closes all connections."""
        self.engine.dispose()

    def _migrate(self) -> None:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        script = ScriptDirectory.from_config(config)
        with self.write() as connection:
            current = MigrationContext.configure(connection).get_current_revision()
            if current == script.get_current_head():
                return
            config.attributes["connection"] = connection
            try:
                command.upgrade(config, "head")
            except CommandError as error:
                raise DatabaseError(
                    f"The database was made by a newer version of the advisor (its revision is {current}). "
                    "Start that version, or name another database with ADVISOR_DATABASE_URL.",
                    detail=str(error),
                ) from error


def _engine(url: str) -> Engine:
    if not url.startswith("sqlite"):
        return create_engine(url, pool_size=5, pool_pre_ping=True)
    options: dict[str, Any] = {"connect_args": {"check_same_thread": False, "timeout": BUSY_SECONDS}}
    path = make_url(url).database
    if not path:
        options["poolclass"] = StaticPool
    else:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, **options)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _: object) -> None:
    # sqlite3's own transaction handling is switched off, so that _begin_sqlite decides
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    # IMMEDIATE takes the write lock at once: a transaction that reads first can't fail half-way
    writes = connection.get_execution_options().get("write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
