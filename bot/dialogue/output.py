"""Turns what Rasa utters into blocks.

A custom action utters blocks (``actions.reply``); a response of `domain.yml` becomes a text block,
its buttons a menu, and its ``metadata`` may name a notice and the kind of reply.
"""

from __future__ import annotations

from typing import Any

from rasa.core.channels.channel import OutputChannel

from bot.blocks import Block, Notice, Text, parse
from bot.library import to_nodes
from bot.menu import MENU, menu

SMALLTALK = "smalltalk"


class BlockChannel(OutputChannel):
    """Collects the blocks and the outcome of one turn; the first outcome that is no small talk counts."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.outcome: dict[str, Any] = {"kind": SMALLTALK}

    @classmethod
    def name(cls) -> str:
        """The channel's name in Rasa's events."""
        return "chat"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Takes one utterance."""
        custom = message.get("custom") or {}
        if "blocks" in custom:
            self.blocks += parse(custom["blocks"])
            self._note(custom.get("outcome"))
        elif message.get("text"):
            self._take_response(message)

    def _take_response(self, message: dict[str, Any]) -> None:
        metadata = message.get("metadata") or {}
        nodes = to_nodes(message["text"])
        notice = metadata.get("notice")
        self.blocks.append(Notice(kind=notice, nodes=nodes) if notice else Text(nodes=nodes))
        buttons = [button["payload"].removeprefix("/") for button in message.get("buttons") or []]
        if buttons:
            self.blocks.append(menu(*(value for value in buttons if value in MENU)))
        self._note({"kind": metadata.get("kind", SMALLTALK)})

    def _note(self, outcome: dict[str, Any] | None) -> None:
        if outcome and self.outcome["kind"] == SMALLTALK:
            self.outcome = outcome
