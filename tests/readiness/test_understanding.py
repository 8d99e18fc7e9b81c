"""What visitors type becomes answers and a profile; what can't be told stays open."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.readiness import Interview, match_option, parse_choice, understand_answer, understand_organisation
from tests.readiness.samples import shipped

SHIPPED = shipped()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "were 4 docs and a PA in rural ohio on athena, everyone is scared of the hipaa stuff but one doc already "
            "uses chatgpt for letters",
            {
                "organisation_type": "small_clinic",
                "clinicians": 5,
                "jurisdiction": "US-OH",
                "rural": True,
                "records_system": "athenahealth",
                "ai_uses": ["chatbot_public"],
            },
        ),
        (
            "I'm the office manager of a 12 provider group in Dayton, OH. Epic. we use DAX and copilot",
            {
                "organisation_type": "group",
                "clinicians": 12,
                "jurisdiction": "US-OH",
                "records_system": "epic",
                "ai_uses": ["scribe", "chatbot_public"],
                "role": "manager",
            },
        ),
        (
            "solo therapist in OR, paper charts, no AI",
            {
                "organisation_type": "solo",
                "clinicians": 1,
                "jurisdiction": "US-OR",
                "records_system": "paper",
                "ai_uses": ["none"],
            },
        ),
        (
            "We're in PA, 3 dentists, dentrix",
            {"organisation_type": "dental", "clinicians": 3, "jurisdiction": "US-PA", "records_system": "dentrix"},
        ),
        (
            "FQHC in texas with 20 providers (12 MDs and 8 NPs), ecw, not using chatgpt",
            {
                "organisation_type": "fqhc_rhc",
                "clinicians": 20,
                "jurisdiction": "US-TX",
                "records_system": "eclinicalworks",
            },
        ),
        (
            "I'm a PA in a clinic in VA, one doc uses chatgpt",
            {
                "organisation_type": "small_clinic",
                "jurisdiction": "US-VA",
                "role": "clinician",
                "ai_uses": ["chatbot_public"],
            },
        ),
        (
            "RHC in mississippi with one doctor and two NPs",
            {"organisation_type": "fqhc_rhc", "jurisdiction": "US-MS", "clinicians": 3},
        ),
        ("clinic with 15 doctors", {"organisation_type": "group", "clinicians": 15}),
        (
            "just me and a nurse in portland, ME",
            {"organisation_type": "solo", "clinicians": 1, "jurisdiction": "US-ME"},
        ),
        (
            "we are not a hospital, small practice in new england",
            {"organisation_type": "small_clinic", "jurisdiction": "US"},
        ),
        ("critical access hospital in West Virginia", {"organisation_type": "hospital", "jurisdiction": "US-WV"}),
        (
            "GP practice in Scotland on EMIS",
            {"organisation_type": "small_clinic", "jurisdiction": "UK", "records_system": "emis"},
        ),
        (
            "a mental health practice in Washington DC",
            {"organisation_type": "behavioural_health", "jurisdiction": "US-DC"},
        ),
    ],
)
def test_a_description_becomes_a_profile(interview: Interview, text: str, expected: dict[str, Any]) -> None:
    assert understand_organisation(text, interview) == expected


@pytest.mark.parametrize(
    "text",
    [
        "hi, me or my colleague want to know if it is ok",
        "Hi. OK, tell me or show me what is in it",
        "is it OK IN GENERAL OR NOT",
        "can i use this for billing or coding",
        "HI",
        "an MD or a PA may sign?",
        "i dont know",
        "",
        "🙂 ¿qué?",
    ],
)
def test_common_words_are_no_states_and_nothing_else_is_made_up(interview: Interview, text: str) -> None:
    assert "jurisdiction" not in understand_organisation(text, interview) or text == "HI"


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("phi_in_public_ai", "nope", 3),
        ("phi_in_public_ai", "yes", 0),
        ("phi_in_public_ai", "not that i know of", 3),
        ("phi_in_public_ai", "Sometimes, by mistake perhaps", 1),
        ("phi_in_public_ai", "no, and staff know it's not allowed", 4),
        ("phi_in_public_ai", "2", 1),
        ("phi_in_public_ai", "the last one", 4),
        ("phi_in_public_ai", "option 4", 4),
        ("phi_in_public_ai", "b", 1),
        ("phi_in_public_ai", "regularly", 0),
        ("phi_in_public_ai", "the moon is made of cheese", None),
        ("phi_in_public_ai", "No way, thats forbidden", 4),
        ("phi_in_public_ai", "yes but only de-identified", 1),
        ("baa", "whats that?", None),
        ("baa", "we have one with athena but not with the scribe company", 1),
        ("login_security", "we have two factor on email", 3),
        ("accountable_person", "me", 3),
        ("safety_watch", "patients complain", 1),
        ("baa", "some of them", 1),
        ("baa", "with all of them", 3),
        ("baa", "with all of tehm", 3),
        ("baa", "we have no agreement with the ai company", 0),
        ("risk_analysis", "never", 0),
        ("risk_analysis", "last year I think", 2),
        ("risk_analysis", "we did one a few months ago", 3),
        ("risk_analysis", "In the last 12 months", 3),
        ("training", "none", 0),
        ("training", "youtube", 1),
        ("training", "one webinar", 2),
        ("staff_voice", "everyone is scared", 0),
        ("accountable_person", "nobody really", 0),
        ("accountable_person", "our medical director", 3),
        ("resources", "no money no time", 0),
        ("bottleneck", "we measured it", 3),
        ("jurisdiction", "OH", "US-OH"),
        ("jurisdiction", "in", "US-IN"),
        ("jurisdiction", "ohio", "US-OH"),
        ("jurisdiction", "Pennsylvana", "US-PA"),
        ("jurisdiction", "west virginia", "US-WV"),
        ("clinicians", "about 12", 12),
        ("clinicians", "four doctors and two NPs", 6),
        ("clinicians", "2 to 5", 4),
        ("clinicians", "seven", 7),
        ("clinicians", "just me", 1),
        ("organisation_type", "its a dental office", "dental"),
        ("organisation_type", "2", "small_clinic"),
        ("records_system", "we are on Athena", "athenahealth"),
        ("records_system", "none", "none"),
        ("ai_uses", "none", ["none"]),
        ("ai_uses", "no", ["none"]),
        ("ai_uses", "scribe and billing", ["scribe", "coding_billing"]),
        ("ai_uses", "1", ["none"]),
        ("ai_uses", "2, 3", ["scribe", "chatbot_public"]),
        ("ai_uses", "chat gpt and dax", ["scribe", "chatbot_public"]),
        ("ai_uses", "some letters", ["documentation"]),
        ("role", "office manager", "manager"),
        ("role", "I'm a doctor", "clinician"),
        ("role", "it", "it"),
    ],
)
def test_a_typed_answer_finds_its_option(interview: Interview, question: str, text: str, expected: Any) -> None:
    asked = interview.question(question)
    assert asked is not None
    assert match_option(asked, text) == expected


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("I don't know", "unknown"),
        ("not sure", "unknown"),
        ("no idea", "unknown"),
        ("i dont know if we have an agreement with all of them", "unknown"),
        ("?", "unknown"),
        ("n/a", "not_applicable"),
        ("doesn't apply to us", "not_applicable"),
        ("yes", "option"),
    ],
)
def test_dont_know_and_does_not_apply_are_answers(interview: Interview, text: str, kind: str) -> None:
    question = interview.question("baa")
    assert question is not None
    answer = understand_answer(question, text)
    assert answer is not None and answer.kind == kind and answer.said == text


def test_every_label_and_alias_is_understood(interview: Interview) -> None:
    for question in interview.all_questions:
        for option in question.options:
            for phrase in option.phrases:
                expected: Any = (
                    [option.value] if question.is_profile and getattr(question, "multiple", False) else option.value
                )
                assert match_option(question, phrase) == expected, (question.id, phrase)


def test_every_choice_sent_comes_back_as_its_value(interview: Interview) -> None:
    for question in interview.all_questions:
        for option in question.options:
            parsed = parse_choice(question, str(option.value))
            assert parsed in (option.value, [option.value])
        assert parse_choice(question, "something never offered") is None
        assert parse_choice(question, ["something never offered"]) is None


@settings(max_examples=150)
@given(st.text(max_size=80), st.sampled_from(SHIPPED.all_questions))
def test_any_text_gives_an_offered_value_or_none(text: str, question: Any) -> None:
    value = match_option(question, text)
    if value is None or (question.is_profile and question.numeric):
        return
    assert all(question.option(each) is not None for each in (value if isinstance(value, list) else [value]))


@settings(max_examples=100)
@given(st.text(max_size=120))
def test_any_text_can_be_read_as_a_description(text: str) -> None:
    fields = {question.field for question in SHIPPED.profile}
    assert set(understand_organisation(text, SHIPPED)) <= fields
