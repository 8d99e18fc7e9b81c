"""The plan: which actions, in which order, by when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

from bot.readiness.assessment import Assessment
from bot.readiness.conditions import evaluate, size_of
from bot.readiness.model import Interview
from bot.readiness.parts import MATURITY_MAX, Action, HorizonId, Question
from bot.readiness.scoring import answer_text, chosen, raised_flags

HORIZONS: tuple[HorizonId, ...] = get_args(HorizonId)
MOST_ITEMS: dict[HorizonId, int] = {"week": 3, "month": 4, "quarter": 4, "half_year": 4}
"""The most actions a stretch of time gets; what is over moves to the next, and from the last one drops out."""
MONTHS: dict[HorizonId, float] = {"week": 0.25, "month": 0.75, "quarter": 2.0, "half_year": 3.0}
"""The length of each stretch in months, for a budget of minutes a month."""
UNKNOWN_GAP = 3
"""How far from the top 'don't know' counts: nearly as urgent as the worst answer, as nobody has looked."""


@dataclass(frozen=True)
class Step:
    """An action chosen for this organisation, with the reason and the role that takes it.

    ``gap`` (0–4) is how far the answer is from the top, ``flag_place`` the place of its red flag among those raised.
    """

    action: Action
    reason: str
    who: str
    red_flag: bool
    gap: int
    flag_place: int = 0


def plan(
    interview: Interview, assessment: Assessment, minutes_a_month: int | None = None
) -> dict[HorizonId, list[Step]]:
    """The steps by horizon, in the order to take them.

    Red flags come first, then the largest gaps (what follows another step counts one less), then what is meant for
    soonest and takes least time; an action never comes before one it is ``after``. The first week is filled up to
    its three with what comes next. With ``minutes_a_month`` of working time, each stretch gets what fits (its first
    step always), and the rest moves on.
    """
    waiting = _ranked(interview, _selected(interview, assessment))
    horizons: dict[HorizonId, list[Step]] = {}
    placed: set[str] = set()
    chosen_ids = {step.action.id for step in waiting}
    for horizon in HORIZONS:
        due = [step for step in waiting if _due(step, horizon)]
        if horizon == "week":
            due += [step for step in waiting if step.action.horizon == "month"]
        taken = _take(due, horizon, placed, chosen_ids, minutes_a_month)
        horizons[horizon] = taken
        waiting = [step for step in waiting if step.action.id not in placed]
    return horizons


def _selected(interview: Interview, assessment: Assessment) -> list[Step]:
    flagged = {raised.question.id: place for place, raised in enumerate(raised_flags(interview, assessment))}
    large = size_of(assessment.profile) in ("medium", "large")
    steps = []
    for action in interview.actions:
        gap, reason = _gap(interview, assessment, action)
        if gap is not None:
            who = action.who_large if large and action.who_large else action.who
            asked = action.when.question or ""
            steps.append(Step(action, reason, who, asked in flagged, gap, flagged.get(asked, 0)))
    return steps


def _gap(interview: Interview, assessment: Assessment, action: Action) -> tuple[int | None, str]:
    """How far the answer behind an action is from the top (0–4), ``None`` where the action does not fit."""
    when = action.when
    if evaluate(when.profile, assessment.profile) is False:
        return None, ""
    if when.question is None:
        fits = evaluate(when.profile, assessment.profile) is True
        return (1, interview.dimension(action.dimension).why) if fits else (None, "")
    question = interview.question(when.question)
    if not isinstance(question, Question) or evaluate(question.ask_when, assessment.profile) is False:
        return None, ""
    answer = assessment.answers.get(question.id)
    option = chosen(question, answer)
    reason = f"You answered “{answer_text(question, answer)}” to: {question.text}"
    if answer is not None and answer.kind == "unknown" and when.at_most is not None:
        return UNKNOWN_GAP, f"You did not know, so it counts as open: {question.text}"
    if option is None or (when.at_most is not None and option.value > when.at_most):
        return None, ""
    if when.at_least is not None and option.value < when.at_least:
        return None, ""
    return MATURITY_MAX - option.value, reason


def _ranked(interview: Interview, steps: Sequence[Step]) -> list[Step]:
    place = interview.action_order
    chosen_ids = {step.action.id for step in steps}

    def key(step: Step) -> tuple[bool, int, int, int, int, int]:
        follows = bool(chosen_ids.intersection(step.action.after))
        return (
            not step.red_flag,
            step.flag_place,
            int(follows) - step.gap,
            HORIZONS.index(step.action.horizon),
            step.action.minutes,
            place[step.action.id],
        )

    return sorted(steps, key=key)


def _due(step: Step, horizon: HorizonId) -> bool:
    return HORIZONS.index(step.action.horizon) <= HORIZONS.index(horizon)


def _take(
    due: Sequence[Step], horizon: HorizonId, placed: set[str], chosen_ids: set[str], minutes_a_month: int | None
) -> list[Step]:
    """As many of the steps as fit, each only after those it waits for; ``placed`` grows by what is taken."""
    left = float("inf") if minutes_a_month is None else minutes_a_month * MONTHS[horizon]
    taken: list[Step] = []
    while len(taken) < MOST_ITEMS[horizon]:
        ready = [
            step
            for step in due
            if step.action.id not in placed and chosen_ids.intersection(step.action.after) <= placed
        ]
        step = next((each for each in ready if each.action.minutes <= left or not taken), None)
        if step is None:
            break
        taken.append(step)
        placed.add(step.action.id)
        left -= step.action.minutes
    return taken
