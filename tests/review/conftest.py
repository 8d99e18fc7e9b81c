"""The console as the tests visit it: real pages over a real database, with the real content."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from bot.records import AssessmentState, Conversations, Database, GivenAnswer, Mention, Turn, Users
from bot.review.passwords import hash_password
from bot.review.routes import review_routes
from bot.services import Services

Visit = Callable[..., TestClient]
PASSWORD = "four calm random words"
HASH = hash_password(PASSWORD)
START = dt.datetime(2026, 7, 1, 12, tzinfo=dt.UTC)


@dataclass
class Clock:
    """The console's clock; a test moves it."""

    time: dt.datetime = START

    def __call__(self) -> dt.datetime:
        return self.time


@dataclass
class Talk:
    """Seeds one conversation, turn by turn, as the dialogue commits them."""

    database: Database
    id: str
    at: dt.datetime = START
    turns: int = field(default=0, init=False)

    def say(self, text: str, reply: str = "reply", **parts: Any) -> Talk:
        """One turn. ``parts`` are further fields of the turn; each turn comes a minute after the one before."""
        turn = Turn(
            conversation=self.id, site="demo", token_hash=b"t" * 32, version=self.turns, client_id=f"m{self.turns}",
            payload_hash=b"p" * 32, text=text, blocks=[], plain=reply, at=self.at, snapshot={},
            **{"outcome": {"kind": "answer"}, **parts},
        )  # fmt: skip
        Conversations(self.database).commit(turn)
        self.turns += 1
        self.at += dt.timedelta(minutes=1)
        return self


def asked(
    profile: dict[str, Any], answers: dict[str, dict[str, Any]], finished: bool = False, of: str = "a1"
) -> AssessmentState:
    """An assessment's state after these answers."""
    state = {"version": "2026.1", "answers": answers, "order": list(answers), "profile": profile}
    changed = [GivenAnswer(question, answer["kind"], None, "") for question, answer in answers.items()]
    return AssessmentState(of, "2026.1", state, profile, finished, changed)


def heard(*barriers: str, by: str = "rule") -> list[Mention]:
    """Mentions of these barriers, each voiced by its own name."""
    return [Mention(barrier, by, barrier) for barrier in barriers]


@pytest.fixture
def clock() -> Clock:
    """A clock that stands at `START`."""
    return Clock()


@pytest.fixture
def visit(database: Database, services: Services, clock: Clock) -> Visit:
    """Opens a browser in front of a console with the given settings, not logged in; 'ada' may."""
    Users(database).put("ada", HASH)

    def visit(**changed: Any) -> TestClient:
        settings = services.settings.model_copy(update={"login_attempts": 3, **changed})
        app = FastAPI()
        app.include_router(review_routes(settings, database, services.library, services.interview, clock))
        return TestClient(app, follow_redirects=False)

    return visit


@pytest.fixture
def browser(visit: Visit) -> TestClient:
    """A browser in front of the console, not logged in."""
    return visit()


@pytest.fixture
def reviewer(browser: TestClient) -> TestClient:
    """A browser in which 'ada' is logged in."""
    assert log_in(browser).status_code == 303
    return browser


def log_in(browser: TestClient, name: str = "ada", password: str = PASSWORD, **kwargs: Any) -> Any:
    """What the login form sends."""
    following = kwargs.pop("next", "")
    return browser.post("/review/login", data={"name": name, "password": password, "next": following}, **kwargs)
