"""The blocks of a question and of a result, with the shipped interview and the shipped content."""

from __future__ import annotations

from typing import Any

import pytest

from bot.blocks import Choices, Controls, Duties, Plan, Progress, Resources, Scores, Text, dump, parse, plain
from bot.library import Duty, Training
from bot.library.models import Barrier, Library, Source
from bot.readiness import (
    UNKNOWN,
    Assessment,
    Heard,
    Interview,
    ProfileQuestion,
    headline,
    question_blocks,
    result_blocks,
    score,
    understand_organisation,
    understood_blocks,
)
from tests.readiness.samples import answered

DESCRIPTION = (
    "were 4 docs and a PA in rural ohio on athena, everyone is scared of the hipaa stuff but one doc already uses "
    "chatgpt for letters"
)


@pytest.fixture(scope="module")
def library() -> Library:
    """A library with one of each that the result shows."""
    cited = [{"id": "rule", "locator": "1"}]
    source = Source.model_validate(
        {
            "id": "rule",
            "title": "The rule",
            "publisher": "HHS",
            "url": "https://hhs.gov",
            "published": "2013",
            "kind": "primary",
        }
    )
    barrier = Barrier.model_validate(
        {"id": "privacy", "title": "Worry about privacy", "description": "…", "phrases": []}
    )
    training = Training.model_validate(
        {
            **{"id": "course", "title": "A course", "provider": "AMA", "url": "https://ama.org", "summary": "…"},
            **{"cost": {"free": True, "text": "free"}, "audience": ["manager"], "barriers": ["privacy"], "hours": 1.5},
            **{"dimensions": ["people"], "fits": {}, "first_step": "…", "as_of": "2026-06-01", "sources": cited},
            "level": "beginner",
        }
    )
    duty = Duty.model_validate(
        {
            **{"id": "baa", "title": "Sign", "jurisdiction": "US", "status": "in_force", "do": "Sign it."},
            **{"article": "business-associate-agreements", "as_of": "2026-06-01", "sources": cited},
        }
    )
    return Library.model_validate(
        {
            **{"articles": {}, "sources": {"rule": source}, "barriers": {"privacy": barrier}, "partners": {}},
            **{"trainings": {"course": training}, "duties": {"baa": duty}, "interview_raw": {}},
        }
    )


def block_of(blocks: list[Any], kind: type) -> Any:
    return next(block for block in blocks if isinstance(block, kind))


def test_a_question_offers_its_options_the_ways_out_and_how_far_it_is(interview: Interview) -> None:
    assessment = Assessment.start(interview, understand_organisation(DESCRIPTION, interview))
    question = interview.question("phi_in_public_ai")
    assert question is not None
    blocks = question_blocks(interview, assessment, question, prefix="First the letters.")
    assert isinstance(blocks[0], Text) and blocks[0].plain == "First the letters."
    choices = block_of(blocks, Choices)
    assert choices.id == "interview:phi_in_public_ai" and not choices.multiple
    assert [option.value for option in choices.options] == ["0", "1", "3", "4"]
    assert [item.action for item in block_of(blocks, Controls).items] == ["why", "dont_know", "skip", "stop"]
    assert block_of(blocks, Progress).label == "Question 1 of about 18"
    assert parse(dump(blocks)) == blocks


def test_later_questions_have_a_way_back_and_other_words_the_second_time(interview: Interview) -> None:
    assessment = answered(interview, {"phi_in_public_ai": 3}, ai_uses=["scribe"])
    question = interview.question("baa")
    assert question is not None
    blocks = question_blocks(interview, assessment, question, other_words=True)
    assert block_of(blocks, Choices).prompt == question.other_words
    assert "back" in [item.action for item in block_of(blocks, Controls).items]


def test_a_question_about_the_profile_shows_few_buttons(interview: Interview) -> None:
    for question in interview.profile:
        choices = block_of(question_blocks(interview, Assessment.start(interview), question), Choices)
        assert 2 <= len(choices.options) <= 14
        assert choices.multiple == (isinstance(question, ProfileQuestion) and question.field == "ai_uses")


def test_every_progress_is_a_part_of_its_whole(interview: Interview) -> None:
    answers = {question.id: 4 for question in interview.questions}
    profile = {
        "organisation_type": "group",
        "jurisdiction": "US",
        "clinicians": 20,
        "records_system": "epic",
        "role": "it",
    }
    done = answered(interview, answers, ai_uses=["scribe"], **profile)
    for question in interview.all_questions:
        progress = block_of(question_blocks(interview, done, question), Progress)
        number, total = (int(word) for word in progress.label.split() if word.isdigit())
        assert 0 <= progress.done <= progress.total == total and 1 <= number <= total


def test_what_was_understood_is_said_back(interview: Interview) -> None:
    profile = understand_organisation(DESCRIPTION, interview)
    blocks = understood_blocks(interview, profile, ["Worry about patient privacy"])
    assert blocks[0].plain == (
        "Here is what I understood: Small clinic (2 to 10 clinicians) · Ohio · rural · 5 clinicians · athenahealth · "
        "ChatGPT or another public chatbot · you mention: worry about patient privacy."
    )


def test_the_result_has_all_its_parts(interview: Interview, library: Library) -> None:
    profile = understand_organisation(DESCRIPTION, interview)
    assessment = answered(interview, {"phi_in_public_ai": 1, "baa": UNKNOWN, "training": 0, "ai_policy": 0}, **profile)
    blocks = result_blocks(interview, assessment, library, [Heard("privacy", "everyone is scared of the hipaa stuff")])
    assert [type(block) for block in blocks] == [Scores, Duties, Plan, Resources]
    scores = block_of(blocks, Scores)
    assert len(scores.dimensions) == 8
    assert [flag.title for flag in scores.red_flags] == [
        "Patient details in a public AI tool",
        "Patient data with a company without a signed agreement (you did not know, so treat it as not in place)",
    ]
    assert scores.barriers[0].id in ("privacy", "governance")
    assert block_of(blocks, Duties).items[0].source == "The rule"
    assert block_of(blocks, Resources).items[0].reason == "For: worry about privacy."
    assert len(block_of(blocks, Plan).horizons[0].items) == 3
    assert parse([block.model_dump(mode="json") for block in blocks]) == blocks
    assert "Act on first:" in plain(blocks)


def test_an_assessment_without_answers_has_a_result_that_claims_nothing(interview: Interview, library: Library) -> None:
    blocks = result_blocks(interview, Assessment.start(interview), library)
    scores = block_of(blocks, Scores)
    assert scores.overall.value is None and all(each.value is None for each in scores.dimensions)
    assert not any(isinstance(block, Plan) for block in blocks)
    assert headline(score(interview, Assessment.start(interview))).startswith("There are not enough answers")


def test_the_headline(interview: Interview) -> None:
    answers: dict[str, Any] = {question.id: 3 for question in interview.questions if question.option(3)}
    answers |= {
        "phi_in_public_ai": 0,
        "risk_analysis": UNKNOWN,
        "training": 0,
        "staff_voice": 0,
        "record_quality": 4,
        "data_access": 4,
    }
    assert headline(
        score(interview, answered(interview, answers, ai_uses=["chatbot_public"], organisation_type="group"))
    ) == (
        "Overall 66 of 100 (between 61 and 67, as one question is open): Managing. "
        "Strongest: data and records systems. Weakest: people and skills. "
        "Act on first: Patient details in a public AI tool; "
        "No written security risk analysis (you did not know, so treat it as not in place)."
    )


def test_the_headline_without_open_questions_has_no_range(interview: Interview) -> None:
    answers = {question.id: 4 for question in interview.questions}
    text = headline(score(interview, answered(interview, answers, organisation_type="group", ai_uses=["scribe"])))
    assert text == "Overall 100 of 100: Leading."
