"""The protocol without a socket: what is taken, what is refused, and with which sentence."""

from __future__ import annotations

import json
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.frames import Hello, Message
from bot.chat.session import Refused, Session
from bot.chat.text import clean
from bot.settings import Settings

SETTINGS = Settings()


def greeted() -> Session:
    session = Session(SETTINGS)
    session.greeted = True
    return session


def message(**fields: object) -> str:
    return json.dumps({"type": "message", "id": str(uuid.uuid4()), **fields})


def code_of(session: Session, raw: str) -> str:
    with pytest.raises(Refused) as refused:
        session.receive(raw)
    assert refused.value.text.endswith(".")
    return refused.value.code


@pytest.mark.parametrize(
    "raw",
    [
        "", "not json", "[]", "3", '"text"', "null", "{}", '{"type": 3}', '{"type": "unknown"}', '{"type": "message"}', "{" * 5_000,
        message(), message(text="a", choice="b", block="c"), message(choice="b"), message(text=3), message(text="a", more=1),
        json.dumps({"type": "message", "id": "no uuid", "text": "a"}), json.dumps({"type": "contact", "id": str(uuid.uuid4()), "about": "x", "consent": False}),
        json.dumps({"type": "feedback", "seq": 0, "helpful": True}),
    ],
)  # fmt: skip
def test_a_malformed_frame_is_refused_with_a_sentence(raw: str) -> None:
    assert code_of(greeted(), raw) == "bad_frame"


def test_hello_comes_first_and_once() -> None:
    session = Session(SETTINGS)
    hello = json.dumps({"type": "hello", "v": 1, "site": "demo"})
    assert code_of(session, message(text="hi")) == "bad_frame"
    assert isinstance(session.receive(hello), Hello)
    session.greeted = True
    assert code_of(session, hello) == "bad_frame"


def test_an_oversized_frame_is_refused_before_it_is_read() -> None:
    assert code_of(greeted(), "x" * (SETTINGS.frame_bytes + 1)) == "too_large"
    assert code_of(greeted(), "é" * (SETTINGS.frame_bytes // 2 + 1)) == "too_large"


def test_message_length_is_counted_in_characters() -> None:
    taken = greeted().receive(message(text="é" * SETTINGS.message_length))
    assert isinstance(taken, Message)
    assert code_of(greeted(), message(text="a" * (SETTINGS.message_length + 1))) == "too_long"


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "\u200b\u202e", "\x00\x07"])
def test_a_message_of_nothing_is_refused(text: str) -> None:
    assert code_of(greeted(), message(text=text)) == "empty"


def test_a_refused_message_names_its_id() -> None:
    raw = message(text="")
    with pytest.raises(Refused) as refused:
        greeted().receive(raw)
    assert refused.value.id == json.loads(raw)["id"]


def test_control_characters_and_direction_marks_go() -> None:
    assert clean("a\x00b\u202ec\u2066d\ufeff\r\ne\u200b") == "abcd\ne"
    assert clean("e\u0301") == "é"
    assert clean("👩\u200d⚕️").startswith("👩\u200d")


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(st.text() | st.dictionaries(st.text(), st.text() | st.integers() | st.none()).map(json.dumps))
def test_any_text_is_taken_or_refused_never_a_crash(raw: str) -> None:
    try:
        greeted().receive(raw)
    except Refused as refused:
        assert refused.text
