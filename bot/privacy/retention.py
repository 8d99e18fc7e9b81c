"""How long a conversation is kept: the rule alone, which the purge applies."""

import datetime as dt


def cutoff(today: dt.date, days: int) -> dt.date:
    """The first day whose conversations are still kept when they are kept for ``days`` days.

    Raises:
        ValueError: ``days`` is less than one; 'keep nothing' is not a setting of the purge.
    """
    if days < 1:
        raise ValueError(
            f"Conversations are kept for at least 1 day, but the setting says {days}. Use a number from 1 up."
        )
    return today - dt.timedelta(days=days)


def expired(created_at: dt.datetime | dt.date, today: dt.date, days: int) -> bool:
    """Whether what was made at ``created_at`` (UTC) is past its ``days`` days on ``today`` (UTC).

    Raises:
        ValueError: ``days`` is less than one.
    """
    if isinstance(created_at, dt.datetime):
        if created_at.tzinfo is not None:
            created_at = created_at.astimezone(dt.UTC)
        created_at = created_at.date()
    return created_at < cutoff(today, days)
