"""The own policies on a real SQLite file and a real Postgres: replaced whole, seen by one site, not purged."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import delete, func, select
from sqlalchemy.exc import DBAPIError

from bot.library.local import LocalDocument
from bot.library.local.pieces import Piece
from bot.records import Database, Policies, Sites, StoredPolicy, StoredSite, purge
from bot.records.tables import LocalPassage, Site

NOW = dt.datetime(2026, 7, 1, 12, tzinfo=dt.UTC)
DOCUMENT = LocalDocument("AI Use", (Piece("page 1", "Copilot may be used."), Piece("page 2", "Ask first.")))
SHORTER = LocalDocument("AI Use 2", (Piece("page 1", "Copilot may not be used."),))


@pytest.fixture
def policies(database: Database) -> Policies:
    Sites(database).put(StoredSite("clinic", "Clinic", (), ""))
    return Policies(database)


def test_a_document_is_stored_listed_replaced_and_removed(policies: Policies, database: Database) -> None:
    assert policies.version("demo") == frozenset() and policies.passages("demo") == []
    assert not policies.put("demo", "ai.pdf", DOCUMENT, "a" * 64, NOW)
    first = policies.version("demo")
    assert policies.list("demo") == [StoredPolicy("ai.pdf", "AI Use", "a" * 64, NOW, 2)]
    found = policies.passages("demo")
    assert [(each.title, each.locator, each.text, each.ordinal, each.added) for each in found] == [
        ("AI Use", "page 1", "Copilot may be used.", 0, NOW.date()),
        ("AI Use", "page 2", "Ask first.", 1, NOW.date()),
    ]
    assert policies.put("demo", "ai.pdf", SHORTER, "b" * 64, NOW)
    assert policies.version("demo") != first and len(policies.version("demo")) == 1
    assert [each.text for each in policies.passages("demo")] == ["Copilot may not be used."]
    assert policies.remove("demo", "ai.pdf") and not policies.remove("demo", "ai.pdf")
    with database.read() as connection:
        assert connection.scalar(select(func.count()).select_from(LocalPassage)) == 0


def test_a_document_belongs_to_one_site(policies: Policies) -> None:
    policies.put("demo", "ai.pdf", DOCUMENT, "a" * 64, NOW)
    policies.put("clinic", "ai.pdf", SHORTER, "b" * 64, NOW)
    assert [each.title for each in policies.list("demo")] == ["AI Use"]
    assert [each.title for each in policies.passages("clinic")] == ["AI Use 2"]
    assert not policies.version("demo") & policies.version("clinic")
    policies.remove("clinic", "ai.pdf")
    assert len(policies.passages("demo")) == 2


def test_a_document_that_cannot_be_stored_leaves_the_one_before(policies: Policies) -> None:
    policies.put("demo", "ai.pdf", DOCUMENT, "a" * 64, NOW)
    before = policies.version("demo")
    broken = LocalDocument("AI Use", (Piece("page 1", "good"), Piece("page 2", None)))  # type: ignore[arg-type]
    with pytest.raises(DBAPIError):
        policies.put("demo", "ai.pdf", broken, "b" * 64, NOW)
    assert policies.version("demo") == before and len(policies.passages("demo")) == 2


def test_policies_are_not_purged_and_go_with_their_site(policies: Policies, database: Database) -> None:
    policies.put("clinic", "ai.pdf", DOCUMENT, "a" * 64, NOW)
    purge(database, NOW + dt.timedelta(days=10_000), NOW)
    assert len(policies.passages("clinic")) == 2
    with database.write() as connection:
        connection.execute(delete(Site).where(Site.id == "clinic"))
    assert policies.passages("clinic") == []
