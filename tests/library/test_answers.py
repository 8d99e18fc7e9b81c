"""What the visitor is told: the answer with its sources and date, near titles, or that there is nothing."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import pairwise

import pytest

from bot.blocks import Block, Choices, Citations, Controls, Notice, Text, dump, parse, plain
from bot.library import Answerer, Context, Library, Search
from bot.library.replies import UNKNOWN, UNSURE


def kinds(blocks: list[Block]) -> list[str]:
    return [block.type for block in blocks]


def test_answers_with_short_answer_citation_and_next_steps(answerer: Answerer, context: Context) -> None:
    answer = answerer.answer("does texas want us to tell patients about ai", replace(context, jurisdiction="US-TX"))
    assert (answer.kind, answer.articles, answer.confidence) == ("answer", ["texas-disclosure"], 1.0)
    text, citations, controls = answer.blocks
    assert text.plain == "Yes. In Texas a provider who uses AI in treatment must tell the patient."
    assert isinstance(citations, Citations)
    (citation,) = citations.items
    assert (citation.title, citation.locator, citation.published) == (
        "Texas Business and Commerce Code 552.051",
        "section 1",
        "2025-06",
    )
    assert (citation.status, citation.as_of) == ("in_force", dt.date(2026, 6, 1))
    assert isinstance(controls, Controls)
    assert [item.action for item in controls.items] == ["more", "steps"]
    assert parse(dump(answer.blocks)) == answer.blocks


def test_a_states_law_is_named_as_such_to_others(answerer: Answerer, context: Context) -> None:
    for home in (None, "US-OH"):
        answer = answerer.show("texas-disclosure", replace(context, jurisdiction=home))
        assert plain(answer.blocks).startswith("**This holds in Texas.**\n\nYes.")


def test_proposed_is_said_first(answerer: Answerer, context: Context) -> None:
    answer = answerer.show("security-proposal", context)
    assert plain(answer.blocks).startswith("**Proposed, not law.**\n\nThe health department")


def test_superseded_points_to_what_replaced_it(answerer: Answerer, context: Context) -> None:
    answer = answerer.show("old-plan", context)
    assert plain(answer.blocks).startswith("**This was replaced by: The AI Strategy of December 2025.**")
    choices = answer.blocks[-1]
    assert isinstance(choices, Choices)
    assert (choices.id, [option.value for option in choices.options]) == ("article", ["new-strategy"])
    assert isinstance(answerer.since("old-plan")[-1], Choices)


def test_stale_facts_say_how_old_they_are(answerer: Answerer, context: Context) -> None:
    answer = answerer.show("public-chatbots", context)
    (notice,) = [block for block in answer.blocks if isinstance(block, Notice)]
    assert notice.kind == "stale"
    assert notice.plain.startswith("I last checked this 17 months ago, on 15 January 2025. It may have changed")
    fresh = answerer.show("public-chatbots", replace(context, today=dt.date(2026, 1, 15)))
    assert "notice" not in kinds(fresh.blocks)


def test_unsure_offers_titles_and_none_of_these(library: Library, search: Search, context: Context) -> None:
    wary = Answerer(library, search, answer_confidence=0.999, suggest_confidence=0.01)
    answer = wary.answer("telling patients about ai", context)
    assert answer.kind == "suggest"
    (choices,) = answer.blocks
    assert isinstance(choices, Choices) and choices.id == "article" and choices.prompt == UNSURE[0]
    *titles, none = choices.options
    assert 1 <= len(titles) <= 3 and [option.value for option in titles] == answer.articles
    assert titles[0].label == library.articles[answer.articles[0]].title
    assert (none.value, none.label) == ("none", "None of these")
    (again,) = wary.answer("telling patients about ai", replace(context, misses=1)).blocks
    assert isinstance(again, Choices) and again.prompt == UNSURE[1]


def test_unknown_is_never_said_twice_the_same_way(answerer: Answerer, context: Context) -> None:
    said = []
    for misses in range(8):
        answer = answerer.answer("best beach for surfing this summer", replace(context, misses=misses))
        assert (answer.kind, answer.articles) == ("unknown", [])
        said.append(plain(answer.blocks))
    assert all(one != other for one, other in pairwise(said))
    assert len({text.split("\n\n")[0] for text in said}) == len(UNKNOWN)


def test_unknown_names_a_person_where_there_is_one(answerer: Answerer, context: Context) -> None:
    reachable = replace(context, contact="help@clinic.example")
    assert "help@clinic.example" in plain(answerer.nothing(reachable))
    assert "person" not in plain(answerer.nothing(context))


def test_thresholds_decide(library: Library, search: Search, context: Context) -> None:
    question = "our doctor pastes notes into chat gpt"
    assert Answerer(library, search, 0.0, 0.0).answer(question, context).kind == "answer"
    assert Answerer(library, search, 1.1, 0.0).answer(question, context).kind == "suggest"
    assert Answerer(library, search, 1.1, 1.1).answer(question, context).kind == "unknown"


def test_knows(answerer: Answerer) -> None:
    assert answerer.knows("is chatgpt hipaa compliant")
    assert not answerer.knows("about five of us")


def test_follow_ups(answerer: Answerer) -> None:
    detail = answerer.detail("new-strategy")
    assert kinds(detail) == ["text", "citations", "controls", "choices"]
    assert isinstance(detail[0], Text) and detail[0].plain == "It followed the plan of January."
    assert kinds(answerer.steps("public-chatbots")) == ["text", "controls"]
    assert kinds(answerer.sources("public-chatbots")) == ["citations", "controls"]
    since = plain(answerer.since("texas-disclosure"))
    assert since.startswith("Status: in force. In effect since 1 January 2026.\n\nI checked it on 1 June 2026;")


def test_article_that_is_gone(answerer: Answerer, context: Context) -> None:
    assert answerer.show("no-such-article", context).kind == "unknown"
    with pytest.raises(KeyError):
        answerer.detail("no-such-article")
