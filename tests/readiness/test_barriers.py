"""Barriers come from answers and from the visitor's own words, the heaviest first."""

from __future__ import annotations

from bot.readiness import UNKNOWN, Answer, Heard, Interview, find_barriers
from tests.readiness.samples import answered


def test_worse_answers_weigh_more_and_red_flags_most(interview: Interview) -> None:
    found = find_barriers(interview, answered(interview, {"training": 1, "phi_in_public_ai": 0, "login_security": 3}))
    assert [each.id for each in found] == ["governance", "privacy", "skills_gap", "security"]
    assert [each.effect for each in found] == [8, 8, 3, 1]


def test_the_reason_is_the_label_or_the_visitors_own_words(interview: Interview) -> None:
    found = find_barriers(
        interview, answered(interview, {"training": Answer.option(1, "we watched youtube"), "resources": 0})
    )
    reasons = {each.id: each.reason for each in found}
    assert reasons["skills_gap"].endswith("You answered: “we watched youtube”")
    assert reasons["cost"].endswith("You answered: “Neither time nor money”")


def test_what_is_heard_is_merged_with_what_is_answered(interview: Interview) -> None:
    assessment = answered(interview, {"training": 2})
    alone = find_barriers(interview, assessment, titles={"skills_gap": "Missing skills"})
    heard = [Heard("skills_gap", "nobody knows how to use it"), Heard("mistrust")]
    both = find_barriers(interview, assessment, heard, {"skills_gap": "Missing skills"})
    assert [(each.id, each.title, each.effect) for each in alone] == [("skills_gap", "Missing skills", 2)]
    assert [(each.id, each.effect) for each in both] == [("skills_gap", 5), ("mistrust", 3)]
    assert both[0].reasons[0] == "You said: “nobody knows how to use it”" and len(both[0].reasons) == 2


def test_open_and_unasked_questions_reveal_nothing(interview: Interview) -> None:
    assessment = answered(interview, {"training": UNKNOWN, "accountable_person": 0}, organisation_type="solo")
    assert find_barriers(interview, assessment) == []
