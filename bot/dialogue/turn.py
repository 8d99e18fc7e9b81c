"""One turn: redact, understand, act, commit. Computed first, then stored as a whole or not at all."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import structlog
from rasa.core.channels.channel import UserMessage

from bot.blocks import Block, Notice, Text, dump, plain
from bot.dialogue.agent import DialogueAgent
from bot.dialogue.inputs import Input, Typed, understand
from bot.dialogue.output import BlockChannel
from bot.dialogue.projection import assessment_of, mentions_of
from bot.errors import AdvisorError
from bot.library.local import Shelves
from bot.menu import menu
from bot.records import Conversations, Mention, StoredConversation, StoredMessage, Turn, VersionConflict
from bot.services import Services, with_policies

log = structlog.get_logger()

ATTEMPTS = 3
APOLOGY = "Something went wrong on my side, and I could not finish that. Nothing you typed before is lost."
REDACTED = "I removed what looked like personal details ({kinds}) before anything was stored. Please leave out patient details."


class IdReused(AdvisorError):
    """The same message id came again with another content."""

    def __init__(self) -> None:
        super().__init__("That message id was used for another message. Send it again with a new id.")


class Busy(AdvisorError):
    """The conversation moved on in another process, several times in a row."""

    def __init__(self) -> None:
        super().__init__("The advisor is busy with this conversation. Try again in a moment.")


@dataclass(frozen=True)
class Request:
    """A visitor's message as the gateway accepted it. ``payload_hash`` is keyed: the raw text is not stored."""

    conversation: str
    site: str
    token_hash: bytes
    client_id: str
    payload_hash: bytes
    input: Input
    contact: str = ""


@dataclass(frozen=True)
class Reply:
    """The turn as it is on disk: the visitor's message (redacted) and the advisor's."""

    visitor: StoredMessage
    advisor: StoredMessage
    outcome: dict[str, Any]


@dataclass(frozen=True)
class _Heard:
    """The visitor's message after redaction."""

    text: str
    parse: dict[str, Any]
    notice: Notice | None = None
    typed: bool = False


class TurnRunner:
    """Runs turns one after another with one agent; belongs to the dialogue thread."""

    def __init__(
        self,
        agent: DialogueAgent,
        services: Services,
        conversations: Conversations,
        now: Callable[[], dt.datetime],
        shelves: Shelves | None = None,
    ) -> None:
        self._agent = agent
        self._services = services
        self._conversations = conversations
        self._now = now
        self._shelves = shelves

    async def run(self, request: Request) -> Reply:
        """Runs a turn, or fetches the stored one if it ran before.

        Raises:
            IdReused, NotOffered, Busy: the turn was refused; nothing is stored.
        """
        for _ in range(ATTEMPTS):
            stored = self._conversations.get(request.conversation)
            if stored and (done := self._conversations.turn_of(request.conversation, request.client_id)):
                if done[0].payload_hash != request.payload_hash:
                    raise IdReused
                return Reply(done[0], done[1], {})
            try:
                with with_policies(self._shelves.of(request.site) if self._shelves else None):
                    return await self._attempt(request, stored)
            except VersionConflict:
                log.info("turn.conflict", conversation=request.conversation)
        raise Busy

    async def _attempt(self, request: Request, stored: StoredConversation | None) -> Reply:
        heard = await self._hear(request)
        before = stored.snapshot if stored else {}
        mentions = mentions_of(heard.text, self._services.tagger) if heard.typed else []
        slots = before.get("slots", {})
        facts: dict[str, Any] = {} if request.contact == slots.get("contact", "") else {"contact": request.contact}
        if mentions:
            facts["heard"] = {**(slots.get("heard") or {}), **{mention.barrier: mention.words for mention in mentions}}
        turn = await self._act(request, stored, heard, before, facts)
        assessment, from_answers = assessment_of(before, turn.snapshot, self._services.interview)
        turn = dataclasses.replace(turn, mentions=_once([*mentions, *from_answers]), assessment=assessment)
        visitor_seq, advisor_seq = self._conversations.commit(turn)
        return Reply(
            StoredMessage(visitor_seq, "visitor", turn.said, turn.text, turn.at, turn.client_id, turn.payload_hash),
            StoredMessage(advisor_seq, "advisor", turn.blocks, turn.plain, turn.at),
            turn.outcome,
        )

    async def _hear(self, request: Request) -> _Heard:
        if not isinstance(request.input, Typed):
            button = understand(request.input, self._services)
            return _Heard(button.text, button.parse_data())
        redaction = self._services.redactor.redact(request.input.text)
        # a leading slash would make Rasa take the text for a command
        parse = await self._agent.processor.parse_message(UserMessage(redaction.text.lstrip("/ \t") or "?"))
        parse["text"] = redaction.text
        notice = None
        if redaction.found:
            kinds = ", ".join(sorted({mark.kind for mark in redaction.marks}))
            notice = Notice(kind="privacy", nodes=Text.of(REDACTED.format(kinds=kinds)).nodes)
        return _Heard(redaction.text, parse, notice, typed=True)

    async def _act(
        self,
        request: Request,
        stored: StoredConversation | None,
        heard: _Heard,
        before: dict[str, Any],
        facts: dict[str, Any],
    ) -> Turn:
        channel = BlockChannel()
        self._agent.store.begin(request.conversation, before, facts)
        self._agent.actions.failure = None
        message = UserMessage(heard.text, channel, request.conversation, parse_data=heard.parse)
        failure: Exception | None = None
        try:
            await self._agent.processor.handle_message(message)
            failure = self._agent.actions.failure
        except Exception as error:  # the visitor gets an apology whatever broke
            failure = error
        common: dict[str, Any] = {
            "conversation": request.conversation, "site": request.site, "token_hash": request.token_hash,
            "version": stored.version if stored else 0, "client_id": request.client_id, "payload_hash": request.payload_hash,
            "text": heard.text, "said": dump([Text.of(heard.text)]), "at": self._now(),
        }  # fmt: skip
        if failure or not channel.blocks:
            log.error("turn.failed", conversation=request.conversation, exc_info=failure)
            self._agent.store.discard()
            blocks: list[Block] = [
                Notice(kind="apology", nodes=Text.of(APOLOGY).nodes),
                menu("start_interview", "ask_question", "ask_human"),
            ]
            return Turn(
                blocks=dump(blocks), plain=plain(blocks), outcome={"kind": "apology"}, snapshot=before, **common
            )
        snapshot, events = self._agent.store.finish()
        blocks = [*([heard.notice] if heard.notice else []), *channel.blocks]
        return Turn(
            blocks=dump(blocks),
            plain=plain(blocks),
            outcome=channel.outcome,
            snapshot=snapshot,
            events=events,
            **common,
        )


def _once(mentions: list[Mention]) -> list[Mention]:
    return list({mention.barrier: mention for mention in mentions}.values())
