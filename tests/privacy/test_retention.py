import datetime as dt

import pytest

from bot.privacy import cutoff, expired

TODAY = dt.date(2026, 3, 31)


def test_the_cutoff_is_the_first_day_kept() -> None:
    assert cutoff(TODAY, 30) == dt.date(2026, 3, 1)


@pytest.mark.parametrize(
    ("created", "gone"),
    [
        (dt.date(2026, 3, 1), False),
        (dt.date(2026, 2, 28), True),
        (dt.datetime(2026, 3, 1, 0, 0, tzinfo=dt.UTC), False),
        (dt.datetime(2026, 2, 28, 23, 59, tzinfo=dt.UTC), True),
        (dt.datetime(2026, 2, 28, 20, 0, tzinfo=dt.timezone(dt.timedelta(hours=-5))), False),
    ],
)
def test_a_conversation_is_kept_for_its_days(created: dt.date, gone: bool) -> None:
    assert expired(created, TODAY, 30) is gone


def test_keeping_for_no_day_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 1 day"):
        cutoff(TODAY, 0)
