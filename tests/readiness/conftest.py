"""The interview as shipped, and a small one whose scores can be worked out by hand."""

from __future__ import annotations

import pytest

from bot.readiness import Interview
from tests.readiness.samples import shipped, small_raw


@pytest.fixture(scope="session")
def interview() -> Interview:
    """The interview as shipped."""
    return shipped()


@pytest.fixture
def small() -> Interview:
    """The small interview."""
    return Interview.from_raw(small_raw())
