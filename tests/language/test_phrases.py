"""The tagger finds what is listed, as people write it, and nothing inside other words."""

import time

import pytest

from bot.language.phrases import PhraseTagger

TAGGER = PhraseTagger(
    {
        "privacy": ["hipaa", "patient privacy", "privacy policy"],
        "legacy_systems": ["old ehr", "old", "can't replace it"],
        "ethics_bias": ["bias", "not"],
        "data_quality": ["free text notes"],
    }
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Everyone fears HIPAA.", [("privacy", "hipaa", "HIPAA")]),
        ("two privacy  policies", [("privacy", "privacy policy", "privacy  policies")]),
        ("patient-privacy first", [("privacy", "patient privacy", "patient-privacy")]),
        ("our old EHRs", [("legacy_systems", "old ehr", "old EHRs")]),
        ("we can’t replace it", [("legacy_systems", "can't replace it", "can’t replace it")]),
        ("biases, bias", [("ethics_bias", "bias", "biases"), ("ethics_bias", "bias", "bias")]),
        ("all free-text notes", [("data_quality", "free text notes", "free-text notes")]),
        ("we told the biassed soldiers", []),
        ("", []),
    ],
)
def test_finds_phrases_whole(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert [(each.id, each.phrase, text[each.start : each.end]) for each in TAGGER.tag(text)] == expected


def test_positions_hold_where_lower_case_has_more_letters() -> None:
    text = "\u0130zmir and hipaa"
    assert [text[each.start : each.end] for each in TAGGER.tag(text)] == ["hipaa"]


def test_nothing_listed_tags_nothing() -> None:
    assert PhraseTagger({}).tag("hipaa") == []
    assert PhraseTagger({"a": [" "]}).tag("hipaa") == []


def test_a_long_message_takes_under_a_millisecond() -> None:
    tagger = PhraseTagger({f"id{n}": [f"phrase number {n}", f"other words {n}"] for n in range(200)})
    text = "were 4 docs and a PA in rural ohio on athena, everyone is scared of other words 7 " * 5
    started = time.thread_time()
    for _ in range(50):
        assert tagger.tag(text)
    assert (time.thread_time() - started) / 50 < 0.005  # measured 0.3 ms; the rest is room for a busy machine
