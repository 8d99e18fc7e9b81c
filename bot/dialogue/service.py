"""The dialogue as the rest of the process sees it: ask for a turn, get the reply that is on disk."""

from __future__ import annotations

import datetime as dt
from functools import partial
from pathlib import Path

from bot.blocks import Block
from bot.dialogue.agent import DialogueAgent
from bot.dialogue.output import BlockChannel
from bot.dialogue.thread import DialogueThread
from bot.dialogue.turn import Reply, Request, TurnRunner
from bot.library.local import Shelves
from bot.records import Conversations, Policies
from bot.services import Services, policy_index


class Dialogue:
    """Rasa on a thread of its own.

    Args:
        model: path of the trained model.
        policies: the sites' own policies; without them none are cited.

    Raises:
        bot.dialogue.agent.ModelError: the model can't be used.
    """

    def __init__(
        self, model: Path, services: Services, conversations: Conversations, policies: Policies | None = None
    ) -> None:
        self._services = services
        self._agent = DialogueAgent(model)
        self._shelves = Shelves(policies, partial(policy_index, services)) if policies else None
        self._runner = TurnRunner(self._agent, services, conversations, lambda: dt.datetime.now(dt.UTC), self._shelves)
        self._thread = DialogueThread(services.settings.waiting_turns)

    async def turn(self, request: Request) -> Reply:
        """Runs one turn; see `bot.dialogue.turn.TurnRunner.run`."""
        return await self._thread.run(lambda: self._runner.run(request))

    async def redact(self, text: str) -> str:
        """The text without personal details."""

        async def work() -> str:
            return self._services.redactor.redact(text).text

        return await self._thread.run(work)

    async def response(self, name: str) -> list[Block]:
        """The blocks of a response of `domain.yml`."""
        channel = BlockChannel()
        for variation in self._agent.processor.domain.responses[name][:1]:
            await channel.send_response("", dict(variation))
        return channel.blocks

    def close(self) -> None:
        """Lets the turn at work finish."""
        self._thread.close()
        if self._shelves:
            self._shelves.close()
