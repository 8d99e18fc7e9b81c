"""What a visitor can do by a button besides answering: each action, its intent in `domain.yml`, its label."""

from __future__ import annotations

from typing import NamedTuple

from bot.blocks import Choices, Control, Controls, Option


class Doing(NamedTuple):
    """One thing a button does: Rasa's intent, and the words on the button."""

    intent: str
    label: str


CONTROLS = {
    "more": Doing("ask_more", "More detail"),
    "steps": Doing("ask_steps", "What to do"),
    "sources": Doing("ask_sources", "Sources"),
    "since": Doing("ask_since", "Since when?"),
    "applies": Doing("ask_applies", "Does it apply to us?"),
    "why": Doing("interview_why", "Why do you ask?"),
    "dont_know": Doing("dont_know", "I don't know"),
    "not_applicable": Doing("not_applicable", "Does not apply to us"),
    "skip": Doing("interview_skip", "Skip"),
    "back": Doing("interview_back", "Back"),
    "stop": Doing("interview_stop", "Stop for now"),
    "contact": Doing("ask_human", "Leave a message for a person"),  # the widget opens a form of its own
    "status": Doing("interview_status", "Where are we?"),
}

MENU = {
    "start_interview": Doing("start_interview", "Check our readiness"),
    "start_short_interview": Doing("start_short_interview", "Short form (5 minutes)"),
    "interview_resume": Doing("interview_resume", "Go on with the interview"),
    "interview_change": Doing("interview_change", "Change an answer"),
    "profile_right": Doing("affirm", "That's right"),
    "profile_change": Doing("correct_organisation", "Change something"),
    "ask_question": Doing("ask_capabilities", "Ask a question"),
    "ask_privacy_of_chat": Doing("ask_privacy_of_chat", "What happens to what I type?"),
    "show_result": Doing("show_result", "Show my result"),
    "explain_score": Doing("explain_score", "Why this score?"),
    "ask_plan": Doing("ask_plan", "Show the plan"),
    "ask_trainings": Doing("ask_trainings", "Trainings that fit"),
    "ask_partners": Doing("ask_partners", "Partners and programmes"),
    "ask_duties": Doing("ask_duties", "What the law asks of us"),
    "ask_human": Doing("ask_human", "Talk to a person"),
    "start_over_confirmed": Doing("start_over_confirmed", "Yes, start over"),
}


def controls(*actions: str) -> Controls:
    """A `controls` block with these actions.

    Raises:
        KeyError: an action that is not in ``CONTROLS``.
    """
    return Controls(items=[Control(action=action, label=CONTROLS[action].label) for action in actions])


def menu(*values: str, prompt: str = "") -> Choices:
    """A `choices` block of things to do next.

    Raises:
        KeyError: a value that is not in ``MENU``.
    """
    return Choices(id="menu", prompt=prompt, options=[Option(value=value, label=MENU[value].label) for value in values])
