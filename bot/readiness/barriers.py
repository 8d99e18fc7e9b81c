"""What holds the organisation back: barriers from answers and from free text, worst first, each with its reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.readiness.assessment import Answer, Assessment
from bot.readiness.flow import applicable
from bot.readiness.model import Interview
from bot.readiness.parts import MATURITY_MAX, Option, Question
from bot.readiness.scoring import chosen

HEARD_EFFECT = 3.0
"""A worry voiced in the visitor's own words weighs as much as an answer three steps below the top."""
RED_FLAG_EFFECT = 4.0
"""What an answer that raises a red flag adds."""


@dataclass(frozen=True)
class Heard:
    """A barrier recognised in free text. ``said`` are the visitor's words (redacted), ``None`` where not kept."""

    barrier: str
    said: str | None = None


@dataclass(frozen=True)
class FoundBarrier:
    """A barrier with its effect (steps of maturity missing, summed) and the reasons, strongest first."""

    id: str
    title: str
    effect: float
    reasons: list[str]

    @property
    def reason(self) -> str:
        """The strongest reason."""
        return self.reasons[0]


def find_barriers(
    interview: Interview, assessment: Assessment, heard: Sequence[Heard] = (), titles: Mapping[str, str] | None = None
) -> list[FoundBarrier]:
    """The barriers that the answers reveal and those heard, worst first.

    An answer of maturity v adds 4 - v steps to each barrier it names (own convention). ``titles`` by barrier id; an id
    without one is shown as words.
    """
    effects: dict[str, list[tuple[float, str]]] = {}
    for question in applicable(interview, assessment):
        answer = assessment.answers.get(question.id)
        option = chosen(question, answer)
        if answer is None or option is None:
            continue
        for barrier in option.barriers:
            effects.setdefault(barrier, []).append((_effect(option), _reason(question, option, answer)))
    for each in heard:
        reason = f"You said: “{each.said}”" if each.said else "You mentioned it."
        effects.setdefault(each.barrier, []).append((HEARD_EFFECT, reason))
    found = [_found(barrier, parts, titles or {}) for barrier, parts in effects.items()]
    return sorted(found, key=lambda barrier: (-barrier.effect, barrier.id))


def _effect(option: Option) -> float:
    return MATURITY_MAX - option.value + (RED_FLAG_EFFECT if option.red_flag else 0.0)


def _reason(question: Question, option: Option, answer: Answer) -> str:
    return f"{question.text} You answered: “{answer.said or option.label}”"


def _found(barrier: str, parts: list[tuple[float, str]], titles: Mapping[str, str]) -> FoundBarrier:
    ranked = sorted(parts, key=lambda part: -part[0])
    reasons = list(dict.fromkeys(reason for _, reason in ranked))
    title = titles.get(barrier, barrier.replace("_", " ").capitalize())
    return FoundBarrier(barrier, title, sum(effect for effect, _ in parts), reasons)
