"""The plan takes the right steps in the right order, and never more than can be done."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.readiness import SKIPPED, UNKNOWN, Assessment, Interview, plan
from bot.readiness.plan import HORIZONS, MONTHS, MOST_ITEMS
from tests.readiness.samples import answered, shipped, small_raw
from tests.readiness.test_scoring import assessments

SHIPPED = shipped()


def ids(interview: Interview, assessment: Assessment, minutes: int | None = None) -> list[list[str]]:
    return [[step.action.id for step in steps] for steps in plan(interview, assessment, minutes).values()]


def test_steps_come_in_order_and_the_week_is_filled_from_the_month(small: Interview) -> None:
    assert ids(small, answered(small, {"a": 1, "c": 4})) == [["first", "last"], [], [], []]


def test_a_step_does_not_fit_where_the_answer_is_good(small: Interview) -> None:
    assert ids(small, answered(small, {"a": 3, "c": 0})) == [[], [], ["urgent"], []]


def test_dont_know_is_a_task_and_skipping_is_none(small: Interview) -> None:
    assert ids(small, answered(small, {"a": UNKNOWN}))[0] == ["first", "last"]
    assert ids(small, answered(small, {"a": SKIPPED})) == [[], [], [], []]


def test_what_follows_another_step_yields_to_first_steps() -> None:
    raw = small_raw()
    first, follower, other = raw["actions"]
    first |= {"id": "first", "after": [], "minutes": 10, "horizon": "week"}
    follower |= {"id": "follower", "after": ["first"], "minutes": 20, "horizon": "week"}
    other |= {"horizon": "week", "when": {"question": "a", "at_most": 2}}
    raw["actions"].append({**other, "id": "another"})
    interview = Interview.from_raw(raw)
    assert ids(interview, answered(interview, {"a": 1}))[:2] == [["first", "urgent", "another"], ["follower"]]


def test_a_small_clinic_gets_small_clinic_roles_and_a_hospital_its_own(interview: Interview) -> None:
    answers = {"phi_in_public_ai": 0, "training": 0}
    clinic = plan(interview, answered(interview, answers, organisation_type="small_clinic", clinicians=4))
    hospital = plan(interview, answered(interview, answers, organisation_type="hospital"))
    assert clinic["week"][0].who == "office manager"
    assert hospital["week"][0].who == "privacy officer"


def test_what_may_have_to_stop_today_comes_first(interview: Interview) -> None:
    answers = {question.id: 0 for question in interview.questions}
    week = plan(interview, answered(interview, answers, organisation_type="small_clinic", ai_uses=["scribe"]))["week"]
    assert len(week) == 3 and all(step.red_flag for step in week)


def test_nothing_is_left_to_do_at_the_top_but_asking_the_insurer(interview: Interview) -> None:
    best = answered(interview, {question.id: 4 for question in interview.questions}, ai_uses=["scribe"])
    assert ids(interview, best) == [[], [], ["ask_insurer"], []]


@settings(max_examples=150, deadline=None)
@given(assessments(), st.one_of(st.none(), st.integers(30, 600)))
def test_no_plan_is_out_of_order_or_overfull(assessment: Assessment, minutes: int | None) -> None:
    steps = plan(SHIPPED, assessment, minutes)
    seen: list[str] = []
    for horizon in HORIZONS:
        assert len(steps[horizon]) <= MOST_ITEMS[horizon]
        spent = sum(step.action.minutes for step in steps[horizon][1:])
        first = steps[horizon][0].action.minutes if steps[horizon] else 0
        assert minutes is None or spent == 0 or first + spent <= minutes * MONTHS[horizon]
        for step in steps[horizon]:
            assert step.action.id not in seen
            seen.append(step.action.id)
    for action in SHIPPED.actions:
        for before in action.after:
            if action.id in seen and before in seen:
                assert seen.index(before) < seen.index(action.id)
