"""Every list of the console is served by an index: no query walks through a whole table."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections import defaultdict
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import event, insert, text

from bot.records import Database
from bot.records.tables import BarrierMention, Contact, Conversation, Feedback, Gap, Message, Organisation
from tests.review.conftest import START

BARRIERS = ["privacy", "cost", "skills_gap", "workflow", "evidence"]
CONVERSATIONS, MESSAGES_EACH = 3_000, 7
PLACE = "before=2026-06-30T00:00:00Z"
LISTS = [
    "/review?days=30",
    "/review?days=all",
    "/review/conversations",
    f"/review/conversations?{PLACE},c17",
    "/review/conversations?days=30",
    "/review/conversations?barrier=privacy",
    f"/review/conversations?barrier=privacy&days=30&{PLACE},c17",
    "/review/questions",
    f"/review/questions?{PLACE},17",
    "/review/conversations/c17",
]


def seed(database: Database) -> None:
    """Writes 21,000 messages in 3,000 conversations, over 500 days."""
    rows: dict[Any, list[dict[str, Any]]] = defaultdict(list)
    ids = itertools.count(1)
    for number in range(CONVERSATIONS):
        at, conversation = START - dt.timedelta(hours=4 * number), f"c{number}"
        rows[Organisation].append({"id": number + 1, "site_id": "demo", "profile": {}, "created_at": at})
        head = {"id": conversation, "site_id": "demo", "organisation_id": number + 1, "seq": MESSAGES_EACH}
        rows[Conversation].append({**head, "token_hash": b"", "snapshot": {}, "created_at": at, "updated_at": at})
        for seq in range(1, MESSAGES_EACH + 1):
            message = next(ids)
            common = {"conversation_id": conversation, "created_at": at}
            rows[Message].append({**common, "id": message, "seq": seq, "author": "visitor", "plain": "text"})
            common["message_id"] = message
            rows[BarrierMention].append({**common, "barrier": BARRIERS[message % 5], "by": "rule"})
            if seq == 1:
                rows[Gap].append({**common, "question": "why", "kind": "unknown", "confidence": 0.0})
                asked = {"conversation_id": conversation, "client_id": "k", "created_at": at}
                rows[Contact].append({**asked, "about": "call me"})
            if seq == 2:
                rows[Feedback].append({"message_id": message, "helpful": True, "created_at": at})
    with database.write() as connection:
        for table, values in rows.items():
            connection.execute(insert(table), values)
        connection.execute(text("ANALYZE"))


def statements_of(reviewer: TestClient, database: Database, path: str) -> list[tuple[str, Any]]:
    """The queries that a page makes, with their values."""
    made: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if statement.lstrip().startswith("SELECT"):
            made.append((statement, parameters))

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        assert reviewer.get(path).status_code == 200
    finally:
        event.remove(database.engine, "before_cursor_execute", note)
    return made


def plan(database: Database, statement: str, parameters: Any) -> str:
    with database.read() as connection:
        if database.engine.dialect.name == "sqlite":
            steps = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            return "\n".join(str(row[-1]) for row in steps)
        # at this size Postgres may rightly prefer to read a small table; the question is whether it has to
        connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        return "\n".join(str(row[0]) for row in connection.exec_driver_sql(f"EXPLAIN {statement}", parameters))


def test_no_page_reads_a_whole_table(reviewer: TestClient, database: Database) -> None:
    seed(database)
    tables = "message|barrier_mention|later|gap|conversation|feedback|assessment|organisation|contact"
    whole = re.compile(rf'\bSCAN ({tables})\b|Seq Scan on "?({tables})\b')
    for path in LISTS:
        made = statements_of(reviewer, database, path)
        assert len(made) >= 2
        for statement, parameters in made:
            explained = plan(database, statement, parameters)
            assert not whole.search(explained), f"{path}\n{statement}\n{explained}"


@pytest.mark.parametrize(("table", "path"), [("gap", "/review/questions"), ("contact", "/review")])
def test_the_check_would_notice_a_missing_index(
    reviewer: TestClient, database: Database, table: str, path: str
) -> None:
    if database.engine.dialect.name != "sqlite":
        pytest.skip("one database is enough to test the test")
    seed(database)
    with database.write() as connection:
        connection.execute(text(f"DROP INDEX ix_{table}_created_at_id"))
    plans = [plan(database, *made) for made in statements_of(reviewer, database, path)]
    assert any(f"SCAN {table}" in each for each in plans)
