"""What is found for a question, and how the conversation shifts it."""

from __future__ import annotations

import datetime as dt
import json
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bot.language.vectors import SentenceVectors
from bot.library import Context, Library, Search, load_library
from bot.library.keywords import Keywords
from bot.library.passages import vectors_of

TODAY = dt.date(2026, 7, 1)
HERE = Path(__file__).parent


@pytest.mark.parametrize(
    ("question", "article"),
    [
        ("is the hipaa security update law yet", "security-proposal"),
        ("our doctor pastes notes into chat gpt", "public-chatbots"),
        ("must patients in Texas hear about ai", "texas-disclosure"),
        ("must patients in California hear about ai", "california-messages"),
        ("ab3030", "california-messages"),
        ("the 2025 december strategy for ai", "new-strategy"),
    ],
)
def test_finds(search: Search, context: Context, question: str, article: str) -> None:
    assert search.find(question, context)[0].article_id == article


def test_home_state_decides_where_the_question_names_none(search: Search, context: Context) -> None:
    question = "do patients have to be told about ai"
    for home, article in (("US-TX", "texas-disclosure"), ("US-CA", "california-messages")):
        assert search.find(question, replace(context, jurisdiction=home))[0].article_id == article


def test_home_states_law_comes_up(search: Search, context: Context) -> None:
    def score(home: str | None) -> float:
        hits = search.find("must messages from ai say so", replace(context, jurisdiction=home), limit=6)
        return next(hit.score for hit in hits if hit.article_id == "california-messages")

    assert score("US-CA") > score(None) > score("US-TX")


def test_named_state_beats_the_home_state(search: Search, context: Context) -> None:
    hits = search.find("do patients in Texas have to be told about ai messages", replace(context, jurisdiction="US-CA"))
    assert hits[0].article_id == "texas-disclosure"


def test_law_of_another_state_is_less_sure(search: Search, context: Context) -> None:
    def sure(question: str) -> float:
        hits = {hit.article_id: hit for hit in search.find(question, context, limit=6)}
        return hits["california-messages"].confidence

    assert (
        sure("must we put a notice on ai messages in Ohio")
        < sure("must we put a notice on ai messages in California") - 0.3
    )


def test_articles_for_other_organisations_step_back(
    library: Library, vectors: SentenceVectors, context: Context, tmp_path: Path
) -> None:
    hospital_only = library.articles["new-strategy"].model_copy(update={"applies_to": ("hospital",)})
    other = library.model_copy(update={"articles": {**library.articles, "new-strategy": hospital_only}})
    search = Search(other, vectors, tmp_path)

    def score(kind: str) -> float:
        hits = search.find("the new strategy for ai", replace(context, organisation_type=kind), limit=6)
        return next(hit.score for hit in hits if hit.article_id == "new-strategy")

    assert score("hospital") > score("solo")


def test_last_article_helps(search: Search, context: Context) -> None:
    def score(context: Context) -> float:
        return next(
            hit.score for hit in search.find("who is exempt", context, 6) if hit.article_id == "texas-disclosure"
        )

    assert score(replace(context, last_article="texas-disclosure")) > score(context)


def test_an_articles_own_question_is_certain(search: Search, library: Library, context: Context) -> None:
    for article in library.articles.values():
        for question in article.questions:
            hit = search.find(question.upper() + " ?", context)[0]
            assert (hit.article_id, hit.confidence) == (article.id, 1.0)


def test_a_bare_word_is_not_answered(real: Search, context: Context) -> None:
    for word in ("hipaa", "ai", "texas"):
        assert real.find(word, context)[0].confidence < 0.5


def test_hits_are_ordered_and_confidence_is_a_probability(search: Search, context: Context) -> None:
    hits = search.find("ai law for patients", context, limit=4)
    assert len(hits) == 4
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert all(0 <= hit.confidence <= 1 for hit in hits)
    assert all(hit.passage.article_id == hit.article_id for hit in hits)


def test_outside_subject_is_not_sure(search: Search, context: Context) -> None:
    assert search.find("how many sick days do employees get in Texas", context)[0].confidence < 0.5


@pytest.mark.parametrize("question", ["", "   "])
def test_nothing_asked_finds_nothing(search: Search, context: Context, question: str) -> None:
    assert search.find(question, context) == []


@pytest.mark.parametrize("question", ["?!", "the", "☃", "x" * 5000])
def test_odd_questions_do_no_harm(search: Search, context: Context, question: str) -> None:
    assert search.find(question, context)[0].confidence < 0.5


def test_empty_library_finds_nothing(vectors: SentenceVectors, tmp_path: Path, context: Context) -> None:
    empty = Library(articles={}, sources={}, barriers={}, trainings={}, partners={}, duties={}, interview_raw={})
    assert Search(empty, vectors, tmp_path).find("anything", context) == []


def test_keyword_scores_lie_between_0_and_1() -> None:
    keywords = Keywords(["business associate agreement", "texas law", "texas law on agreements"])
    scores = keywords.scores("agreement agreements zebra")
    assert scores.shape == (3,) and scores[0] > 0 and scores[1] == 0 and scores.max() <= 1
    assert keywords.scores("zebra").tolist() == [0, 0, 0]
    assert keywords.weight("zebra") > keywords.weight("agreement") > 0


def test_passage_vectors_are_kept_and_only_new_ones_computed(vectors: SentenceVectors, tmp_path: Path) -> None:
    told: list[float] = []
    first = vectors_of(["one", "two"], vectors, tmp_path, lambda what, share: told.append(share))
    assert told == [1.0]
    again = vectors_of(["two", "one", "two"], vectors, tmp_path, lambda what, share: told.append(share))
    assert told == [1.0]
    assert np.array_equal(again, first[[1, 0, 1]])
    vectors_of(["three"], vectors, tmp_path, lambda what, share: told.append(share))
    assert told == [1.0, 1.0]


def test_damaged_cache_is_made_anew(vectors: SentenceVectors, tmp_path: Path) -> None:
    first = vectors_of(["one"], vectors, tmp_path)
    (cache,) = tmp_path.glob("passages-*.npz")
    cache.write_bytes(cache.read_bytes()[:100])
    assert np.array_equal(vectors_of(["one"], vectors, tmp_path), first)


@pytest.fixture(scope="module")
def real(vectors: SentenceVectors) -> Search:
    """Search over the project's own content."""
    root = HERE.parents[1]
    return Search(load_library(root / "knowledge"), vectors, root / "var" / "cache")


def shares(search: Search, file: str) -> dict[str, float]:
    """Of the questions inside: best article right, right among three; of those outside: answered."""
    rows = [json.loads(line) for line in (HERE / file).read_text(encoding="utf-8").splitlines()]
    inside, outside = [], []
    for row in rows:
        hits = search.find(row["question"], Context(today=TODAY, **row.get("context", {})))
        if row["articles"]:
            inside.append([hit.article_id in row["articles"] for hit in hits])
        else:
            outside.append(hits[0].confidence >= 0.5)
    return {
        "first": sum(right[0] for right in inside) / len(inside),
        "three": sum(any(right[:3]) for right in inside) / len(inside),
        "outside answered": sum(outside) / len(outside),
    }


def test_labelled_questions(real: Search) -> None:
    """The questions the weights were chosen on; the floor lies a little under what was measured."""
    found = shares(real, "questions.jsonl")
    assert found["first"] >= 0.85, found  # measured 0.92
    assert found["three"] >= 0.95, found  # measured 0.99
    assert found["outside answered"] <= 0.12, found  # measured 0.05


def test_held_out_questions(real: Search) -> None:
    """Questions written after the weights were chosen; not to be fitted on."""
    found = shares(real, "held_out.jsonl")
    assert found["first"] >= 0.7, found  # measured 0.84
    assert found["three"] >= 0.85, found  # measured 0.92
    assert found["outside answered"] <= 0.12, found  # measured 0.04


def test_search_is_quick(real: Search, vectors: SentenceVectors) -> None:
    took = []
    for number in range(50):
        question = f"does texas law number {number} ask us to tell patients about the scribe"
        vectors.encode([question])  # remembered, so that the time below is the search's alone
        started = time.thread_time()
        real.find(question, Context(today=TODAY))
        took.append(time.thread_time() - started)
    assert sorted(took)[25] < 0.005  # seconds; measured 0.0008


def test_another_countrys_article_steps_back_where_no_place_is_known(
    library: Library, vectors: SentenceVectors, context: Context, tmp_path: Path
) -> None:
    abroad = library.articles["public-chatbots"].model_copy(update={"jurisdiction": "AU"})
    search = Search(library.model_copy(update={"articles": {**library.articles, abroad.id: abroad}}), vectors, tmp_path)

    def score(question: str) -> float:
        return next(hit.score for hit in search.find(question, context, 6) if hit.article_id == abroad.id)

    assert (
        score("our doctor in Australia pastes notes into chat gpt")
        > score("our doctor pastes notes into chat gpt") + 0.2
    )
