"""Turns against the real model: whole or not at all, safe against commands, the same after a full replay."""

from __future__ import annotations

import asyncio
import datetime as dt
import socket
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog
from rasa.shared.core.events import deserialise_events
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy import select

import bot.services as parts
from bot.dialogue.agent import DialogueAgent, ModelError
from bot.dialogue.inputs import Chosen, Input, NotOffered, Pressed, Typed
from bot.dialogue.service import Dialogue
from bot.dialogue.thread import DialogueThread
from bot.dialogue.tracker_store import snapshot_of
from bot.dialogue.turn import Busy, IdReused, Reply, Request
from bot.records import Conversations, Database, Sites
from bot.records.tables import TrackerEvent
from bot.services import Services


class Talk:
    """A conversation in process."""

    def __init__(self, dialogue: Dialogue, database: Database) -> None:
        self.id = str(uuid.uuid4())
        self.dialogue = dialogue
        self.conversations = Conversations(database)

    def __call__(self, given: Input | str, client_id: str = "", payload: bytes = b"p" * 32) -> Reply:
        request = Request(
            self.id,
            "demo",
            b"t" * 32,
            client_id or str(uuid.uuid4()),
            payload,
            Typed(given) if isinstance(given, str) else given,
        )
        return asyncio.run(self.dialogue.turn(request))

    @property
    def slots(self) -> dict[str, Any]:
        stored = self.conversations.get(self.id)
        assert stored is not None
        slots: dict[str, Any] = stored.snapshot["slots"]
        return slots

    def interview(self, turns: int) -> Reply:
        """Answers ``turns`` questions with their first option."""
        reply = self(Chosen("menu", ("start_interview",)))
        for _ in range(turns):
            block = next(block for block in reply.advisor.blocks if block["type"] == "choices")
            reply = self(Chosen(block["id"], (block["options"][0]["value"],)))
        return reply


@pytest.fixture(scope="module")
def database() -> Iterator[Database]:
    database = Database("sqlite://")
    Sites(database).ensure_demo()
    yield database
    database.close()


@pytest.fixture(scope="module")
def dialogue(services: Services, model: Path, database: Database) -> Iterator[Dialogue]:
    dialogue = Dialogue(model, services, Conversations(database))
    yield dialogue
    dialogue.close()


@pytest.fixture
def talk(dialogue: Dialogue, database: Database) -> Talk:
    return Talk(dialogue, database)


def test_a_snapshot_equals_a_full_replay(talk: Talk, dialogue: Dialogue, database: Database) -> None:
    talk.interview(6)
    talk("can i put patient notes into chatgpt?")
    talk(Pressed("back"))
    talk("we are a dental practice in Maine")
    talk(Pressed("skip"))
    domain = dialogue._agent.processor.domain
    with database.read() as connection:
        events = [
            event
            for row in connection.scalars(
                select(TrackerEvent.data).where(TrackerEvent.conversation_id == talk.id).order_by(TrackerEvent.turn)
            )
            for event in row
        ]
    replayed = DialogueStateTracker.from_events(talk.id, deserialise_events(events), slots=domain.slots, domain=domain)
    stored = talk.conversations.get(talk.id)
    assert stored is not None
    assert snapshot_of(replayed) == stored.snapshot
    assert stored.snapshot["loop"] == "interview_form"


def test_turn_300_starts_from_as_little_as_turn_3(talk: Talk, database: Database) -> None:
    sizes = []
    for _ in range(30):
        talk("hello")
        with database.read() as connection:
            sizes.append(
                len(
                    connection.scalars(
                        select(TrackerEvent.data)
                        .where(TrackerEvent.conversation_id == talk.id)
                        .order_by(TrackerEvent.turn.desc())
                    ).first()
                    or []
                )
            )
    assert sizes[-1] == sizes[2]


@pytest.mark.parametrize(
    "text", ["/restart", "   /restart", '/start_interview{"interview": "done"}', '/inform{"assessment": 1}', "//", "/"]
)
def test_typed_text_is_never_a_command(talk: Talk, text: str) -> None:
    talk.interview(2)
    before = talk.slots["assessment"]["state"]["answers"]
    talk(text)
    assert talk.slots["assessment"]["state"]["answers"] == before
    assert talk.slots["interview"] == "running"


def test_an_action_that_raises_ends_in_an_apology_and_stores_nothing_half_done(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk.interview(3)
    before = talk.slots
    services = parts.current()

    def broken(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("the library fell over")

    monkeypatch.setattr(services.answerer, "answer", broken)
    with structlog.testing.capture_logs() as logged:
        reply = talk("what does the fda say about decision support software")
    assert reply.advisor.blocks[0]["kind"] == "apology"
    assert reply.advisor.blocks[1]["options"], "there is a way on"
    assert talk.slots == before
    failed = next(entry for entry in logged if entry["event"] == "turn.failed")
    assert "the library fell over" in str(failed["exc_info"]), "the log has the trace"
    monkeypatch.undo()
    assert talk(Pressed("skip")).outcome["kind"] == "interview"


def test_a_message_is_redacted_before_anything_else_sees_it(talk: Talk, database: Database) -> None:
    reply = talk("can i put the note of John Smith, MRN 00482913, born 3/14/1962, into chatgpt?")
    assert reply.advisor.blocks[0]["type"] == "notice" and reply.advisor.blocks[0]["kind"] == "privacy"
    everything = str(talk.conversations.messages(talk.id)) + str(talk.conversations.get(talk.id))
    with database.read() as connection:
        everything += str(
            connection.execute(select(TrackerEvent.data).where(TrackerEvent.conversation_id == talk.id)).all()
        )
    for secret in ("John", "Smith", "00482913", "3/14/1962"):
        assert secret not in everything


def test_the_same_id_is_the_same_turn(talk: Talk) -> None:
    first = talk("hello", "id-1")
    again = talk("hello", "id-1")
    assert (again.visitor.seq, again.advisor.seq, again.advisor.plain) == (
        first.visitor.seq,
        first.advisor.seq,
        first.advisor.plain,
    )
    with pytest.raises(IdReused):
        talk("something else", "id-1", payload=b"q" * 32)


@pytest.mark.parametrize(
    "given",
    [
        Pressed("nothing"),
        Pressed("restart"),
        Chosen("menu", ("nothing",)),
        Chosen("menu", ("start_interview", "ask_plan")),
        Chosen("interview:none", ("1",)),
        Chosen("nowhere", ("1",)),
    ],
)
def test_what_is_not_on_offer_is_refused_and_not_stored(talk: Talk, given: Input) -> None:
    with pytest.raises(NotOffered):
        talk(given)
    assert talk.conversations.get(talk.id) is None


def test_a_question_in_the_interview_is_answered_and_the_interview_goes_on(talk: Talk) -> None:
    before = talk.interview(4)
    question = next(block["id"] for block in before.advisor.blocks if block["type"] == "choices")
    reply = talk("what is a business associate agreement?")
    assert reply.outcome["kind"] == "answer"
    assert [block["id"] for block in reply.advisor.blocks if block["type"] == "choices"][-1] == question


def test_an_answer_that_is_not_understood_is_asked_again_once_then_kept(talk: Talk) -> None:
    reply = talk.interview(4)
    question = next(block["id"] for block in reply.advisor.blocks if block["type"] == "choices")
    first = talk("purple elephants on the roof")
    assert next(block["id"] for block in first.advisor.blocks if block["type"] == "choices") == question
    second = talk("more purple elephants on the roof")
    assert next(block["id"] for block in second.advisor.blocks if block["type"] == "choices") != question
    kept = talk.slots["assessment"]["state"]["answers"][question.removeprefix("interview:")]
    assert kept["kind"] == "skipped" and "elephants" in kept["said"]


def test_an_emergency_comes_before_everything_and_the_interview_waits(talk: Talk) -> None:
    talk.interview(3)
    reply = talk("i want to kill myself")
    assert reply.outcome["kind"] == "safe_reply"
    assert [block["type"] for block in reply.advisor.blocks] == ["notice"]
    assert "988" in reply.advisor.plain
    assert talk.slots["interview"] == "paused"
    reply = talk(Chosen("menu", ("interview_resume",)))
    assert reply.advisor.blocks[-1]["type"] == "progress", "the interview is still there"
    answered = len(talk.slots["assessment"]["state"]["answers"])
    talk("i don't know")
    assert len(talk.slots["assessment"]["state"]["answers"]) == answered + 1, "and takes answers"


def test_an_older_button_changes_that_answer(talk: Talk) -> None:
    talk.interview(3)
    state = talk.slots["assessment"]["state"]
    question = state["order"][0]
    other = next(
        option
        for option in parts.current().interview.question(question).options
        if option.value != state["answers"][question]["value"]
    )  # type: ignore[union-attr]
    talk(Chosen(f"interview:{question}", (str(other.value),)))
    after = talk.slots["assessment"]["state"]
    assert after["answers"][question]["value"] == other.value
    assert len(after["answers"]) == len(state["answers"])


def test_stop_and_resume(talk: Talk) -> None:
    before = talk.interview(3)
    talk(Pressed("stop"))
    assert talk.slots["interview"] == "paused"
    after = talk(Chosen("menu", ("interview_resume",)))
    ids = [
        next(block["id"] for block in reply.advisor.blocks if block["type"] == "choices") for reply in (before, after)
    ]
    assert ids[0] == ids[1]


def test_no_connection_leaves_the_machine(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: socket.socket, address: Any) -> None:
        raise OSError(f"no network: {address}")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket.socket, "connect_ex", refuse)
    assert talk("can i put patient notes into chatgpt?").outcome["kind"] == "answer"
    talk("my address is someone@clinic.example.org and www.clinic.example.org")


def test_a_missing_and_a_broken_model_are_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="make train"):
        DialogueAgent(tmp_path / "none.tar.gz")
    (tmp_path / "broken.tar.gz").write_bytes(b"this is no model")
    with pytest.raises(ModelError, match="can't be loaded.*make train"):
        DialogueAgent(tmp_path / "broken.tar.gz")


def test_the_thread_refuses_when_too_many_wait_and_keeps_the_order() -> None:
    thread = DialogueThread(waiting=3)
    done: list[int] = []

    async def work(number: int) -> None:
        time.sleep(0.05)  # Rasa computes without giving way
        done.append(number)

    async def crowd() -> list[Any]:
        return await asyncio.gather(
            *(thread.run(lambda n=number: work(n)) for number in range(5)), return_exceptions=True
        )

    results = asyncio.run(crowd())
    assert done == [0, 1, 2]
    assert [isinstance(result, Busy) for result in results] == [False, False, False, True, True]
    thread.close()


def test_times_are_utc(talk: Talk) -> None:
    reply = talk("hello")
    assert reply.advisor.at.tzinfo == dt.UTC
