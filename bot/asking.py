"""Questions from the command line, answered by the whole dialogue; nothing is recorded."""

from __future__ import annotations

import asyncio
import hashlib
import json
import sys
import time
import uuid
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

from rich.console import Console
from rich.markdown import Markdown
from rich.progress import track

from bot.chat.text import clean
from bot.dialogue.inputs import Input, Typed
from bot.errors import AdvisorError
from bot.records import Conversations, Database, Sites
from bot.settings import Settings

LOCAL = "demo"


class Asker:
    """A dialogue on a database in memory.

    Use it as a context manager; every `converse` is a conversation of its own.
    """

    def __init__(self, settings: Settings, console: Console) -> None:
        from bot.dialogue.service import Dialogue
        from bot.serving import configure_logging, prepare

        configure_logging(settings.model_copy(update={"log_level": "ERROR"}))
        services, model = prepare(settings, console)
        self._settings = settings
        database = Database("sqlite://")
        Sites(database).ensure_demo()
        self.dialogue = Dialogue(model, services, Conversations(database))

    def __enter__(self) -> Asker:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.dialogue.close()

    async def say(self, conversation: str, given: Input) -> dict[str, Any]:
        """One turn: {kind, text, articles, citations, confidence, ms, blocks}. ``ms``: milliseconds of the turn."""
        from bot.dialogue.turn import Request

        client_id = str(uuid.uuid4())
        started = time.perf_counter()
        reply = await self.dialogue.turn(
            Request(
                conversation,
                LOCAL,
                hashlib.sha256(b"local").digest(),
                client_id,
                client_id.encode()[:32],
                given,
                self._settings.contact,
            )
        )
        elapsed = (time.perf_counter() - started) * 1000
        outcome = reply.outcome
        citations = [item for block in reply.advisor.blocks if block["type"] == "citations" for item in block["items"]]
        return {
            "kind": "unknown" if outcome["kind"] == "apology" else outcome["kind"],
            "text": reply.advisor.plain,
            "articles": outcome.get("articles", []),
            "citations": [{key: item[key] for key in ("title", "url", "status", "as_of")} for item in citations],
            "confidence": outcome.get("confidence", 1.0),
            "ms": round(elapsed, 1),
            "blocks": reply.advisor.blocks,
        }

    def converse(self, messages: Sequence[str]) -> list[dict[str, Any]]:
        """The replies to a conversation's messages, without their blocks; an empty message gets a sentence."""
        return asyncio.run(self._converse(messages))

    async def _converse(self, messages: Sequence[str]) -> list[dict[str, Any]]:
        conversation = str(uuid.uuid4())
        return [_public(await self._checked(conversation, message)) for message in messages]

    async def _checked(self, conversation: str, message: str) -> dict[str, Any]:
        text = clean(message)
        limit = self._settings.message_length
        if not text or len(message) > limit:
            sentence = (
                f"That message has {len(message):,} characters; {limit:,} is the most."
                if text
                else "That message was empty."
            )
            return {"kind": "unknown", "text": sentence, "articles": [], "citations": [], "confidence": 0.0, "ms": 0.0}
        return await self.say(conversation, Typed(text))


def ask_one(settings: Settings, question: str, as_json: bool, console: Console) -> None:
    """Prints the reply to one question."""
    with Asker(settings, console) as asker:
        reply = asker.converse([question])[-1]
    if as_json:
        print(json.dumps(reply, ensure_ascii=False))
    else:
        Console().print(Markdown(reply["text"]))


def ask_batch(settings: Settings, source: Path, console: Console) -> None:
    """Prints a JSON line for each line of ``source`` (``-``: standard input), in order.

    Raises:
        AdvisorError: the file can't be read, or a line is not what it should be.
    """
    lines = list(_read(source))
    with Asker(settings, console) as asker:
        for identifier, messages in track(lines, "Asking", console=console, disable=not console.is_terminal):
            turns = asker.converse(messages)
            line = {"id": identifier, **turns[-1], **({"turns": turns} if len(turns) > 1 else {})}
            print(json.dumps(line, ensure_ascii=False), flush=True)


def _public(reply: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in reply.items() if key != "blocks"}


def _read(source: Path) -> Iterator[tuple[Any, list[str]]]:
    try:
        lines: Iterable[str] = (
            sys.stdin.read().splitlines() if str(source) == "-" else source.read_text("utf-8").splitlines()
        )
    except (OSError, UnicodeDecodeError) as error:
        raise AdvisorError(
            f"The file {source} can't be read: {error}. It should be UTF-8 text, a JSON object a line."
        ) from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _entry(source, number, line)


def _entry(source: Path, number: int, line: str) -> tuple[Any, list[str]]:
    try:
        entry = json.loads(line)
        messages = entry["messages"] if "messages" in entry else [entry["question"]]
        if not messages or not all(isinstance(message, str) for message in messages):
            raise TypeError
        return entry.get("id", number), messages
    except (ValueError, KeyError, TypeError, AttributeError):
        raise AdvisorError(
            f'{source}, line {number}: expected {{"id": …, "question": "…"}} or {{"id": …, "messages": ["…", …]}}.'
        ) from None
