"""The instrument as a whole, read from ``knowledge/interview.yml`` and checked to hang together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from typing import Any, Self

from pydantic import field_validator, model_validator

from bot.readiness.parts import Action, AnyQuestion, Dimension, Model, ProfileQuestion, Question, RedFlag, Scale


class Interview(Model):
    """The whole instrument in one version."""

    version: str
    scale: Scale
    dimensions: list[Dimension]
    profile: list[ProfileQuestion]
    questions: list[Question]
    red_flags: list[RedFlag] = []
    actions: list[Action] = []

    @field_validator("version", mode="before")
    @classmethod
    def _version_is_text(cls, version: object) -> str:
        return str(version)

    @classmethod
    def from_raw(cls, mapping: Mapping[str, Any]) -> Interview:
        """The instrument from its parsed YAML.

        Raises:
            pydantic.ValidationError: where a field is missing, unknown or wrong, or an id points nowhere.
        """
        return cls.model_validate(dict(mapping))

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        _unique("question", (question.id for question in self.all_questions))
        _unique("action", (action.id for action in self.actions))
        dimensions = _unique("dimension", (dimension.id for dimension in self.dimensions))
        fields = {question.field for question in self.profile}
        questions = {question.id for question in self.questions}
        flags = _unique("red flag", (flag.id for flag in self.red_flags))
        for question in self.questions:
            _known(f"question '{question.id}'", "dimension", [question.dimension], dimensions)
            _known(f"question '{question.id}'", "red flag", question.red_flags, flags)
        for asked in self.all_questions:
            _known(f"question '{asked.id}'", "profile field", asked.ask_when, fields)
        actions = {action.id for action in self.actions}
        for action in self.actions:
            name = f"action '{action.id}'"
            _known(name, "dimension", [action.dimension], dimensions)
            _known(name, "question", [action.when.question] if action.when.question else [], questions)
            _known(name, "profile field", action.when.profile, fields)
            _known(name, "action in 'after'", action.after, actions)
        self.action_order  # noqa: B018  (raises where actions wait for each other)
        return self

    @cached_property
    def action_order(self) -> dict[str, int]:
        """The place of each action in an order that respects ``after``."""
        try:
            order = TopologicalSorter({action.id: action.after for action in self.actions}).static_order()
            return {action: place for place, action in enumerate(order)}
        except CycleError as error:
            raise ValueError(f"actions wait for each other: {' → '.join(error.args[1])}") from None

    @property
    def all_questions(self) -> list[AnyQuestion]:
        """Profile questions, then scored ones."""
        return [*self.profile, *self.questions]

    def question(self, question_id: str) -> AnyQuestion | None:
        """The question with this id, scored or of the profile."""
        return self._questions_by_id.get(question_id)

    @cached_property
    def _questions_by_id(self) -> dict[str, AnyQuestion]:
        return {question.id: question for question in self.all_questions}

    def dimension(self, dimension_id: str) -> Dimension:
        """The dimension with this id.

        Raises:
            KeyError: where there is none.
        """
        for dimension in self.dimensions:
            if dimension.id == dimension_id:
                return dimension
        raise KeyError(dimension_id)

    def red_flag(self, flag_id: str) -> RedFlag:
        """The red flag with this id.

        Raises:
            KeyError: where there is none.
        """
        for flag in self.red_flags:
            if flag.id == flag_id:
                return flag
        raise KeyError(flag_id)


def _unique(what: str, ids: Iterable[str]) -> set[str]:
    counts = Counter(ids)
    twice = [each for each, count in counts.items() if count > 1]
    if twice:
        raise ValueError(f"each {what} needs an id of its own; used more than once: {', '.join(twice)}")
    return set(counts)


def _known(where: str, what: str, ids: Iterable[str], known: set[str]) -> None:
    unknown = [each for each in ids if each not in known]
    if unknown:
        raise ValueError(f"{where} names a {what} that does not exist: {', '.join(unknown)}")
