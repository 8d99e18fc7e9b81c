"""Which question comes next, progress, the way back, and finding a question by what it is about."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.readiness import (
    SKIPPED,
    UNKNOWN,
    Answer,
    Assessment,
    Interview,
    ProfileQuestion,
    back,
    find_dimension,
    find_question,
    next_question,
    progress,
)
from tests.readiness.samples import answered, shipped

SHIPPED = shipped()


def test_what_the_profile_has_is_not_asked(small: Interview) -> None:
    first = next_question(small, Assessment.start(small))
    assert first is not None and first.id == "kind"
    told = next_question(small, Assessment.start(small, {"kind": "small"}))
    assert told is not None and told.id == "a"


def test_a_condition_leaves_a_question_out_only_when_it_fails(small: Interview) -> None:
    def asked(**profile: str) -> list[str]:
        assessment, ids = Assessment.start(small, profile), []
        while question := next_question(small, assessment):
            ids.append(question.id)
            assessment = assessment.with_answer(question, SKIPPED)
        return ids

    assert asked(kind="small") == ["a", "c"]
    assert asked(kind="big") == ["a", "b", "c"]
    assert asked() == ["kind", "a", "b", "c"]


def test_an_unknown_profile_answer_is_not_asked_again(small: Interview) -> None:
    assessment = answered(small, {"kind": UNKNOWN})
    question = next_question(small, assessment)
    assert question is not None and question.id == "a"
    assert "kind" not in assessment.profile


def test_a_profile_question_is_asked_where_its_condition_cannot_be_told(interview: Interview) -> None:
    known: dict[str, Any] = {"jurisdiction": "US-OH", "records_system": "epic", "ai_uses": ["none"]}
    unknown = next_question(interview, answered(interview, {"organisation_type": UNKNOWN}, **known))
    solo = next_question(interview, Assessment.start(interview, {**known, "organisation_type": "solo"}))
    assert unknown is not None and unknown.id == "clinicians"
    assert solo is not None and solo.id == "phi_in_public_ai"


def test_taking_back_a_profile_answer_takes_it_out_of_the_profile(small: Interview) -> None:
    assessment = answered(small, {"kind": Answer.option("big")})
    question = small.question("kind")
    assert question is not None and assessment.profile == {"kind": "big"}
    assert assessment.with_answer(question, UNKNOWN).profile == {}


def test_progress_counts_what_is_asked(small: Interview) -> None:
    assert progress(small, Assessment.start(small, {"kind": "small"})) == (0, 2)
    assert progress(small, answered(small, {"kind": Answer.option("big"), "a": 1})) == (2, 4)


def test_back_goes_one_by_one_and_erases_nothing(small: Interview) -> None:
    assessment = answered(small, {"a": 1, "c": 2}, kind="small")
    last = back(small, assessment)
    assert last is not None and last.id == "c"
    before = back(small, assessment, "c")
    assert before is not None and before.id == "a"
    assert back(small, assessment, "a") is None
    changed = assessment.with_answer(before, Answer.option(4))
    assert changed.order == ["a", "c"] and changed.answers["c"].value == 2 and next_question(small, changed) is None


def test_the_short_form_asks_short_questions_only(interview: Interview) -> None:
    assessment = Assessment.start(interview, {"ai_uses": ["scribe"]}, short=True)
    asked = []
    while question := next_question(interview, assessment):
        if not isinstance(question, ProfileQuestion):
            asked.append(question)
        assessment = assessment.with_answer(question, SKIPPED)
    assert 8 <= len(asked) <= 10 and all(question.short for question in asked)
    assert {question.dimension for question in asked} == {each.id for each in interview.dimensions}


def test_the_role_comes_last_and_rural_is_never_asked(interview: Interview) -> None:
    assessment, ids = Assessment.start(interview), []
    while question := next_question(interview, assessment):
        ids.append(question.id)
        assessment = assessment.with_answer(question, SKIPPED)
    assert ids[-1] == "role" and "rural" not in ids


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("change my answer about training", "training"),
        ("I want to change what I said about the risk analysis", "risk_analysis"),
        ("the business associate agreement one was wrong", "baa"),
        ("back to the question on chatgpt", "phi_in_public_ai"),
        ("we changed our mind on the budget, money and time", "resources"),
        ("the charts question", "record_quality"),
        ("passwords", "login_security"),
        ("which state we are in", "jurisdiction"),
        ("how many clinicians", "clinicians"),
        ("vendors", "vendor_questions"),
        ("change it", None),
        ("xylophone", None),
    ],
)
def test_a_question_is_found_by_what_it_is_about(interview: Interview, text: str, expected: str | None) -> None:
    found = find_question(interview, text)
    assert (found.id if found else None) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("why is privacy so low", "privacy"),
        ("why 42 for people and skills?", "people"),
        ("security score", "infrastructure"),
        ("why so low", None),
    ],
)
def test_a_dimension_is_found_by_its_name(interview: Interview, text: str, expected: str | None) -> None:
    found = find_dimension(interview, text)
    assert (found.id if found else None) == expected


@given(st.text(max_size=60))
def test_finding_a_question_takes_any_text(text: str) -> None:
    found = find_question(SHIPPED, text)
    assert found is None or SHIPPED.question(found.id) is found


def test_an_assessment_survives_json(interview: Interview) -> None:
    profile = {"clinicians": 5, "rural": True, "ai_uses": ["scribe", "imaging"], "jurisdiction": "US-OH"}
    assessment = answered(
        interview, {"baa": 1, "training": UNKNOWN, "ai_policy": Answer.option(3, "we wrote one")}, **profile
    )
    assessment = assessment.with_try("risk_analysis")
    again = Assessment.from_json(assessment.to_json())
    assert again == assessment
    assert again.profile["rural"] is True and again.profile["clinicians"] == 5
