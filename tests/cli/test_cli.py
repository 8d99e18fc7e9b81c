"""The command line, as a person runs it."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.settings import ROOT
from tests.visitor import Visitor


def advisor(
    *arguments: str, given: str = "", data: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot.cli", *arguments],
        cwd=ROOT,
        input=given,
        capture_output=True,
        text=True,
        timeout=240,
        env=env(data, **environment),
    )


def env(data: Path | None = None, **more: str) -> dict[str, str]:
    base = {key: value for key, value in os.environ.items() if not key.startswith("ADVISOR_")}
    return base | ({"ADVISOR_DATA_DIR": str(data)} if data else {}) | more


@pytest.fixture(autouse=True)
def _trained(model: Path) -> None:
    """Every command finds the model trained."""


def test_ask_prints_an_answer_with_its_sources() -> None:
    result = advisor("ask", "do we need a business associate agreement for an ai scribe?")
    assert result.returncode == 0, result.stderr
    assert "Sources" in result.stdout and "checked" in result.stdout


def test_ask_json_has_the_documented_fields() -> None:
    result = advisor("ask", "--json", "do we need a business associate agreement for an ai scribe?")
    reply = json.loads(result.stdout)
    assert reply["kind"] == "answer" and reply["articles"] and 0 <= reply["confidence"] <= 1 and reply["ms"] > 0
    assert set(reply["citations"][0]) == {"title", "url", "status", "as_of"}


def test_ask_batch_answers_each_line_and_keeps_conversations_apart(tmp_path: Path) -> None:
    lines: list[dict[str, Any]] = [
        {"id": "a", "question": "hello"},
        {
            "id": "b",
            "messages": ["do we need a business associate agreement for an ai scribe?", "what should i do then"],
        },
        {"id": "c", "question": ""},
        {"id": "d", "question": "x" * 100_000},
        {"id": "e", "question": "i want to kill myself"},
        {"id": "f", "question": "start the readiness check"},
    ]
    batch = tmp_path / "batch.jsonl"
    batch.write_text("\n".join(json.dumps(line) for line in lines) + "\n")
    result = advisor("ask", "--batch", str(batch))
    assert result.returncode == 0, result.stderr
    replies = [json.loads(line) for line in result.stdout.splitlines()]
    assert [reply["id"] for reply in replies] == ["a", "b", "c", "d", "e", "f"]
    assert [reply["kind"] for reply in replies] == [
        "smalltalk",
        "answer",
        "unknown",
        "unknown",
        "safe_reply",
        "interview",
    ]
    assert len(replies[1]["turns"]) == 2 and replies[1]["turns"][0]["articles"] == replies[1]["articles"]
    assert "100,000 characters" in replies[3]["text"]


@pytest.mark.parametrize("line", ["not json", "[]", "{}", '{"id": 1, "messages": []}', '{"question": 3}'])
def test_a_wrong_batch_line_is_named(tmp_path: Path, line: str) -> None:
    batch = tmp_path / "batch.jsonl"
    batch.write_text('{"id": 1, "question": "hello"}\n' + line + "\n")
    result = advisor("ask", "--batch", str(batch))
    assert result.returncode == 1 and "line 2" in result.stderr and "Traceback" not in result.stderr


def test_redact_reads_lines_and_prints_them_without_details() -> None:
    result = advisor("redact", given="call Mary Jones at 555-201-9988\nSection 1557 stays\n")
    first, second = result.stdout.splitlines()
    assert "Mary" not in first and "9988" not in first
    assert second == "Section 1557 stays"


def test_check_is_content_with_our_content_and_names_every_mistake(tmp_path: Path) -> None:
    assert advisor("check").returncode == 0
    (tmp_path / "articles").mkdir()
    (tmp_path / "barriers.yml").write_text("- id: [broken\n")
    result = advisor("check", str(tmp_path))
    assert result.returncode == 1
    assert "barriers.yml" in result.stdout and "trainings.yml" in result.stdout
    assert "Traceback" not in result.stderr


def test_broken_content_stops_the_start_with_sentences(tmp_path: Path) -> None:
    result = advisor("serve", ADVISOR_KNOWLEDGE_DIR=str(tmp_path), PORT="0")
    assert result.returncode == 1 and "nothing was loaded" in result.stderr and "Traceback" not in result.stderr


def test_openapi_describes_frames_and_blocks() -> None:
    document = json.loads(advisor("openapi").stdout)
    assert "/health" in document["paths"]
    assert {"ClientFrame", "ServerFrame", "Block", "Hello", "Scores"} <= set(document["components"]["schemas"])


def test_a_taken_port_is_told_in_a_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        result = advisor("serve", data=tmp_path, PORT=str(taken.getsockname()[1]))
    assert (
        result.returncode == 1
        and "choose another port" in " ".join(result.stderr.split())
        and "Traceback" not in result.stderr
    )


def test_a_database_that_cannot_be_written_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    result = advisor("serve", PORT="0", ADVISOR_DATABASE_URL=f"sqlite:///{tmp_path}/file/a.sqlite")
    assert (
        result.returncode == 1
        and "can't be opened" in " ".join(result.stderr.split())
        and "Traceback" not in result.stderr
    )


def test_a_reviewer_is_added_listed_and_removed(tmp_path: Path) -> None:
    assert "Take 12 to 200" in " ".join(
        advisor("user", "add", "ann", "--password", "short", data=tmp_path).stderr.split()
    )
    assert advisor("user", "add", "ann", "--password", "correct horse battery", data=tmp_path).returncode == 0
    assert advisor("user", "list", data=tmp_path).stdout.split() == ["ann"]
    assert advisor("user", "remove", "ann", data=tmp_path).returncode == 0
    assert advisor("user", "remove", "ann", data=tmp_path).returncode == 1


def test_a_site_is_added_and_purge_counts(tmp_path: Path) -> None:
    assert advisor("site", "add", "clinic", "--origin", "https://clinic.example", data=tmp_path).returncode == 0
    assert "https://clinic.example" in advisor("site", "list", data=tmp_path).stdout
    assert "0 conversations" in advisor("purge", "--dry-run", data=tmp_path).stderr


def test_serve_answers_survives_a_kill_and_keeps_what_was_said(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    log = tmp_path / "log"
    url = f"ws://127.0.0.1:{port}/chat/ws"

    def start() -> subprocess.Popen[bytes]:
        with log.open("ab") as output:
            process = subprocess.Popen(
                [sys.executable, "-m", "bot.cli", "serve"],
                cwd=ROOT,
                env=env(tmp_path, PORT=str(port)),
                stdout=output,
                stderr=output,
            )
        until = time.monotonic() + 90
        while time.monotonic() < until:
            try:
                httpx.get(f"http://127.0.0.1:{port}/health", timeout=1)
                return process
            except httpx.TransportError:
                assert process.poll() is None, log.read_text()
                time.sleep(0.2)
        raise AssertionError(log.read_text())

    secrets = ("Josephine", "Quackenbush", "00482913", "jq@example.org", "unmistakable")
    process = start()
    try:
        with Visitor(url) as visitor:
            visitor.hello()
            visitor.say("may i put the note of Josephine Quackenbush, mrn 00482913, jq@example.org, into chatgpt?")
            visitor.choose("menu", "start_interview")
            process.send_signal(signal.SIGKILL)
            process.wait()
        process = start()
        with Visitor(url) as back:
            welcome = back.resume(visitor)
            assert welcome["resumed"] and welcome["seq"] == 4
            replayed = [back.until("message") for _ in range(4)]
            assert replayed[3]["blocks"][-1]["type"] == "progress"
            assert back.press("skip")["seq"] == 6
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)
    everything = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b"chatgpt" in everything, "the redacted message is kept"
    for secret in secrets:
        assert secret.encode() not in everything, f"{secret} was written somewhere"
