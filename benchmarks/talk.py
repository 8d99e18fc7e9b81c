"""What the visitors of the load do: 70 % buttons, 20 % questions to the library, 10 % small talk."""

from __future__ import annotations

import itertools
import json
import random
from collections.abc import Iterator
from typing import Any

from benchmarks.process import ROOT

Frame = dict[str, Any]
BUTTON, QUESTION, SMALL_TALK = "button", "question", "small talk"
DECK = (BUTTON,) * 7 + (QUESTION,) * 2 + (SMALL_TALK,)
START: Frame = {"type": "message", "block": "menu", "choice": "start_interview"}
CHAT = (
    "hi", "hello there", "thanks a lot", "thank you", "are you a robot?", "good morning", "tell me a joke",
    "hey", "ok thanks", "what can you do", "who made you", "are you human",
)  # fmt: skip


def questions(seed: int = 0) -> Iterator[str]:
    """Questions that visitors type, in an order of their own for each seed, without end.

    There are many and they are shuffled, so that no cache of one sentence's vector flatters the figures.
    """
    path = ROOT / "tests" / "library" / "questions.jsonl"
    texts = [json.loads(line)["question"] for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    random.Random(seed).shuffle(texts)
    for round_ in itertools.count():
        # from the second round on a word is added: never the same text twice
        yield from (text if not round_ else f"{text} please {'again ' * (round_ - 1)}".strip() for text in texts)


def typed(text: str) -> Frame:
    """The frame of a typed message."""
    return {"type": "message", "text": text}


class Talk:
    """One visitor's conversation: an interview by buttons, with questions and small talk between.

    Args:
        seed: decides order and choices; equal seeds talk alike.
        deck: the kinds of ten turns, shuffled anew after each ten.
    """

    def __init__(self, seed: int, deck: tuple[str, ...] = DECK) -> None:
        self._random = random.Random(seed)
        self._questions = questions(seed)
        self._deck = deck
        self._hand: list[str] = []
        self._open: Frame | None = None
        self.finished = False

    def next(self) -> tuple[str, Frame]:
        """The kind of the next turn, and its frame."""
        if not self._hand:
            self._hand = self._random.sample(self._deck, len(self._deck))
        kind = self._hand.pop()
        if kind == QUESTION:
            return kind, typed(next(self._questions))
        if kind == SMALL_TALK:
            return kind, typed(self._random.choice(CHAT))
        return kind, self._press()

    def heard(self, reply: Frame) -> None:
        """Takes the advisor's message: its interview question is the one to press next."""
        for block in reply["blocks"]:
            if block["type"] == "choices" and block["id"].startswith("interview:"):
                self._open = block
            elif block["type"] == "scores":
                self.finished = True

    def again(self) -> None:
        """Begins another conversation."""
        self._open, self.finished = None, False

    def _press(self) -> Frame:
        if self._open is None:
            return START
        value = self._random.choice(self._open["options"])["value"]
        choice = [value] if self._open["multiple"] else value
        return {"type": "message", "block": self._open["id"], "choice": choice}
