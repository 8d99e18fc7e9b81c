"""Content is loaded whole, or every mistake in it is named with file, line, field and cure."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.blocks import ListNode
from bot.library import ContentError, ContentErrors, Library, check, load_library

TODAY = dt.date(2026, 7, 1)
CHATBOTS = "articles/privacy/public-chatbots.md"
PROPOSAL = "articles/privacy/security-proposal.md"


def replace(file: str, old: str, new: str) -> Callable[[Path], None]:
    """A mistake: ``old`` in the file becomes ``new``."""

    def spoil(folder: Path) -> None:
        path = folder / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return spoil


def test_small_library_is_sound(folder: Path) -> None:
    assert check(folder, TODAY) == []


def test_loads_everything_by_id(library: Library) -> None:
    article = library.articles["public-chatbots"]
    assert article.sources[0].locator == "section 1"
    assert article.as_of == dt.date(2025, 1, 15)
    assert [part.markers for part in article.short_answer] == [("hipaa",)]
    assert article.short_answer[0].node.plain == "Not in a public account. **HIPAA** asks for an agreement first."
    assert isinstance(article.what_to_do[0].node, ListNode)
    assert len(article.what_to_do[0].node.items) == 2
    assert library.sources["old-plan"].published == "2025"
    assert library.duties["sign-agreement"].applies_when == {"ai_uses": {"any_of": ["any"]}}
    assert set(library.trainings) == {"basics"} and set(library.partners) == {"helper"}
    assert library.interview_raw["questions"][0]["id"] == "baa"
    assert library.barriers["privacy"].phrases == ("hipaa", "patient privacy")


# What is spoilt, and where and how the mistake must be named.
MISTAKES: list[tuple[str, Callable[[Path], None], str, int, str, str]] = [
    ("broken yaml", replace("duties.yml", "{any_of: [any]}", "{any_of: [any"), "duties.yml", 8, "", "The YAML is broken"),
    ("value twice", replace("duties.yml", "  do: Sign", "  title: Again\n  do: Sign"), "duties.yml", 8, "1, title", "twice"),
    ("alias", replace("barriers.yml", "[hipaa,", "&x [*x, hipaa,"), "barriers.yml", 4, "1, phrases 1", "alias"),
    ("no such day", replace("duties.yml", "2026-06-01", "2026-02-31"), "duties.yml", 10, "1, as_of", "2026-02-31"),
    ("empty file", lambda folder: (folder / "duties.yml").write_text("# none\n") and None, "duties.yml", 1, "", "empty"),
    ("file missing", lambda folder: (folder / "duties.yml").unlink(), "duties.yml", 1, "", "missing"),
    ("not utf-8", lambda folder: (folder / CHATBOTS).write_bytes(b"---\nid: caf\xe9\n") and None, CHATBOTS, 2, "", "UTF-8"),
    ("no front matter", lambda folder: (folder / CHATBOTS).write_text("## Short answer\n") and None, CHATBOTS, 1, "", "front matter"),
    ("field missing", replace(CHATBOTS, "audience: [manager]\n", ""), CHATBOTS, 2, "audience", "'audience' is missing"),
    ("unknown field", replace(CHATBOTS, "audience:", "audiences: [it]\naudience:"), CHATBOTS, 13, "audiences", "no field 'audiences'"),
    ("wrong value", replace(CHATBOTS, "status: in_force", "status: law"), CHATBOTS, 16, "status", "'law' is not allowed"),
    ("wrong type", replace(CHATBOTS, "topic: privacy", "topic: 7"), CHATBOTS, 4, "topic", "'7' is not allowed"),
    ("null", replace(CHATBOTS, 'title: "Using public AI chatbots with patient information"', "title: null"), CHATBOTS, 3, "title", "nothing, not text"),
    ("few questions", replace(CHATBOTS, "  - chatgpt for a referral letter\n", ""), CHATBOTS, 5, "questions", "has 5, but needs at least 6"),
    ("place", replace(CHATBOTS, "jurisdiction: US", "jurisdiction: Texas"), CHATBOTS, 14, "jurisdiction", "not written as it should be"),
    ("file name", replace(CHATBOTS, "id: public-chatbots", "id: other-id"), CHATBOTS, 2, "id", "the id is 'other-id'"),
    ("two files, one id", replace(PROPOSAL, "id: security-proposal", "id: public-chatbots"), PROPOSAL, 2, "id", "already used in " + CHATBOTS),
    ("topic folder", replace(CHATBOTS, "topic: privacy", "topic: policy"), CHATBOTS, 4, "topic", "in the folder 'privacy'"),
    ("unknown source", replace(CHATBOTS, "{id: hipaa,", "{id: hippa,"), CHATBOTS, 20, "sources 1, id", "no source with the id 'hippa'. Did you mean 'hipaa'?"),
    ("unknown barrier", replace(CHATBOTS, "[regulation]", "[rules]"), CHATBOTS, 12, "barriers 1", "no barrier with the id 'rules'"),
    ("unknown article", replace("articles/policy/new-strategy.md", "see_also: [old-plan]", "see_also: [older-plan]"), "articles/policy/new-strategy.md", 18, "see_also 1", "no article with the id 'older-plan'"),
    ("unknown newer", replace("articles/policy/old-plan.md", "superseded_by: new-strategy", "superseded_by: newest"), "articles/policy/old-plan.md", 17, "superseded_by", "'newest'"),
    ("duty's article", replace("duties.yml", "article: public-chatbots", "article: chatbots"), "duties.yml", 9, "sign-agreement: 1, article", "no article with the id 'chatbots'"),
    ("training's dimension", replace("trainings.yml", "dimensions: [privacy]", "dimensions: [money]"), "trainings.yml", 12, "basics: 1, dimensions 1", "no dimension with the id 'money'"),
    ("marker without source", replace(CHATBOTS, "first.[^hipaa]", "first.[^hipaa][^law]"), CHATBOTS, 23, "Short answer", "[^law] is not among"),
    ("source never used", replace(CHATBOTS, "sources:\n", "sources:\n  - {id: tx-law}\n"), CHATBOTS, 20, "sources 1, id", "'tx-law' is never used"),
    ("fact without marker", replace(CHATBOTS, "## Detail\n", "## Detail\nHalf of all clinics do.\n\n"), CHATBOTS, 30, "Detail", "'Half of all clinics do.' states facts without a source"),
    ("short answer without marker", replace(CHATBOTS, "first.[^hipaa]", "first."), CHATBOTS, 23, "Short answer", "states facts without a source"),
    ("heading missing", replace(CHATBOTS, "## What to do", "### What to do"), CHATBOTS, 22, "What to do", "'## What to do' is missing"),
    ("heading unknown", replace(CHATBOTS, "## Detail", "## Details"), CHATBOTS, 29, "Details", "not one of the three"),
    ("nothing under it", replace(CHATBOTS, "1. Ask every desk which chatbot they use.\n2. Tell staff one sentence they can keep.\n", ""), CHATBOTS, 25, "What to do", "no text under"),
    ("future", replace(CHATBOTS, "as_of: 2025-01-15", "as_of: 2026-07-02"), CHATBOTS, 17, "as_of", "2026-07-02 is in the future"),
    ("review before", replace(CHATBOTS, "review_by: 2026-01-15", "review_by: 2025-01-01"), CHATBOTS, 18, "review_by", "before as_of"),
    ("not yet in force", replace("articles/policy/texas-disclosure.md", "effective: 2026-01-01", "effective: 2026-09-01"), "articles/policy/texas-disclosure.md", 17, "effective", "in_force, but 2026-09-01"),
    ("in force already", replace("articles/policy/texas-disclosure.md", "status: in_force", "status: final_not_yet_effective"), "articles/policy/texas-disclosure.md", 17, "effective", "not after as_of"),
    ("source after as_of", replace("sources/law.yml", "published: undated", "published: 2025-02"), CHATBOTS, 20, "sources 1, id", "published 2025-02, after as_of"),
    ("phrase of two", replace("barriers.yml", "[which law,", "[HIPAA,"), "barriers.yml", 8, "regulation: 2, phrases 1", "already belongs to the barrier 'privacy'"),
    ("interview's barrier", replace("interview.yml", "barriers: [privacy]", "barriers: [privat]"), "interview.yml", 28, "baa: questions 1, options 1, barriers 1", "'privat'"),
    ("interview's flag", replace("interview.yml", "red_flag: no_baa", "red_flag: no_bba"), "interview.yml", 28, "baa: questions 1, options 1, red_flag", "no red flag with the id 'no_bba'"),
    ("interview's question", replace("interview.yml", "{question: baa,", "{question: bab,"), "interview.yml", 34, "baa-list: actions 1, when, question", "no question with the id 'bab'"),
    ("profile field", replace("interview.yml", "ask_when: {organisation_type:", "ask_when: {rural:"), "interview.yml", 26, "baa: questions 1, ask_when, rural", "no profile field with the id 'rural'"),
    ("interview's shape", replace("interview.yml", "value: 4", "value: 5"), "interview.yml", 30, "questions 1, options 3, value", "'5' is too large"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("spoil", "file", "line", "field", "says"), [each[1:] for each in MISTAKES], ids=[each[0] for each in MISTAKES]
)
def test_mistake_is_named(
    folder: Path, spoil: Callable[[Path], None], file: str, line: int, field: str, says: str
) -> None:
    spoil(folder)
    errors = check(folder, TODAY)
    fitting = [error for error in errors if error.file == file and says in f"{error.message} {error.cure}"]
    assert fitting, "\n".join(map(str, errors))
    assert (fitting[0].line, fitting[0].field) == (line, field)
    assert fitting[0].cure.endswith((".", "?"))
    with pytest.raises(ContentErrors) as caught:
        load_library(folder, TODAY)
    assert caught.value.errors == errors


def test_too_large_a_file_is_refused(folder: Path) -> None:
    errors = check(folder, TODAY, max_bytes=800)
    assert any(error.file == "sources/law.yml" and "more than the 800 allowed" in error.message for error in errors)


def test_all_mistakes_at_once_in_order(folder: Path) -> None:
    replace(CHATBOTS, "audience: [manager]\n", "")(folder)
    replace(CHATBOTS, "status: in_force", "status: law")(folder)
    replace("duties.yml", "{any_of: [any]}", "{any_of: [any")(folder)
    with pytest.raises(ContentErrors) as caught:
        load_library(folder, TODAY)
    lines = str(caught.value).splitlines()
    assert lines[0] == f"The content has {len(caught.value.errors)} mistakes; nothing was loaded."
    assert [error.file for error in caught.value.errors] == [CHATBOTS, CHATBOTS, "duties.yml"]
    assert lines[1].startswith(f"- {CHATBOTS}:2 (audience): 'audience' is missing.")


def test_interview_may_be_missing_when_loading_but_not_when_checking(folder: Path) -> None:
    (folder / "interview.yml").unlink()
    assert load_library(folder, TODAY).interview_raw == {}
    assert [error.file for error in check(folder, TODAY)] == ["interview.yml"]


def test_lead_in_before_a_sourced_list_needs_no_marker(folder: Path) -> None:
    replace(CHATBOTS, "## Detail\n", "## Detail\nTwo things count:\n\n- the name[^hipaa]\n- the date[^hipaa]\n\n")(
        folder
    )
    assert check(folder, TODAY) == []


def test_errors_sort_and_read_well() -> None:
    error = ContentError("a.yml", 3, "id", "It is wrong.", "Correct it.")
    assert str(error) == "a.yml:3 (id): It is wrong. Correct it."
    assert str(ContentError("a.yml", 1, "", "It is empty.", "")) == "a.yml:1: It is empty."


def test_loading_is_quick(folder: Path) -> None:
    started = time.thread_time()
    load_library(folder, TODAY)
    assert time.thread_time() - started < 2  # measured 0.1 s
