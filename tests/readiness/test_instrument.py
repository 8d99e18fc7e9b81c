"""The interview as shipped keeps its promises, and a broken one is refused with a sentence."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from pydantic import ValidationError

from bot.readiness import Assessment, Interview, applicable
from tests.readiness.samples import KNOWLEDGE, small_raw

DIMENSIONS = ["strategy", "people", "data", "infrastructure", "privacy", "ethics", "workflow", "partners"]


def test_it_has_the_eight_dimensions_with_equal_weights(interview: Interview) -> None:
    assert [each.id for each in interview.dimensions] == DIMENSIONS
    assert {each.weight for each in interview.dimensions} == {1.0}


def test_each_dimension_has_two_or_three_questions_and_one_in_the_short_form(interview: Interview) -> None:
    for dimension in DIMENSIONS:
        questions = [question for question in interview.questions if question.dimension == dimension]
        assert 2 <= len(questions) <= 3, dimension
        assert any(question.short for question in questions), dimension


def test_every_question_says_why_has_other_words_and_help(interview: Interview) -> None:
    for question in interview.questions:
        assert question.other_words and question.why and question.help, question.id
        assert question.text.rstrip().endswith("?"), question.id


def test_every_state_is_understood(interview: Interview) -> None:
    question = next(each for each in interview.profile if each.field == "jurisdiction")
    states = {option.value for option in question.options if str(option.value).startswith("US-")}
    assert len(states) == 51


def test_every_label_and_alias_of_a_question_means_one_option(interview: Interview) -> None:
    for question in interview.all_questions:
        phrases = [(phrase.lower(), option.value) for option in question.options for phrase in option.phrases]
        meanings: dict[str, set[Any]] = {}
        for phrase, value in phrases:
            meanings.setdefault(phrase, set()).add(value)
        assert not {phrase: values for phrase, values in meanings.items() if len(values) > 1}, question.id


def test_every_question_below_the_top_has_an_action(interview: Interview) -> None:
    acted_on = {action.when.question for action in interview.actions}
    assert {question.id for question in interview.questions} <= acted_on


def test_every_article_named_exists(interview: Interview) -> None:
    articles = {path.stem for path in (KNOWLEDGE / "articles").glob("*/*.md")}
    parts: list[Any] = [*interview.questions, *interview.profile, *interview.actions, *interview.red_flags]
    named = [part.article for part in parts]
    assert not [article for article in named if article and article not in articles]


def test_an_organisation_gets_between_14_and_18_questions(interview: Interview) -> None:
    types = ["solo", "small_clinic", "group", "hospital", "dental"]
    uses = [["none"], ["chatbot_public"], ["scribe"], ["scribe", "imaging", "patient_chat"]]
    for kind, used, records in itertools.product(types, uses, ["epic", "paper"]):
        profile: dict[str, Any] = {
            "organisation_type": kind,
            "ai_uses": used,
            "records_system": records,
            "jurisdiction": "US-OH",
        }
        count = len(applicable(interview, Assessment.start(interview, profile)))
        assert 13 <= count <= 18, profile
        if records != "paper":
            assert count >= 14, profile


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        (("questions", 0, "dimension"), "nowhere", "names a dimension that does not exist: nowhere"),
        (
            ("questions", 0, "ask_when"),
            {"colour": {"in": ["red"]}},
            "names a profile field that does not exist: colour",
        ),
        (("questions", 1, "id"), "a", "used more than once: a"),
        (("actions", 0, "after"), ["nothing"], "names a action in 'after' that does not exist: nothing"),
        (("actions", 1, "after"), ["last"], "actions wait for each other"),
        (("questions", 0, "options", 4, "value"), 3, "options need different values"),
        (("questions", 0, "options", 0, "red_flag"), "none_such", "names a red flag that does not exist: none_such"),
        (("scale", "levels", 0, "from"), 5, "must start at 0"),
        (("questions", 0, "ask_when"), {"kind": {}}, "a condition needs one of"),
        (("actions", 0, "when"), {"question": "a"}, "needs a question together with"),
    ],
)
def test_a_broken_instrument_is_refused_with_a_sentence(path: tuple[Any, ...], value: Any, sentence: str) -> None:
    raw = small_raw()
    place: Any = raw
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    with pytest.raises(ValidationError, match=sentence):
        Interview.from_raw(raw)
