"""What the tests start: fixtures named after the thing, scoped as widely as truth allows."""

from __future__ import annotations

import os
import threading
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from fastapi import FastAPI
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from bot import services as parts
from bot.app import create_app
from bot.dialogue.service import Dialogue
from bot.records import Conversations, Database, Sites
from bot.services import Services
from bot.serving import configure_logging
from bot.settings import Settings
from bot.training import train
from tests.visitor import Visitor

POSTGRES = os.environ.get("ADVISOR_TEST_POSTGRES_URL", "")
DATABASES = ["sqlite", "postgres"]


@pytest.fixture(scope="session")
def base_settings() -> Settings:
    """The project's settings, without limits that a fast test would meet."""
    return Settings(messages_a_minute=100_000, frames_a_minute=100_000, sockets_an_address=1_000, log_level="WARNING")


@pytest.fixture(scope="session")
def services(base_settings: Settings) -> Services:
    """The real content, vectors and recognisers."""
    configure_logging(base_settings)
    return parts.use(parts.build(base_settings))


@pytest.fixture(scope="session")
def model(base_settings: Settings) -> Path:
    """The real trained model."""
    return train(base_settings)


@pytest.fixture(params=DATABASES)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty SQLite file, and an empty Postgres schema where a URL is given."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'advisor.sqlite'}"
        return
    if not POSTGRES:
        pytest.skip("ADVISOR_TEST_POSTGRES_URL is not set")
    schema = f"test_{uuid.uuid4().hex[:12]}"
    engine = create_engine(POSTGRES)
    with engine.begin() as connection:
        connection.execute(text(f"CREATE SCHEMA {schema}"))
    yield (
        make_url(POSTGRES)
        .update_query_dict({"options": f"-csearch_path={schema}"})
        .render_as_string(hide_password=False)
    )
    with engine.begin() as connection:
        connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
    engine.dispose()


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """An empty database with all tables and the demo site."""
    database = Database(database_url)
    Sites(database).ensure_demo()
    yield database
    database.close()


@pytest.fixture(scope="session")
def dialogue(services: Services, model: Path) -> Iterator[Dialogue]:
    """The real dialogue on a database in memory, shared by tests that only talk."""
    database = Database("sqlite://")
    Sites(database).ensure_demo()
    dialogue = Dialogue(model, services, Conversations(database))
    yield dialogue
    dialogue.close()


class Server:
    """A running advisor: the real application under uvicorn on a free port."""

    def __init__(self, app: FastAPI, settings: Settings, database: Database) -> None:
        self.settings = settings
        self.database = database
        config = uvicorn.Config(
            app,
            port=0,
            log_config=None,
            access_log=False,
            ws="websockets-sansio",
            ws_max_size=settings.frame_bytes_hard,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._thread.start()
        until = time.monotonic() + 30
        while not self._server.started and time.monotonic() < until:
            time.sleep(0.02)
        self.port: int = self._server.servers[0].sockets[0].getsockname()[1]

    @property
    def url(self) -> str:
        """Where the pages are."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def socket_url(self) -> str:
        """Where the chat is."""
        return f"ws://127.0.0.1:{self.port}/chat/ws"

    def stop(self) -> None:
        """Stops it as Ctrl-C would."""
        self._server.should_exit = True
        self._thread.join(timeout=30)


@pytest.fixture(scope="session")
def server(
    base_settings: Settings, services: Services, model: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """One server on an SQLite file, for all tests that only visit."""
    folder = tmp_path_factory.mktemp("server")
    settings = base_settings.model_copy(update={"data_dir": folder, "database_url": ""})
    database = Database(settings.records_url)
    server = Server(create_app(settings, services, database, model), settings, database)
    yield server
    server.stop()


@pytest.fixture
def visitor(server: Server) -> Iterator[Visitor]:
    """Someone who has just opened the chat."""
    with Visitor(server.socket_url) as visitor:
        visitor.hello()
        yield visitor
