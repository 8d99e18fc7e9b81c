"""The chat in the terminal: the same dialogue as in the browser, drawn with rich."""

from __future__ import annotations

import asyncio
import uuid
from typing import Any

from rich.console import Console
from rich.markdown import Markdown
from rich.table import Table

from bot.asking import Asker
from bot.blocks import Scores, parse, plain
from bot.chat.text import clean
from bot.dialogue.inputs import Chosen, Input, Pressed, Typed
from bot.errors import AdvisorError
from bot.settings import Settings

HELP = "Type your message; a number picks an option, a word in [brackets] a control. Ctrl-D ends."


def chat(settings: Settings, progress: Console) -> None:
    """Chats until the input ends."""
    console = Console()
    with Asker(settings, progress) as asker:
        try:
            asyncio.run(_chat(asker, console))
        except (EOFError, KeyboardInterrupt):
            console.print()


async def _chat(asker: Asker, console: Console) -> None:
    conversation = str(uuid.uuid4())
    opening = await asker.dialogue.response("utter_opening")
    blocks = [block.model_dump(mode="json") for block in opening]
    _show(console, blocks)
    console.print(HELP, style="dim")
    while True:
        typed = clean(await asyncio.to_thread(console.input, "[bold]You:[/] "))
        if not typed:
            continue
        try:
            reply = await asker.say(conversation, _meant(typed, blocks))
        except AdvisorError as error:
            console.print(error.sentence, style="yellow")
            continue
        blocks = reply["blocks"]
        _show(console, blocks)


def _show(console: Console, blocks: list[dict[str, Any]]) -> None:
    for block in parse(blocks):
        if isinstance(block, Scores):
            table = Table("", "of 100", "between", "", title=block.overall.plain)
            for score in block.dimensions:
                bar = "█" * round((score.value or 0) / 10)
                table.add_row(
                    score.title,
                    str(score.value if score.value is not None else "?"),
                    f"{score.low}–{score.high}",
                    f"{bar} {score.level or ''}",
                )
            console.print(table)
        shown = block.model_copy(update={"dimensions": []}) if isinstance(block, Scores) else block
        console.print(Markdown(plain([shown])))
        console.print()


def _meant(typed: str, blocks: list[dict[str, Any]]) -> Input:
    """A number is an option of the last list, a control's label that control; all else is text."""
    for block in reversed(blocks):
        if block["type"] == "choices":
            numbers = typed.replace(",", " ").split()
            if all(number.isdigit() and 1 <= int(number) <= len(block["options"]) for number in numbers) and (
                len(numbers) == 1 or block["multiple"]
            ):
                return Chosen(block["id"], tuple(block["options"][int(number) - 1]["value"] for number in numbers))
            break
    for block in blocks:
        if block["type"] == "controls":
            for item in block["items"]:
                if typed.strip("[]").casefold() == item["label"].casefold():
                    return Pressed(item["action"])
    return Typed(typed)
