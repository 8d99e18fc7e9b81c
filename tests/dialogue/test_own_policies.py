"""Real turns on SQLite and Postgres: a site's visitors are answered from its own policies, and nobody else is."""

from __future__ import annotations

import asyncio
import dataclasses
import datetime as dt
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.dialogue.inputs import Chosen, Input, Pressed, Typed
from bot.dialogue.service import Dialogue
from bot.dialogue.turn import Reply, Request
from bot.library.local import Limits, convert
from bot.records import Conversations, Database, Policies, Sites, StoredSite
from bot.records.tables import Gap
from bot.services import Services, policies

FOLDER = Path(__file__).parents[1] / "library" / "local" / "fitting"
SECRET = "NoteStream"  # a word of the policy that stands nowhere else
QUESTION = "how soon must a scribed note be signed in our clinic"
ALONE = "which form do we fill in for a pilot"  # the library has nothing sure on it
BOTH = "can i use copilot to summarise a chart before rounds"

Say = Callable[..., Reply]


@pytest.fixture
def hospital(database: Database) -> Policies:
    """Two sites beside the demo: a hospital with two policies, a clinic with none."""
    for site in ("hospital", "clinic"):
        Sites(database).put(StoredSite(site, site, (), ""))
    stored = Policies(database)
    for path in FOLDER.glob("*.md"):
        add(stored, "hospital", path)
    return stored


@pytest.fixture
def say(services: Services, model: Path, database: Database, hospital: Policies, tmp_path: Path) -> Iterator[Say]:
    """A turn on a site: ``say(site, input)`` in a new conversation, or in a given one."""
    kept = services.settings.model_copy(update={"cache_dir": tmp_path})
    dialogue = Dialogue(model, dataclasses.replace(services, settings=kept), Conversations(database), hospital)

    def turn(site: str, given: Input | str, conversation: str = "") -> Reply:
        typed = Typed(given) if isinstance(given, str) else given
        key = conversation or str(uuid.uuid4())
        return asyncio.run(dialogue.turn(Request(key, site, b"t" * 32, str(uuid.uuid4()), b"p" * 32, typed)))

    yield turn
    dialogue.close()


def add(stored: Policies, site: str, path: Path) -> None:
    document = convert(path.name, path.read_bytes(), Limits(10**6, 10**3))
    stored.put(site, path.name, document, "0" * 64, dt.datetime(2026, 5, 4, tzinfo=dt.UTC))


def statuses(reply: Reply) -> list[str]:
    blocks: list[dict[str, Any]] = reply.advisor.blocks
    return [item["status"] for block in blocks if block["type"] == "citations" for item in block["items"]]


def gaps(database: Database) -> list[str]:
    with database.read() as connection:
        return list(connection.scalars(select(Gap.question)))


def test_the_policy_is_cited_first_on_its_site_only(say: Say, database: Database) -> None:
    own, other, demo = say("hospital", BOTH), say("clinic", BOTH), say("demo", BOTH)
    assert own.advisor.plain.startswith("**Your policy** (AI Acceptable Use, Patient information):")
    assert "Summaries of charts are allowed" in own.advisor.plain
    assert statuses(own)[0] == "local" and len(statuses(own)) > 1 and "local" not in statuses(own)[1:]
    assert own.outcome["articles"] == other.outcome["articles"]
    for reply in (other, demo):
        assert "local" not in statuses(reply) and "Your policy" not in reply.advisor.plain
        assert reply.advisor.plain.split("\n\n")[0] in own.advisor.plain, "what holds for all is said to all"


def test_no_turn_of_another_site_ever_holds_a_word_of_it(say: Say, database: Database) -> None:
    assert "forty-eight hours" in say("hospital", QUESTION).advisor.plain
    for line in (FOLDER.parent / "fitting.jsonl").read_text("utf-8").splitlines()[:45:3]:
        question = line.split('"')[3]
        reply = say("clinic", question)
        assert "local" not in statuses(reply) and SECRET not in reply.advisor.plain, question
    assert policies() is None, "nothing is at hand between turns"


def test_what_the_policy_answered_is_no_gap(say: Say, database: Database) -> None:
    reply = say("hospital", ALONE)
    assert "IT-114" in reply.advisor.plain and "Apart from your policy I have nothing checked" in reply.advisor.plain
    assert reply.outcome["kind"] == "answer" and gaps(database) == []
    say("clinic", ALONE)
    assert gaps(database) == [ALONE]


def test_more_is_about_the_policy_where_it_answered_alone_and_about_the_article_else(say: Say) -> None:
    conversation = str(uuid.uuid4())
    say("hospital", BOTH, conversation)
    detail = say("hospital", Pressed("more"), conversation)
    assert detail.outcome["articles"] and "Your policy" not in detail.advisor.plain
    say("hospital", ALONE, conversation)
    more = say("hospital", Pressed("more"), conversation)
    assert "in full around this" in more.advisor.plain and "Using AI safely" in more.advisor.plain
    assert statuses(more) == ["local"]


def test_a_change_takes_effect_with_the_next_message(say: Say, hospital: Policies, tmp_path: Path) -> None:
    assert "forty-eight hours" in say("hospital", QUESTION).advisor.plain
    changed = tmp_path / "ambient-scribe.md"
    changed.write_text((FOLDER / "ambient-scribe.md").read_text("utf-8").replace("forty-eight hours", "three days"))
    add(hospital, "hospital", changed)
    after = say("hospital", QUESTION).advisor.plain
    assert "three days" in after and "forty-eight" not in after
    hospital.remove("hospital", "ambient-scribe.md")
    assert "three days" not in say("hospital", QUESTION).advisor.plain
    add(hospital, "clinic", changed)
    assert "three days" in say("clinic", QUESTION).advisor.plain, "a site that had none"


def test_a_question_in_the_interview_is_answered_from_the_policy_and_the_interview_goes_on(say: Say) -> None:
    conversation = str(uuid.uuid4())
    asked = say("hospital", Chosen("menu", ("start_interview",)), conversation)
    question = next(block["id"] for block in asked.advisor.blocks if block["type"] == "choices")
    reply = say("hospital", f"{QUESTION}?", conversation)
    assert "forty-eight hours" in reply.advisor.plain
    assert [block["id"] for block in reply.advisor.blocks if block["type"] == "choices"][-1] == question


def test_an_emergency_still_comes_first(say: Say) -> None:
    reply = say("hospital", "i want to kill myself")
    assert reply.outcome["kind"] == "safe_reply" and "Your policy" not in reply.advisor.plain
