"""The content folder to a ``Library``: all of it, or a list of all that is wrong."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any, TypeVar

from bot.blocks import Model
from bot.library.article_checks import check_articles
from bot.library.body import HEADINGS
from bot.library.checks import check_dates, check_phrases, check_references
from bot.library.content import INTERVIEW, Content, read_content
from bot.library.context import current_day
from bot.library.errors import ContentError, ContentErrors
from bot.library.interview_checks import check_interview, dimensions_of
from bot.library.models import Article, Barrier, Duty, Library, Partner, Source, Training

MAX_BYTES = 1_000_000
"""Bytes above which a content file is refused."""

ModelT = TypeVar("ModelT", bound=Model)


def load_library(folder: Path, today: dt.date | None = None, max_bytes: int = MAX_BYTES) -> Library:
    """The library under ``folder``; ``interview.yml`` may be missing, everything else may not.

    Args:
        folder: the content folder, with its schemas.
        today: against which dates are checked; by default the day it is.
        max_bytes: the largest file allowed.

    Raises:
        ContentErrors: every mistake found; nothing is loaded then.
    """
    content, errors = _examine(folder, today or current_day(), max_bytes)
    errors = [error for error in errors if error.file != INTERVIEW or (folder / INTERVIEW).is_file()]
    if errors:
        raise ContentErrors(errors)
    return Library(
        articles={id: _article(content, id) for id in content["articles"]},
        sources=_models(content, "sources", Source),
        barriers=_models(content, "barriers", Barrier),
        trainings=_models(content, "trainings", Training),
        partners=_models(content, "partners", Partner),
        duties=_models(content, "duties", Duty),
        interview_raw=content.interview.data if content.interview else {},
        outside=tuple(content.outside.data) if content.outside else (),
    )


def check(folder: Path, today: dt.date | None = None, max_bytes: int = MAX_BYTES) -> list[ContentError]:
    """Every mistake in the content, in order of file and line; empty when all is well.

    Content without a mistake is looked at once more, for what is hard to read, said twice, cited by nothing or left
    unchecked too long: a file that can't be read would make others look so.
    """
    from bot.library.quality import check_quality  # noqa: PLC0415  (its libraries are for authors, not for a server)

    content, errors = _examine(folder, today or current_day(), max_bytes)
    return sorted(errors or check_quality(content))


def _examine(folder: Path, today: dt.date, max_bytes: int) -> tuple[Content, list[ContentError]]:
    errors: list[ContentError] = []
    content = read_content(folder, max_bytes, errors)
    errors.extend(check_references(content, dimensions_of(content.interview)))
    errors.extend(check_dates(content, today))
    errors.extend(check_phrases(content))
    errors.extend(check_articles(content))
    errors.extend(check_interview(content))
    return content, errors


def _models(content: Content, kind: str, model: type[ModelT]) -> dict[str, ModelT]:
    return {id: model.model_validate(entry.data) for id, entry in content[kind].items()}


def _article(content: Content, id: str) -> Article:
    parts: dict[str, Any] = {heading: parts for heading, _, parts in content.bodies[id]}
    short_answer, what_to_do, detail = (parts[heading] for heading in HEADINGS)
    return Article(**content["articles"][id].data, short_answer=short_answer, what_to_do=what_to_do, detail=detail)
