"""The slots' names, and the typed values they hold."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet

from bot.library import Context
from bot.readiness import AnyQuestion, Assessment, Heard, Interview, Profile, next_question
from bot.services import Services, policies

INTERVIEW_ANSWER = "interview_answer"
INTERVIEW_WORDS = "interview_words"
ASSESSMENT = "assessment"
INTERVIEW = "interview"
QUESTION = "question"
ARTICLE = "article"
MISSES = "misses"
HEARD = "heard"
CONTACT = "contact"

Event = dict[str, Any]


@dataclass(frozen=True)
class Run:
    """One run of the interview as the slot ``assessment`` holds it."""

    id: str
    state: Assessment

    @classmethod
    def begin(cls, interview: Interview, profile: Profile | None = None, short: bool = False) -> Run:
        """A new run; what is known of the organisation is not asked again."""
        return cls(str(uuid.uuid4()), Assessment.start(interview, profile, short=short))

    def with_state(self, state: Assessment) -> Run:
        """The same run in another state."""
        return Run(self.id, state)

    @property
    def event(self) -> Event:
        """Sets the slot."""
        return set_slot(ASSESSMENT, {"id": self.id, "state": self.state.to_json()})


def set_slot(name: str, value: Any) -> Event:
    """Rasa's event that sets a slot."""
    event: Event = SlotSet(name, value)
    return event


def run_of(tracker: Tracker) -> Run | None:
    """The interview's run, or None before the first."""
    held = tracker.get_slot(ASSESSMENT)
    return Run(held["id"], Assessment.from_json(held["state"])) if held else None


def open_question(tracker: Tracker, run: Run, interview: Interview) -> AnyQuestion | None:
    """The question now open: the one asked or gone back to, else the next without an answer."""
    asked = tracker.get_slot(QUESTION)
    return (interview.question(asked) if asked else None) or next_question(interview, run.state)


def heard_of(tracker: Tracker) -> list[Heard]:
    """The barriers voiced in free text, with the visitor's words."""
    return [Heard(barrier, words) for barrier, words in (tracker.get_slot(HEARD) or {}).items()]


def context_of(tracker: Tracker, services: Services) -> Context:
    """What the library may know of the conversation."""
    run = run_of(tracker)
    profile = run.state.profile if run else {}
    return Context(
        today=services.today(),
        last_article=tracker.get_slot(ARTICLE),
        jurisdiction=_text(profile.get("jurisdiction")),
        organisation_type=_text(profile.get("organisation_type")),
        contact=tracker.get_slot(CONTACT),
        misses=int(tracker.get_slot(MISSES) or 0),
        policies=policies(),
    )


def text_of(tracker: Tracker) -> str:
    """The visitor's latest words."""
    return str(tracker.latest_message.get("text") or "")


def entity_of(tracker: Tracker, name: str) -> Any:
    """The value of an entity of the latest message, or None."""
    return next(tracker.get_latest_entity_values(name), None)


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None
