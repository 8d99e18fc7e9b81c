"""The chat over a real socket, against the real model."""

from __future__ import annotations

import json
import uuid

import pytest
from websockets.exceptions import ConnectionClosed

from bot.app import create_app
from bot.records import Database, Sites, StoredSite
from bot.settings import Settings
from tests.conftest import Server
from tests.visitor import Visitor, block_types, choices


def test_hello_is_answered_with_limits_and_an_opening(server: Server) -> None:
    with Visitor(server.socket_url) as visitor:
        welcome = visitor.hello()
    assert welcome["v"] == 1 and welcome["seq"] == 0 and welcome["resumed"] is False
    assert len(welcome["token"]) > 30
    assert welcome["limits"]["message_length"] == server.settings.message_length
    assert {block["type"] for block in welcome["opening"]["blocks"]} == {"text", "choices"}


def test_a_message_is_worked_on_accepted_and_answered_in_this_order(visitor: Visitor) -> None:
    client_id = str(uuid.uuid4())
    visitor.send({"type": "message", "id": client_id, "text": "hello"})
    frames = [visitor.next() for _ in range(3)]
    assert [frame["type"] for frame in frames] == ["working", "accepted", "message"]
    assert frames[1]["seq"] == 1
    assert frames[2]["seq"] == 2 and frames[2]["author"] == "advisor" and frames[2]["reply_to"] == client_id


def test_a_policy_question_gets_a_dated_cited_answer(visitor: Visitor) -> None:
    reply = visitor.say("can i put patient notes into chatgpt?")
    citations = next(block for block in reply["blocks"] if block["type"] == "citations")
    assert citations["items"]
    for item in citations["items"]:
        assert item["url"].startswith("http") and item["status"] and item["as_of"]


def test_the_same_id_again_gets_the_same_reply_and_stores_nothing_new(server: Server, visitor: Visitor) -> None:
    client_id = str(uuid.uuid4())
    first = visitor.say("hello", client_id)
    again = visitor.say("hello", client_id)
    assert again["seq"] == first["seq"] and again["plain"] == first["plain"]
    assert visitor.say("something else", client_id)["code"] == "id_reused"
    assert visitor.say("thanks")["seq"] == first["seq"] + 2


def test_turns_of_one_conversation_run_in_order(visitor: Visitor) -> None:
    ids = [str(uuid.uuid4()) for _ in range(8)]
    for number, client_id in enumerate(ids):
        visitor.send({"type": "message", "id": client_id, "text": f"hello number {number}"})
    replies = [visitor.until("message") for _ in ids]
    assert [reply["reply_to"] for reply in replies] == ids
    assert [reply["seq"] for reply in replies] == list(range(2, 18, 2))


def test_coming_back_replays_what_was_missed(server: Server, visitor: Visitor) -> None:
    visitor.say("hello")
    visitor.say("what can you do?")
    visitor.close()
    with Visitor(server.socket_url) as back:
        welcome = back.resume(visitor, last_seq=2)
        assert welcome["resumed"] is True and "token" not in welcome and welcome["seq"] == 4
        replayed = [back.until("message") for _ in range(2)]
    assert [(message["seq"], message["author"]) for message in replayed] == [(3, "visitor"), (4, "advisor")]
    assert replayed[0]["plain"] == "what can you do?"
    assert replayed[0]["reply_to"] == replayed[1]["reply_to"], "who sent it knows it again"


def test_a_last_seq_from_the_future_resets(server: Server, visitor: Visitor) -> None:
    visitor.say("hello")
    with Visitor(server.socket_url) as back:
        back.resume(visitor, last_seq=99)
        assert back.next()["type"] == "reset"
        assert back.next()["seq"] == 1


def test_two_tabs_see_the_same_conversation(server: Server, visitor: Visitor) -> None:
    visitor.say("hello")
    with Visitor(server.socket_url) as tab:
        tab.resume(visitor, last_seq=2)
        visitor.say("what can you do?")
        seen = [tab.until("message") for _ in range(2)]
        assert [message["seq"] for message in seen] == [3, 4]
        tab.say("thanks")
    assert [visitor.until("message")["seq"] for _ in range(2)] == [5, 6]


def test_unknown_site_wrong_token_and_a_conversation_that_is_gone(server: Server, visitor: Visitor) -> None:
    visitor.say("hello")
    with Visitor(server.socket_url) as other:
        assert other.hello(conversation=visitor.welcome["conversation"], token="guess")["code"] == "wrong_token"
        assert other.hello(conversation=str(uuid.uuid4()), token="x")["code"] == "conversation_gone"
        assert other.hello()["type"] == "welcome"
    with Visitor(server.socket_url) as other:
        assert other.hello(site="nowhere")["code"] == "unknown_site"
        assert other.until("bye")["reason"] == "bad_hello"


@pytest.mark.parametrize(
    ("origin", "type_"), [("http://evil.example", "error"), ("https://clinic.example", "welcome"), ("null", "error")]
)
def test_only_the_sites_own_pages_may_connect(server: Server, origin: str, type_: str) -> None:
    Sites(server.database).put(StoredSite("clinic", "Clinic", ("https://clinic.example",), ""))
    with Visitor(server.socket_url, origin=origin) as visitor:
        assert visitor.hello(site="clinic")["type"] == type_


def test_our_own_page_may_connect(server: Server) -> None:
    with Visitor(server.socket_url, origin=server.url) as visitor:
        assert visitor.hello()["type"] == "welcome"


def test_a_bad_frame_leaves_the_connection_open(visitor: Visitor) -> None:
    for raw in ("{", "x" * 40_000, json.dumps({"type": "message", "id": str(uuid.uuid4()), "text": "x" * 5_000})):
        visitor.send(raw)
        assert visitor.until("error")["text"].endswith(".")
    assert visitor.say("hello")["author"] == "advisor"


def test_a_frame_beyond_the_hard_limit_closes_the_socket_only(server: Server, visitor: Visitor) -> None:
    with pytest.raises(ConnectionClosed):
        visitor.send("x" * (server.settings.frame_bytes_hard + 100))
        visitor.until("message")
    with Visitor(server.socket_url) as other:
        assert other.hello()["type"] == "welcome"


@pytest.mark.parametrize(
    "text", ["/restart", "  /restart", '/start_interview{"assessment": 1}', '/inform{"interview": "done"}', "/"]
)
def test_a_typed_command_is_only_text(visitor: Visitor, text: str) -> None:
    visitor.choose("menu", "start_interview")
    before = visitor.press("status")
    reply = visitor.say(text)
    assert reply["author"] == "advisor"
    after = visitor.press("status")
    assert choices(after)["id"] == choices(before)["id"], "the interview stands where it stood"


def test_html_comes_back_as_text(visitor: Visitor, server: Server) -> None:
    text = "<script>alert(1)</script> <b>hello</b>"
    visitor.say(text)
    with Visitor(server.socket_url) as back:
        back.resume(visitor)
        mine = back.until("message")
    assert mine["blocks"][0]["nodes"][0]["spans"][0]["text"] == text


@pytest.mark.parametrize(
    ("block", "value"),
    [
        ("menu", "restart"),
        ("interview:nothing", "1"),
        ("article", "nothing"),
        ("", "x"),
        ("interview:organisation_type", "spaceship"),
    ],
)
def test_a_choice_that_is_not_on_offer_is_refused(visitor: Visitor, block: str, value: str) -> None:
    assert visitor.choose(block, value)["code"] == "not_offered"
    assert visitor.press("session_start")["code"] == "not_offered"


def test_contact_and_feedback_are_stored_apart(server: Server, visitor: Visitor) -> None:
    reply = visitor.say("hello")
    visitor.send(
        {"type": "contact", "id": str(uuid.uuid4()), "reach": "me@clinic.example", "about": "Call me", "consent": True}
    )
    assert visitor.until("stored", "error")["type"] == "stored"
    visitor.send({"type": "feedback", "seq": reply["seq"], "helpful": True})
    visitor.send({"type": "feedback", "seq": 99, "helpful": True})
    assert visitor.until("error")["code"] == "bad_frame"


def test_limits_are_settings_and_each_refusal_is_a_sentence(services, model, tmp_path, base_settings: Settings) -> None:  # type: ignore[no-untyped-def]
    settings = base_settings.model_copy(
        update={"data_dir": tmp_path, "messages_a_minute": 2, "sockets_an_address": 1, "frames_a_minute": 6}
    )
    database = Database(settings.records_url)
    server = Server(create_app(settings, services, database, model), settings, database)
    try:
        with Visitor(server.socket_url) as visitor:
            visitor.hello()
            visitor.say("hello")
            visitor.say("hello")
            refused = visitor.say("hello")
            assert refused["code"] == "rate_limited" and refused["retry_after"] > 0 and refused["id"]
            with Visitor(server.socket_url) as second:
                assert second.until("bye")["reason"] == "too_many_sockets"
            for _ in range(4):
                visitor.send({"type": "ping"})
            assert visitor.until("error")["code"] == "rate_limited"
    finally:
        server.stop()


def test_the_interview_from_start_to_result(visitor: Visitor) -> None:
    reply = visitor.choose("menu", "start_interview")
    for _ in range(40):
        if "scores" in block_types(reply):
            break
        block = choices(reply)
        reply = visitor.choose(block["id"], block["options"][0]["value"])
    assert {"scores", "plan", "duties", "resources"} <= set(block_types(reply))
    scores = next(block for block in reply["blocks"] if block["type"] == "scores")
    assert len(scores["dimensions"]) == 8
    assert scores["barriers"] and all(barrier["reason"] for barrier in scores["barriers"])
