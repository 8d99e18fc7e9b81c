"""The score: per dimension and overall, each with the range that open answers leave.

Formula. An answer of maturity v earns 100·v/4 points. In a dimension with n applicable questions::

    value = mean of the points of the answered questions
    low   = (sum of points + 0 · open) / n        high = (sum of points + 100 · open) / n

'Open' are questions answered with 'don't know', skipped, or not reached; 'does not apply' leaves n. Overall is the
mean of the dimensions by their weights. No value is named where fewer than half of the questions are answered, or
where low and high lie more than two bands apart.

Sources: weights are equal as nothing justifies others (European Commission Joint Research Centre, 10-step guide to
composite indicators, step 6: weighting). A missing answer is neither zero nor average, as missing is not random, so it
widens the range. The cut-offs (half answered, two bands) are our own convention. Red flags are gates, not points: they
are listed apart and no score makes up for them; 'don't know' on such a question counts as not met.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.readiness.assessment import Answer, Assessment
from bot.readiness.flow import applicable
from bot.readiness.model import Interview
from bot.readiness.parts import MATURITY_MAX, Level, Option, Question, RedFlag, Scale

MOST_BANDS_APART = 2
"""A value is named only when the bands of low and high are no further apart than this."""


@dataclass(frozen=True)
class DimensionScore:
    """A score of 0–100, rounded half up, with its bounds; ``value`` and ``level`` are ``None`` where unknown.

    ``answered`` of ``asked`` questions count; ``asked`` is 0 where nothing applies.
    """

    id: str
    title: str
    value: int | None
    low: int
    high: int
    level: Level | None
    level_number: int | None
    answered: int
    asked: int


@dataclass(frozen=True)
class RaisedFlag:
    """A red flag and the question it comes from. ``unknown``: the answer was 'don't know', so it counts as not met."""

    flag: RedFlag
    question: Question
    unknown: bool


@dataclass(frozen=True)
class Result:
    """All scores of one assessment, dimensions in the instrument's order."""

    overall: DimensionScore
    dimensions: list[DimensionScore]
    red_flags: list[RaisedFlag]

    @property
    def strongest(self) -> DimensionScore | None:
        """The dimension with the highest value, if any has one."""
        return max(
            (each for each in self.dimensions if each.value is not None), key=lambda s: s.value or 0, default=None
        )

    @property
    def weakest(self) -> DimensionScore | None:
        """The dimension with the lowest value, if any has one."""
        return min(
            (each for each in self.dimensions if each.value is not None), key=lambda s: s.value or 0, default=None
        )


@dataclass(frozen=True)
class Part:
    """One question's part in a score. ``points`` (0–100) is ``None`` where it is open or does not apply."""

    question: Question
    answer: str
    points: int | None


@dataclass(frozen=True)
class _Sum:
    """Exact figures before rounding. ``mean`` is over answered questions, ``None`` where there are none."""

    mean: float | None
    low: float
    high: float
    answered: int
    asked: int


def score(interview: Interview, assessment: Assessment) -> Result:
    """The scores of an assessment, complete or not."""
    questions = applicable(interview, assessment)
    sums = {
        each.id: _sum([q for q in questions if q.dimension == each.id], assessment) for each in interview.dimensions
    }
    dimensions = [_score(interview.scale, each.id, each.title, sums[each.id]) for each in interview.dimensions]
    weights = {each.id: each.weight for each in interview.dimensions}
    overall = _score(interview.scale, "overall", "Overall", _overall(sums, weights))
    return Result(overall, dimensions, raised_flags(interview, assessment))


def raised_flags(interview: Interview, assessment: Assessment) -> list[RaisedFlag]:
    """The red flags up, in the order of the instrument's list, each once."""
    raised: dict[str, RaisedFlag] = {}
    for question in applicable(interview, assessment):
        answer = assessment.answers.get(question.id)
        option = chosen(question, answer)
        flags = [option.red_flag] if option and option.red_flag else []
        unknown = answer is not None and answer.kind == "unknown"
        for flag in question.red_flags if unknown else flags:
            if flag not in raised or raised[flag].unknown:
                raised[flag] = RaisedFlag(interview.red_flag(flag), question, unknown)
    return [raised[flag.id] for flag in interview.red_flags if flag.id in raised]


def explain(interview: Interview, assessment: Assessment, dimension: str | None = None) -> list[Part]:
    """Question, answer and points behind a score; of all dimensions where none is named. For 'why 42?'."""
    return [
        Part(question, answer_text(question, assessment.answers.get(question.id)), _points(question, assessment))
        for question in applicable(interview, assessment)
        if dimension in (None, question.dimension)
    ]


def chosen(question: Question, answer: Answer | None) -> Option | None:
    """The option an answer stands for, if it is one."""
    return question.option(answer.value) if answer is not None and answer.kind == "option" else None


def answer_text(question: Question, answer: Answer | None) -> str:
    """The answer as the visitor would recognise it: the label chosen, or what kind of no answer it was."""
    option = chosen(question, answer)
    if option is not None:
        return option.label
    words = {"unknown": "Don't know", "skipped": "Skipped", "not_applicable": "Does not apply"}
    return words.get(answer.kind, "Not asked yet") if answer is not None else "Not asked yet"


def _points(question: Question, assessment: Assessment) -> int | None:
    option = chosen(question, assessment.answers.get(question.id))
    return None if option is None else _round(100 * option.value / MATURITY_MAX)


def _sum(questions: Sequence[Question], assessment: Assessment) -> _Sum:
    answers = [(question, assessment.answers.get(question.id)) for question in questions]
    counted = [(question, answer) for question, answer in answers if answer is None or answer.kind != "not_applicable"]
    points = [100 * option.value / MATURITY_MAX for question, answer in counted if (option := chosen(question, answer))]
    if not counted:
        return _Sum(None, 0.0, 100.0, 0, 0)
    total, n = sum(points), len(counted)
    mean = total / len(points) if points else None
    return _Sum(mean, total / n, (total + 100 * (n - len(points))) / n, len(points), n)


def _overall(sums: dict[str, _Sum], weights: dict[str, float]) -> _Sum:
    asked = {key: part for key, part in sums.items() if part.asked}
    if not asked:
        return _Sum(None, 0.0, 100.0, 0, 0)
    weight = sum(weights[key] for key in asked)
    means = [(weights[key], part.mean) for key, part in asked.items() if part.mean is not None]
    return _Sum(
        sum(w * mean for w, mean in means) / sum(w for w, _ in means) if means else None,
        sum(weights[key] * part.low for key, part in asked.items()) / weight,
        sum(weights[key] * part.high for key, part in asked.items()) / weight,
        sum(part.answered for part in asked.values()),
        sum(part.asked for part in asked.values()),
    )


def _score(scale: Scale, id_: str, title: str, part: _Sum) -> DimensionScore:
    low, high = _round(part.low), _round(part.high)
    named = part.mean is not None and 2 * part.answered >= part.asked
    if not named or part.mean is None or scale.number(high) - scale.number(low) > MOST_BANDS_APART:
        return DimensionScore(id_, title, None, low, high, None, None, part.answered, part.asked)
    value = _round(part.mean)
    return DimensionScore(
        id_, title, value, low, high, scale.level(value), scale.number(value), part.answered, part.asked
    )


def _round(value: float) -> int:
    """Half up; a hair is added first so that a sum of fractions such as 37.49999… counts as the 37.5 it is."""
    return int(value + 0.5 + 1e-9)
