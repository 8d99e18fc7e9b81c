"""Words and places as the search sees them."""

import pytest

from bot.language.places import places
from bot.language.words import normalised, singular, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Do we need AB3030 policies?", ["ab", "3030", "policy"]),
        ("45 CFR 164.502(e)", ["45", "cfr", "164", "502", "e"]),
        ("the clinic's tools don't", ["clinic", "tool"]),
        ("", []),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("breaches", "breach"),
        ("policies", "policy"),
        ("tools", "tool"),
        ("bias", "bias"),
        ("class", "class"),
        ("status", "status"),
        ("ai", "ai"),
    ],
)
def test_singular(word: str, expected: str) -> None:
    assert singular(word) == expected


def test_normalised() -> None:
    assert normalised(" Is ChatGPT  HIPAA-compliant? ") == "is chatgpt hipaa compliant"
    assert normalised("what\u2019s it") == normalised("What's it")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("what does texas law say", ["US-TX"]),
        ("we are in TX and OK", ["US-TX"]),
        ("Boise, ID", ["US-ID"]),
        ("an MD or PA told ME", []),
        ("west virginia and Virginia", ["US-WV", "US-VA"]),
        ("Washington DC", ["US-DC"]),
        ("NHS scribes in England", ["UK"]),
        ("ok, tell me in or out", []),
        ("", []),
    ],
)
def test_places(text: str, expected: list[str]) -> None:
    assert places(text) == expected
