"""How an action replies: blocks, and what kind of reply they are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Literal

from rasa_sdk.executor import CollectingDispatcher

from bot.blocks import Block, dump

Kind = Literal["answer", "suggest", "unknown", "interview", "smalltalk"]


def reply(
    dispatcher: CollectingDispatcher,
    blocks: Sequence[Block],
    kind: Kind,
    articles: Iterable[str] = (),
    confidence: float = 1.0,
) -> None:
    """Utters blocks.

    Args:
        articles: ids of the articles shown, or the nearest ones where none was.
        confidence: 0–1, of an answer.
    """
    outcome: dict[str, Any] = {"kind": kind, "articles": list(articles), "confidence": round(confidence, 3)}
    dispatcher.utter_message(json_message={"blocks": dump(list(blocks)), "outcome": outcome})
