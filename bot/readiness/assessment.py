"""One run of the interview for one organisation: what was answered, as an immutable JSON-able value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from bot.readiness.conditions import OptionValue, Profile, ProfileValue
from bot.readiness.model import Interview
from bot.readiness.parts import AnyQuestion, ProfileQuestion


class Answer(BaseModel):
    """What the visitor answered. ``value`` is an option's value (a list where several may be chosen).

    ``said`` are the visitor's own words, redacted, where they typed instead of choosing.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Literal["option", "unknown", "skipped", "not_applicable"]
    value: OptionValue | list[str] | None = None
    said: str | None = None

    @classmethod
    def option(cls, value: OptionValue | list[str], said: str | None = None) -> Answer:
        """An option was chosen or recognised."""
        return cls(kind="option", value=value, said=said)


UNKNOWN = Answer(kind="unknown")
SKIPPED = Answer(kind="skipped")
NOT_APPLICABLE = Answer(kind="not_applicable")


class Assessment(BaseModel):
    """The state of one interview. Every change makes a new one.

    ``version`` pins the instrument; ``answers`` by question id, those about the profile included;
    ``order`` are the questions answered, first to last; ``tries`` counts answers not understood, by question.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    version: str
    short: bool = False
    profile: dict[str, ProfileValue] = {}
    answers: dict[str, Answer] = {}
    order: list[str] = []
    tries: dict[str, int] = {}

    @classmethod
    def start(cls, interview: Interview, profile: Profile | None = None, short: bool = False) -> Assessment:
        """A new assessment in the interview's present version."""
        return cls(version=interview.version, short=short, profile=dict(profile or {}))

    def with_answer(self, question: AnyQuestion, answer: Answer) -> Assessment:
        """The assessment with this answer, replacing an earlier one to the same question."""
        profile = dict(self.profile)
        if isinstance(question, ProfileQuestion):
            profile.pop(question.field, None)
            if answer.value is not None:
                profile[question.field] = answer.value
        return self.model_copy(
            update={
                "profile": profile,
                "answers": {**self.answers, question.id: answer},
                "order": self.order if question.id in self.order else [*self.order, question.id],
            }
        )

    def with_profile(self, fields: Profile) -> Assessment:
        """The assessment with these profile fields added or replaced."""
        return self.model_copy(update={"profile": {**self.profile, **fields}})

    def with_try(self, question_id: str) -> Assessment:
        """The assessment with one more answer to this question that was not understood."""
        return self.model_copy(update={"tries": {**self.tries, question_id: self.tries.get(question_id, 0) + 1}})

    def to_json(self) -> dict[str, Any]:
        """A JSON-able mapping from which ``from_json`` makes an equal assessment."""
        return self.model_dump(mode="json")

    @classmethod
    def from_json(cls, raw: Mapping[str, Any]) -> Assessment:
        """An assessment from its JSON form.

        Raises:
            pydantic.ValidationError: where it is not one.
        """
        return cls.model_validate(dict(raw))
