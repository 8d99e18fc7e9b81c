"""Conditions know yes, no and can't tell."""

from __future__ import annotations

from typing import Any

import pytest

from bot.readiness import covers, evaluate, size_of
from bot.readiness.conditions import read


@pytest.mark.parametrize(
    ("condition", "profile", "expected"),
    [
        ({}, {}, True),
        ({"kind": {"in": ["a", "b"]}}, {"kind": "a"}, True),
        ({"kind": {"in": ["a", "b"]}}, {"kind": "c"}, False),
        ({"kind": {"in": ["a"]}}, {}, None),
        ({"kind": {"not_in": ["a"]}}, {"kind": "a"}, False),
        ({"kind": {"not_in": ["a"]}}, {"kind": "b"}, True),
        ({"kind": {"not_in": ["a"]}}, {}, None),
        ({"uses": {"any_of": ["x"]}}, {"uses": ["x", "y"]}, True),
        ({"uses": {"any_of": ["x"]}}, {"uses": ["y"]}, False),
        ({"uses": {"any_of": ["any"]}}, {"uses": ["y"]}, True),
        ({"uses": {"any_of": ["any"]}}, {"uses": ["none"]}, False),
        ({"uses": {"any_of": ["none"]}}, {"uses": ["none"]}, True),
        ({"uses": {"any_of": ["any"]}}, {"uses": []}, False),
        ({"n": {"at_least": 15}}, {"n": 15}, True),
        ({"n": {"at_least": 15}}, {"n": 14}, False),
        ({"n": {"at_most": 15}}, {"n": 16}, False),
        ({"n": {"at_least": 2, "at_most": 10}}, {"n": 5}, True),
        ({"n": {"at_least": 2}}, {"n": "many"}, False),
        ({"rural": {"in": [True]}}, {"rural": True}, True),
        ({"rural": {"in": [True]}}, {"rural": False}, False),
        ({"a": {"in": ["x"]}, "b": {"in": ["y"]}}, {"a": "z"}, False),
        ({"a": {"in": ["x"]}, "b": {"in": ["y"]}}, {"a": "x"}, None),
    ],
)
def test_conditions(condition: dict[str, Any], profile: dict[str, Any], expected: bool | None) -> None:
    assert evaluate(read(condition), profile) is expected


@pytest.mark.parametrize(
    ("jurisdiction", "where", "expected"),
    [
        ("US", "US-OH", True),
        ("US", "US", True),
        ("US", "UK", False),
        ("US", None, None),
        ("US-TX", "US-TX", True),
        ("US-TX", "US-OH", False),
        ("US-TX", "US", None),
        ("US-TX", None, None),
        ("US-TX", "UK", False),
        ("UK", "US-OH", False),
        ("UK", "UK", True),
        ("global", None, True),
        ("any", "other", True),
    ],
)
def test_where_a_rule_reaches(jurisdiction: str, where: str | None, expected: bool | None) -> None:
    assert covers(jurisdiction, where) is expected


@pytest.mark.parametrize(
    ("profile", "size"),
    [
        ({"clinicians": 1}, "solo"),
        ({"clinicians": 2}, "small"),
        ({"clinicians": 10}, "small"),
        ({"clinicians": 11}, "medium"),
        ({"clinicians": 50}, "medium"),
        ({"clinicians": 51}, "large"),
        ({"organisation_type": "solo"}, "solo"),
        ({"organisation_type": "hospital"}, "large"),
        ({"organisation_type": "small_clinic"}, "small"),
        ({"organisation_type": "hospital", "clinicians": 8}, "small"),
        ({}, None),
    ],
)
def test_sizes(profile: dict[str, Any], size: str | None) -> None:
    assert size_of(profile) == size
