"""What a visitor can send, and how it becomes a Rasa message.

Typed text is understood by the NLU and can never become a Rasa command (`/restart`, `/intent{...}`).
A button or control comes by a path of its own: it names an intent outright, with its values as entities.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.errors import AdvisorError
from bot.menu import CONTROLS, MENU
from bot.services import Services


class NotOffered(AdvisorError):
    """A choice or control that does not exist."""

    def __init__(self) -> None:
        super().__init__("That choice is not on offer any more. Type your answer, or use the newest buttons.")


@dataclass(frozen=True)
class Typed:
    """Text as the visitor typed it."""

    text: str


@dataclass(frozen=True)
class Chosen:
    """Values of options chosen in the ``choices`` block ``block``."""

    block: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Pressed:
    """An action of a ``controls`` block."""

    action: str


Input = Typed | Chosen | Pressed


@dataclass(frozen=True)
class Understood:
    """A button's meaning: ``text`` as it stands in the transcript, and Rasa's parse of it."""

    text: str
    intent: str
    entities: tuple[tuple[str, Any], ...] = ()

    def parse_data(self) -> dict[str, Any]:
        """What Rasa's NLU would have returned, had the visitor typed it."""
        return {
            "text": self.text,
            "intent": {"name": self.intent, "confidence": 1.0},
            "entities": [{"entity": name, "value": value} for name, value in (("pressed", True), *self.entities)],
            "intent_ranking": [],
        }


def understand(button: Chosen | Pressed, services: Services) -> Understood:
    """What a button means.

    Raises:
        NotOffered: there is no such block, value or action.
    """
    if isinstance(button, Pressed):
        if button.action not in CONTROLS:
            raise NotOffered
        control = CONTROLS[button.action]
        return Understood(control.label, control.intent)
    kind, _, subject = button.block.partition(":")
    if kind == "interview":
        return _interview_answer(subject, button.values, services)
    if len(button.values) != 1:
        raise NotOffered
    value = button.values[0]
    if kind == "article" and value == "none":
        return Understood("None of these", "none_of_these")
    if kind == "article" and value in services.library.articles:
        return Understood(services.library.articles[value].title, "pick_article", (("article", value),))
    if kind == "menu" and value in MENU:
        return Understood(MENU[value].label, MENU[value].intent)
    raise NotOffered


def _interview_answer(question_id: str, values: tuple[str, ...], services: Services) -> Understood:
    question = services.interview.question(question_id)
    labels = {str(option.value): option.label for option in question.options} if question else {}
    if not values or not set(values) <= labels.keys() or (len(values) > 1 and not getattr(question, "multiple", False)):
        raise NotOffered
    text = ", ".join(labels[value] for value in values)
    return Understood(text, "answer_interview", (("choice", list(values)), ("question", question_id)))
