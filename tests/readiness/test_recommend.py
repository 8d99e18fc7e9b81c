"""Trainings, partners and duties fit the organisation, or are not named."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from bot.library import Duty, Partner
from bot.readiness import Answer, Assessment, Interview, applying_duties, find_barriers, recommend_partners, score
from bot.readiness.recommend import fits
from tests.readiness.samples import answered

TODAY = dt.date(2026, 6, 1)


def partner(id_: str, **fields: Any) -> Partner:
    return Partner.model_validate(
        {
            **{
                "id": id_,
                "title": id_,
                "provider": "…",
                "url": "https://example.org",
                "summary": "…",
                "first_step": "…",
            },
            **{"cost": {"free": False, "text": "fee"}, "audience": ["manager"], "barriers": ["skills_gap"]},
            **{"dimensions": ["people"], "fits": {}, "as_of": TODAY, "sources": [], "kind": "network"},
            **fields,
        }
    )


def duty(id_: str, **fields: Any) -> Duty:
    base = {
        "id": id_,
        "title": id_,
        "jurisdiction": "US",
        "status": "in_force",
        "do": "…",
        "as_of": TODAY,
        "sources": [],
    }
    return Duty.model_validate({**base, **fields})


def named(interview: Interview, assessment: Assessment, *partners: Partner) -> list[str]:
    barriers = find_barriers(interview, assessment)
    found = recommend_partners(partners, assessment.profile, score(interview, assessment), barriers)
    return [each.offer.id for each in found]


@pytest.fixture
def clinic(interview: Interview) -> Assessment:
    return answered(
        interview,
        {"training": 0, "staff_voice": 0},
        organisation_type="small_clinic",
        clinicians=5,
        jurisdiction="US-OH",
    )


def test_a_hospitals_programme_is_never_for_a_solo_practice(interview: Interview) -> None:
    hospital = partner("hospital", fits={"organisation_types": ["hospital"]})
    large = partner("large", fits={"sizes": ["large"]})
    solo = answered(interview, {"training": 0}, organisation_type="solo", jurisdiction="US-OH")
    unknown = answered(interview, {"training": 0})
    big = answered(interview, {"training": 0}, organisation_type="hospital", jurisdiction="US-OH")
    assert named(interview, solo, hospital, large) == named(interview, unknown, hospital, large) == []
    assert named(interview, big, hospital, large) == ["hospital", "large"]


def test_a_states_programme_is_for_that_state_only(interview: Interview, clinic: Assessment) -> None:
    texas, ohio = (partner(state, fits={"jurisdictions": [f"US-{state}"]}) for state in ("TX", "OH"))
    country, world = partner("country", fits={"jurisdictions": ["US"]}), partner("world")
    assert named(interview, clinic, texas, country, world, ohio) == ["OH", "country", "world"]
    assert named(interview, clinic.with_profile({"jurisdiction": "US"}), texas, ohio) == []
    assert named(interview, clinic.with_profile({"jurisdiction": "UK"}), country, world) == ["world"]


def test_free_help_comes_first_for_a_small_clinic_only(interview: Interview, clinic: Assessment) -> None:
    free = partner("free", cost={"free": True, "text": "free"}, barriers=["skills_gap"])
    better = partner("better", barriers=["skills_gap", "mistrust"])
    assert named(interview, clinic, better, free) == ["free", "better"]
    group = clinic.with_profile({"organisation_type": "group", "clinicians": 40})
    assert named(interview, group, better, free) == ["better", "free"]


def test_what_answers_no_barrier_and_no_weak_dimension_is_not_named(interview: Interview, clinic: Assessment) -> None:
    assert named(interview, clinic, partner("other", barriers=["burnout"], dimensions=["data"])) == []


def test_the_reason_names_the_barrier_or_the_score(interview: Interview, clinic: Assessment) -> None:
    barriers = find_barriers(interview, clinic, titles={"skills_gap": "Missing skills and training"})
    result = score(interview, clinic)
    offers = [partner("barrier"), partner("dimension", barriers=[])]
    reasons = {each.offer.id: each.reason for each in recommend_partners(offers, clinic.profile, result, barriers)}
    assert reasons["barrier"] == "For: missing skills and training."
    assert reasons["dimension"] == "For people and skills, where you scored 0."


def test_the_offers_named_serve_different_needs(interview: Interview, clinic: Assessment) -> None:
    worried = clinic.with_answer(interview.questions[0], Answer.option(0))
    rules = [partner(f"rules-{n}", barriers=["governance", "privacy"], dimensions=[]) for n in (1, 2, 3, 4)]
    assert named(interview, worried, *rules, partner("skills"))[:2] == ["rules-1", "skills"]


def test_duties_apply_may_apply_or_do_not() -> None:
    duties = [
        duty("maybe", applies_when={"clinicians": {"at_least": 15}}),
        duty("yes", applies_when={"ai_uses": {"any_of": ["scribe"]}}),
        duty("elsewhere", jurisdiction="US-TX"),
        duty("no", applies_when={"ai_uses": {"any_of": ["imaging"]}}),
        duty("proposal", status="proposed"),
        duty("old", status="superseded"),
        duty("soon", status="final_not_yet_effective"),
    ]
    found = applying_duties(duties, {"jurisdiction": "US-OH", "ai_uses": ["scribe"]})
    assert [(each.id, applies) for each, applies in found] == [("yes", "yes"), ("soon", "yes"), ("maybe", "maybe")]


def test_a_states_duty_may_apply_where_the_state_is_unknown() -> None:
    found = applying_duties([duty("texas", jurisdiction="US-TX")], {"jurisdiction": "US"})
    assert [applies for _, applies in found] == ["maybe"]
    assert applying_duties([duty("texas", jurisdiction="US-TX")], {"jurisdiction": "UK"}) == []


def test_before_the_interview_what_is_for_all_is_named(interview: Interview) -> None:
    offers = [partner("all", fits={"jurisdictions": ["US"]}), partner("ohio", fits={"jurisdictions": ["US-OH"]})]
    assert named(interview, Assessment.start(interview), *offers) == ["all"]


def test_what_only_rural_ones_may_use_and_another_countrys_offers_need_that_known() -> None:
    rural, abroad, home = (
        partner("rural", fits={"jurisdictions": ["US"], "rural": True}),
        partner("abroad", fits={"jurisdictions": ["UK"]}),
        partner("home", fits={"jurisdictions": ["US"]}),
    )

    def open_to(**profile: Any) -> list[str]:
        return [each.id for each in (rural, abroad, home) if fits(each.fits, profile)]

    assert open_to() == ["home"]
    assert open_to(jurisdiction="US-OH", rural=False) == ["home"]
    assert open_to(jurisdiction="US-OH", rural=True) == ["rural", "home"]
    assert open_to(jurisdiction="UK", rural=True) == ["abroad"]
