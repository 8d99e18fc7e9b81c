"""What of the own policies is cited for a question: measured on invented policies, one set held out."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from bot.blocks import Choices, Citations, plain
from bot.language.vectors import SentenceVectors
from bot.library import Answerer, Context, load_library
from bot.library.local import LocalIndex, LocalPassage
from bot.library.local.fit_confidence import figures, index_of, questions_of

HERE = Path(__file__).parent
DAY = dt.date(2026, 5, 4)


@pytest.fixture(scope="module")
def indexes(vectors: SentenceVectors, tmp_path_factory: pytest.TempPathFactory) -> dict[str, LocalIndex]:
    cache = tmp_path_factory.mktemp("cache")
    outside = load_library(HERE.parents[2] / "knowledge").outside
    return {name: index_of(HERE / name, vectors, cache, outside) for name in ("fitting", "held_out")}


@pytest.fixture
def policies(indexes: dict[str, LocalIndex]) -> LocalIndex:
    return indexes["fitting"]


@pytest.mark.parametrize("name", ["fitting", "held_out"])
def test_related_questions_are_answered_and_unrelated_ones_are_not(name: str, indexes: dict[str, LocalIndex]) -> None:
    found = figures(questions_of(HERE / f"{name}.jsonl"), indexes[name])
    assert found["related answered"] >= 0.85
    assert found["unrelated answered"] <= 0.03


def test_an_excerpt_is_whole_sentences_of_the_passage_around_what_was_asked(policies: LocalIndex) -> None:
    filler = "The committee meets in the main hall and keeps minutes of what was said there. " * 8
    passage = LocalPassage("d", "T", "H", filler + "Students may not paste notes.", DAY)
    shown = policies.excerpt(passage, "may students paste notes")
    assert shown.startswith("… The committee") and shown.endswith("Students may not paste notes.")
    assert shown.removeprefix("… ") in passage.text and len(shown.split()) <= 91
    assert policies.excerpt(passage, "minutes of the committee").endswith("there. …")


def test_an_excerpt_ends_with_no_heading(policies: LocalIndex) -> None:
    passage = LocalPassage("d", "T", "H", f"{'Ask the office first. ' * 22}\nTraining\n{'Take the course. ' * 10}", DAY)
    assert policies.excerpt(passage, "ask the office").endswith("Ask the office first. …")


def test_documents_that_are_gone_are_not_found(policies: LocalIndex) -> None:
    question = "which form do we fill in for a new ai tool"
    hit = policies.find(question)
    assert hit and hit.passage.document == "ai-acceptable-use.md"
    rest = policies.only({"ambient-scribe.md"})
    assert rest and (other := rest.find(question)) and other.passage.document == "ambient-scribe.md"
    assert rest.around(hit.passage.key) == []
    assert policies.only(set()) is None


@pytest.mark.parametrize("text", ["", "what is it", "sources", "form IT-114"])
def test_what_asks_nothing_is_not_answered(policies: LocalIndex, text: str) -> None:
    hit = policies.find(text)
    assert hit is None or hit.confidence < 0.5


def test_an_index_without_passages_finds_nothing(vectors: SentenceVectors, tmp_path: Path) -> None:
    assert LocalIndex([], vectors, tmp_path, "none").find("may I use copilot for charts") is None


def test_the_policy_comes_first_then_what_the_library_has(
    answerer: Answerer, context: Context, policies: LocalIndex
) -> None:
    answer = answerer.answer("can i put a patient note into chatgpt", replace(context, policies=policies))
    assert (answer.kind, answer.articles) == ("answer", ["public-chatbots"]) and answer.policy
    text = plain(answer.blocks)
    assert text.startswith("**Your policy** (")
    assert text.index("Apart from your policy, this is what I have checked:") < text.index("Sources:")
    (citations,) = [block for block in answer.blocks if isinstance(block, Citations)]
    assert [item.status == "local" for item in citations.items] == [True, *[False] * (len(citations.items) - 1)]
    assert len(citations.items) > 1
    assert "(your own policy, added 2026-07-01)" in text


def test_a_policy_alone_says_that_nothing_else_was_found(
    answerer: Answerer, context: Context, policies: LocalIndex
) -> None:
    answer = answerer.answer("how soon must a scribed note be signed", replace(context, policies=policies))
    assert (answer.kind, answer.articles) == ("answer", []) and answer.policy
    text = plain(answer.blocks)
    assert "within forty-eight hours" in text and "Apart from your policy I have nothing checked" in text
    assert "Ambient Scribe and Recording Policy, Signing the note (your own policy" in text
    more = plain(answerer.more_of_policy(answer.policy, policies))
    assert "Statements on medication" in more and "raise a level" in more, "what stands around it, too"
    assert answerer.more_of_policy("policy:gone:0", policies) == []


def test_without_policies_or_where_they_are_silent_nothing_changes(
    answerer: Answerer, context: Context, policies: LocalIndex
) -> None:
    for question in ("does texas want us to tell patients about ai", "what is the capital of france"):
        assert answerer.answer(question, replace(context, policies=policies)) == answerer.answer(question, context)


def test_what_only_the_policies_know_is_known(answerer: Answerer, policies: LocalIndex) -> None:
    question = "how soon must a scribed note be signed"
    assert not answerer.knows(question) and answerer.knows(question, policies=policies)


def test_near_titles_are_offered_below_the_policy(answerer: Answerer, context: Context, policies: LocalIndex) -> None:
    unsure = Answerer(answerer._library, answerer._search, answer_confidence=1.1, suggest_confidence=0.0)
    answer = unsure.answer("may residents use ai for case reports", replace(context, policies=policies))
    assert answer.kind == "answer" and isinstance(answer.blocks[-1], Choices)
    assert answer.articles == [], "none was shown"
