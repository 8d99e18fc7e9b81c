"""The records on a real SQLite file and a real Postgres: a turn whole or not at all, and erased whole."""

from __future__ import annotations

import dataclasses
import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import func, select, text

from bot.records import (
    AssessmentState,
    ConversationGone,
    Conversations,
    Database,
    DatabaseError,
    GivenAnswer,
    Mention,
    Sites,
    StoredSite,
    Turn,
    VersionConflict,
    count_before,
    purge,
)
from bot.records.tables import Base

NOW = dt.datetime(2026, 7, 1, 12, tzinfo=dt.UTC)
TURN = Turn(
    conversation="c1", site="demo", token_hash=b"t" * 32, version=0, client_id="m1", payload_hash=b"p" * 32, text="question about hipaa", said=[],
    blocks=[], plain="reply", outcome={"kind": "unknown", "articles": ["a"], "confidence": 0.1}, at=NOW, snapshot={"slots": {"misses": 1}},
    events=[{"event": "user"}], mentions=[Mention("privacy", "rule", "hipaa")],
    assessment=AssessmentState("a1", "2026.1", {"answers": {}}, {"role": "manager"}, False, [GivenAnswer("q1", "option", 2, "some")]),
)  # fmt: skip


def rows(database: Database) -> dict[str, int]:
    with database.read() as connection:
        return {
            table.name: connection.scalar(select(func.count()).select_from(table)) or 0
            for table in Base.metadata.sorted_tables
        }


def test_migrations_make_exactly_the_tables_of_the_code(database: Database) -> None:
    with database.read() as connection:
        differences = compare_metadata(
            MigrationContext.configure(connection, opts={"compare_type": True}), Base.metadata
        )
    assert not [each for each in differences if each[0] != "modify_type"], differences


def test_a_turn_is_stored_whole(database: Database) -> None:
    conversations = Conversations(database)
    assert conversations.commit(TURN) == (1, 2)
    stored = conversations.get("c1")
    assert stored is not None and (stored.version, stored.seq, stored.snapshot) == (1, 2, {"slots": {"misses": 1}})
    counts = rows(database)
    assert {name: counts[name] for name in ("message", "tracker_event", "gap", "barrier_mention", "assessment", "answer", "organisation")} == {
        "message": 2, "tracker_event": 1, "gap": 1, "barrier_mention": 1, "assessment": 1, "answer": 1, "organisation": 1,
    }  # fmt: skip
    visitor, advisor = conversations.turn_of("c1", "m1")
    assert (visitor.plain, advisor.plain, visitor.at) == ("question about hipaa", "reply", NOW)


def test_the_next_turn_goes_on_from_the_version(database: Database) -> None:
    conversations = Conversations(database)
    conversations.commit(TURN)
    changed = AssessmentState(
        "a1", "2026.1", {"answers": {"q1": 4}}, {"role": "nurse"}, True, [GivenAnswer("q1", "option", 4, "all")]
    )
    assert conversations.commit(dataclasses.replace(TURN, version=1, client_id="m2", assessment=changed)) == (3, 4)
    with database.read() as connection:
        assert connection.execute(text("select value, said from answer")).all() == [(4, "all")]
        assert connection.execute(text("select count(*) from organisation")).scalar_one() == 1


@pytest.mark.parametrize("version", [0, 1, 5])
def test_a_turn_from_another_version_is_refused_and_leaves_nothing(database: Database, version: int) -> None:
    conversations = Conversations(database)
    conversations.commit(TURN)
    conversations.commit(dataclasses.replace(TURN, version=1, client_id="m2"))
    before = rows(database)
    with pytest.raises(VersionConflict):
        conversations.commit(dataclasses.replace(TURN, version=version, client_id="m3"))
    assert rows(database) == before


def test_an_erased_conversation_is_gone(database: Database) -> None:
    with pytest.raises(ConversationGone):
        Conversations(database).commit(dataclasses.replace(TURN, version=3))


def test_of_many_writers_one_wins_each_version(database: Database) -> None:
    conversations = Conversations(database)
    conversations.commit(TURN)

    def attempt(number: int) -> bool:
        try:
            conversations.commit(dataclasses.replace(TURN, version=1, client_id=f"w{number}"))
        except VersionConflict:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(attempt, range(8))) == 1


def test_purge_erases_old_conversations_with_all_that_hangs_on_them(database: Database) -> None:
    conversations = Conversations(database)
    conversations.commit(TURN)
    conversations.commit(dataclasses.replace(TURN, conversation="c2", at=NOW + dt.timedelta(days=30), assessment=None))
    limit = NOW + dt.timedelta(days=1)
    assert count_before(database, limit) == 1
    assert purge(database, limit, NOW) == 1
    counts = rows(database)
    assert (counts["conversation"], counts["message"], counts["organisation"], counts["answer"], counts["gap"]) == (
        1,
        2,
        0,
        0,
        1,
    )


def test_what_was_erased_leaves_the_file(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'a.sqlite'}")
    Sites(database).ensure_demo()
    Conversations(database).commit(dataclasses.replace(TURN, text="unmistakable-words"))
    assert any(b"unmistakable-words" in path.read_bytes() for path in tmp_path.iterdir())
    purge(database, NOW + dt.timedelta(days=1), NOW)
    assert not any(b"unmistakable-words" in path.read_bytes() for path in tmp_path.iterdir())


def test_contact_twice_is_once_and_feedback_can_change(database: Database) -> None:
    conversations = Conversations(database)
    conversations.commit(TURN)
    for _ in range(2):
        conversations.add_contact("c1", "k1", "", "me@clinic.example", "call me", NOW)
    assert conversations.add_feedback("c1", 2, True, "", NOW) and conversations.add_feedback("c1", 2, False, "no", NOW)
    assert not conversations.add_feedback("c1", 1, True, "", NOW), "only the advisor's messages can be rated"
    counts = rows(database)
    assert (counts["contact"], counts["feedback"]) == (1, 1)
    with pytest.raises(ConversationGone):
        conversations.add_contact("c9", "k1", "", "", "x", NOW)


def test_sites_can_be_added_and_changed(database: Database) -> None:
    sites = Sites(database)
    sites.put(StoredSite("clinic", "Clinic", ("https://clinic.example",), "ask us"))
    sites.put(StoredSite("clinic", "Clinic B", (), ""))
    assert sites.get("clinic") == StoredSite("clinic", "Clinic B", (), "")
    assert [site.id for site in sites.all()] == ["clinic", "demo"]


def test_a_database_of_a_newer_version_is_refused_with_a_sentence(database_url: str) -> None:
    first = Database(database_url)
    with first.write() as connection:
        connection.execute(text("update alembic_version set version_num = '9999'"))
    first.close()
    with pytest.raises(DatabaseError, match="newer version.*9999"):
        Database(database_url)


def test_a_database_that_cannot_be_written_is_refused_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(DatabaseError, match="can't be opened or written"):
        Database(f"sqlite:///{tmp_path}/file/advisor.sqlite")
    (tmp_path / "broken.sqlite").write_text("this is no database, " * 100)
    with pytest.raises(DatabaseError, match="can't be opened or written"):
        Database(f"sqlite:///{tmp_path}/broken.sqlite")


def test_an_unreachable_postgres_is_refused_with_a_sentence() -> None:
    with pytest.raises(DatabaseError, match="can't be opened") as refused:
        Database("postgresql+psycopg://user:secret@127.0.0.1:1/none?connect_timeout=2")
    assert "secret" not in refused.value.sentence
