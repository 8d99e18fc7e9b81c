"""Scores worked out by hand, and the properties every score must keep."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.readiness import (
    NOT_APPLICABLE,
    SKIPPED,
    UNKNOWN,
    Answer,
    Assessment,
    DimensionScore,
    Interview,
    Question,
    applicable,
    explain,
    score,
)
from tests.readiness.samples import answered, shipped

SHIPPED = shipped()


def figures(found: DimensionScore) -> tuple[int | None, int, int]:
    return found.value, found.low, found.high


@pytest.mark.parametrize(
    ("answers", "one", "two", "overall"),
    [
        ({"a": 2, "b": 4, "c": 1}, (75, 75, 75), (25, 25, 25), (38, 38, 38)),  # (75 + 3 x 25) / 4 = 37.5
        ({"a": 2, "b": UNKNOWN, "c": 1}, (50, 25, 75), (25, 25, 25), (31, 25, 38)),
        ({"a": 2, "b": SKIPPED, "c": 1}, (50, 25, 75), (25, 25, 25), (31, 25, 38)),
        ({"a": 2, "c": 1}, (50, 25, 75), (25, 25, 25), (31, 25, 38)),
        ({"a": 2, "b": NOT_APPLICABLE, "c": 1}, (50, 50, 50), (25, 25, 25), (31, 31, 31)),
        ({"a": 4, "b": 4, "c": UNKNOWN}, (100, 100, 100), (None, 0, 100), (None, 25, 100)),
        ({"a": 0, "b": 0, "c": 0}, (0, 0, 0), (0, 0, 0), (0, 0, 0)),
        ({"a": 4, "b": 4, "c": 4}, (100, 100, 100), (100, 100, 100), (100, 100, 100)),
        ({}, (None, 0, 100), (None, 0, 100), (None, 0, 100)),
        ({"a": NOT_APPLICABLE, "b": NOT_APPLICABLE, "c": 2}, (None, 0, 100), (50, 50, 50), (50, 50, 50)),
    ],
)
def test_scores_by_hand(small: Interview, answers: dict[str, Any], one: Any, two: Any, overall: Any) -> None:
    result = score(small, answered(small, answers, kind="big"))
    assert [figures(each) for each in (*result.dimensions, result.overall)] == [one, two, overall]


def test_a_question_that_is_not_asked_does_not_count(small: Interview) -> None:
    assert figures(score(small, answered(small, {"a": 2, "c": 1}, kind="small")).dimensions[0]) == (50, 50, 50)


def test_no_value_is_named_when_the_bounds_lie_more_than_two_bands_apart(small: Interview) -> None:
    wide = score(small, answered(small, {"a": 1, "b": UNKNOWN}, kind="big")).dimensions[0]  # 13 to 63: bands 1 to 4
    assert figures(wide) == (None, 13, 63) and wide.level is None and wide.level_number is None


def test_no_value_is_named_when_under_half_is_answered(small: Interview) -> None:
    assert figures(score(small, answered(small, {"c": 2}, kind="big")).overall) == (None, 38, 63)  # 1 of 3 answered
    assert figures(score(small, answered(small, {"a": 2, "c": 2}, kind="big")).overall) == (50, 44, 56)  # 2 of 3


def test_levels_follow_the_bands(small: Interview) -> None:
    levels = [score(small, answered(small, {"a": v, "c": v}, kind="small")).overall for v in range(5)]
    assert [(each.value, each.level_number) for each in levels] == [(0, 1), (25, 2), (50, 3), (75, 4), (100, 5)]


def test_a_red_flag_is_raised_by_its_answer_and_by_dont_know_but_not_by_skipping(small: Interview) -> None:
    def flags(answer: int | Answer) -> list[tuple[str, bool]]:
        return [(each.flag.id, each.unknown) for each in score(small, answered(small, {"a": 4, "c": answer})).red_flags]

    assert flags(0) == [("stop", False)]
    assert flags(UNKNOWN) == [("stop", True)]
    assert flags(1) == flags(SKIPPED) == flags(NOT_APPLICABLE) == []


def test_why_this_score(small: Interview) -> None:
    parts = explain(small, answered(small, {"a": 3, "b": UNKNOWN}, kind="big"), "one")
    assert [(part.question.id, part.answer, part.points) for part in parts] == [
        ("a", "Answer 3", 75),
        ("b", "Don't know", None),
    ]
    assert [part.answer for part in explain(small, answered(small, {"a": 3}))][-1] == "Not asked yet"


# --- properties, over the interview as shipped ------------------------------------------------

NO_OPTION = [UNKNOWN, SKIPPED, NOT_APPLICABLE, None]
PROFILES: list[dict[str, Any]] = [
    {},
    {"organisation_type": "solo", "ai_uses": ["none"], "records_system": "paper"},
    {"organisation_type": "small_clinic", "clinicians": 5, "ai_uses": ["chatbot_public"], "records_system": "epic"},
    {"organisation_type": "hospital", "clinicians": 300, "ai_uses": ["scribe", "imaging"], "records_system": "epic"},
]


def answer_to(question: Question) -> st.SearchStrategy[Answer | None]:
    options = [Answer.option(option.value) for option in question.options]
    return st.one_of(st.sampled_from(options), st.sampled_from(NO_OPTION))


@st.composite
def assessments(draw: st.DrawFn) -> Assessment:
    assessment = Assessment.start(SHIPPED, draw(st.sampled_from(PROFILES)), short=draw(st.booleans()))
    for question in applicable(SHIPPED, assessment):
        answer = draw(answer_to(question))
        if answer is not None:
            assessment = assessment.with_answer(question, answer)
    return assessment


def bounds(assessment: Assessment) -> list[tuple[int, int]]:
    result = score(SHIPPED, assessment)
    return [(each.low, each.high) for each in (*result.dimensions, result.overall)]


@settings(max_examples=200, deadline=None)
@given(assessments())
def test_a_value_lies_within_its_bounds(assessment: Assessment) -> None:
    result = score(SHIPPED, assessment)
    for each in (*result.dimensions, result.overall):
        assert 0 <= each.low <= each.high <= 100
        assert each.value is None or each.low <= each.value <= each.high
        assert (each.value is None) == (each.level is None)


@settings(max_examples=200, deadline=None)
@given(assessments(), st.data())
def test_a_better_answer_lowers_neither_bound(assessment: Assessment, data: st.DataObject) -> None:
    question = data.draw(st.sampled_from(applicable(SHIPPED, assessment)))
    values = sorted(option.value for option in question.options)
    worse, better = sorted(data.draw(st.lists(st.sampled_from(values), min_size=2, max_size=2, unique=True)))
    before = bounds(assessment.with_answer(question, Answer.option(worse)))
    after = bounds(assessment.with_answer(question, Answer.option(better)))
    assert all(low <= low2 and high <= high2 for (low, high), (low2, high2) in zip(before, after, strict=True))
    assert before != after


@settings(max_examples=200, deadline=None)
@given(assessments(), st.data())
def test_leaving_open_never_raises_low_nor_lowers_high(assessment: Assessment, data: st.DataObject) -> None:
    question = data.draw(st.sampled_from(applicable(SHIPPED, assessment)))
    option = data.draw(st.sampled_from(question.options))
    known = bounds(assessment.with_answer(question, Answer.option(option.value)))
    for answer in (SKIPPED, UNKNOWN):
        left = bounds(assessment.with_answer(question, answer))
        assert all(low2 <= low and high2 >= high for (low, high), (low2, high2) in zip(known, left, strict=True))


@settings(max_examples=100, deadline=None)
@given(assessments(), st.randoms())
def test_the_order_of_answers_does_not_matter(assessment: Assessment, random: Any) -> None:
    order = list(assessment.answers.items())
    random.shuffle(order)
    again = Assessment.start(SHIPPED, assessment.profile, short=assessment.short)
    for id_, answer in order:
        question = SHIPPED.question(id_)
        assert question is not None
        again = again.with_answer(question, answer)
    assert score(SHIPPED, again) == score(SHIPPED, assessment)


@settings(max_examples=100, deadline=None)
@given(assessments())
def test_the_score_survives_json(assessment: Assessment) -> None:
    assert score(SHIPPED, Assessment.from_json(assessment.to_json())) == score(SHIPPED, assessment)
