"""What `advisor check` says of content that is sound, but hard to read, said twice, cited by nothing or long unchecked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.library import check, load_library
from bot.library.freshness import stale
from bot.library.quality import reading_grade
from tests.library.test_loading import CHATBOTS, PROPOSAL, TODAY, replace

HARD = (
    "Notwithstanding contractual representations, institutional accountability necessitates comprehensive documentation "
    "of organizational authorization procedures regarding algorithmic functionalities.[^hipaa]"
)
ORPHAN = "- id: unread\n  title: Unread\n  publisher: Nobody\n  url: https://example.org\n  published: 2025\n  kind: primary\n"


def add(file: str, text: str) -> Callable[[Path], None]:
    """``text`` at the end of the file."""

    def spoil(folder: Path) -> None:
        path = folder / file
        path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")

    return spoil


POOR: list[tuple[str, Callable[[Path], None], str, str, str]] = [
    ("hard to read", replace(CHATBOTS, "## Short answer\n", f"## Short answer\n{HARD}\n\n"), CHATBOTS, "Short answer", "reads at grade"),
    ("question of another", replace(CHATBOTS, "  - chatgpt for a referral letter", "  - Must we encrypt everything now?"), PROPOSAL, "questions 2", "of 'public-chatbots'"),
    ("words swapped round", replace(CHATBOTS, "  - chatgpt for a referral letter", "  - now must we encrypt everything"), PROPOSAL, "questions 2", "of 'public-chatbots'"),
    ("question twice", replace(CHATBOTS, "  - chatgpt for a referral letter", "  - Is ChatGPT HIPAA-compliant?"), CHATBOTS, "questions 5", "is nearly"),
    ("cited by nothing", add("sources/law.yml", ORPHAN), "sources/law.yml", "id", "Nothing cites"),
    ("long unchecked", replace(PROPOSAL, "review_by: 2026-", "review_by: 2027-"), PROPOSAL, "review_by", "the most for 'proposed'"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("spoil", "file", "field", "says"), [each[1:] for each in POOR], ids=[each[0] for each in POOR]
)
def test_poor_content_is_named(folder: Path, spoil: Callable[[Path], None], file: str, field: str, says: str) -> None:
    spoil(folder)
    errors = check(folder, TODAY)
    assert [error for error in errors if error.file == file and says in error.message], "\n".join(map(str, errors))
    error = next(error for error in errors if says in error.message)
    assert error.field.endswith(field) and error.cure
    load_library(folder, TODAY)  # poor, but sound: a running server takes it


def test_two_articles_that_say_the_same_are_named(folder: Path) -> None:
    text = (folder / CHATBOTS).read_text(encoding="utf-8").replace("id: public-chatbots", "id: public-chatbots-again")
    words = ["alpha", "bravo", "charlie", "delta", "echo", "foxtrot"]
    head, body = text.split("questions:\n", 1)
    rest = body[body.index("barriers:") :]
    (folder / CHATBOTS).with_name("public-chatbots-again.md").write_text(
        head + "questions:\n" + "".join(f"  - {word} {word}x\n" for word in words) + rest, encoding="utf-8"
    )
    assert any("says nearly what that of" in error.message for error in check(folder, TODAY))


def test_second_hand_content_is_named(folder: Path) -> None:
    for path in (folder / "sources").glob("*.yml"):
        path.write_text(path.read_text(encoding="utf-8").replace("kind: primary", "kind: secondary"), encoding="utf-8")
    assert any("at first hand" in error.message for error in check(folder, TODAY))


def test_reading_grade_is_kincaids() -> None:
    assert reading_grade("The cat sat on the mat. The dog ran.") < 1
    # five words, one sentence, eight syllables: doc-tors may sign let-ters dai-ly
    assert reading_grade("Doctors may sign letters daily.") == pytest.approx(0.39 * 5 + 11.8 * 8 / 5 - 15.59)


def test_what_is_past_its_review_is_listed_longest_overdue_first(folder: Path) -> None:
    library = load_library(folder, TODAY)
    assert stale(library, min(article.as_of for article in library.articles.values())) == []
    late = stale(library, dt.date(2030, 1, 1))
    assert {item.kind for item in late} == {"article", "training", "partner", "duty"}
    assert late == sorted(late) and all(item.due < dt.date(2030, 1, 1) for item in late)
