"""The words reviewers read in place of ids: barriers, articles, organisations, answers of the interview."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.library import Library
from bot.readiness import AnyQuestion, Interview

HEARD_BY = {"answer": "answer", "rule": "words", "model": "model", "person": "person"}
NOT_ANSWERED = {"unknown": "I don't know", "skipped": "Skipped", "not_applicable": "Does not apply"}


@dataclass(frozen=True)
class ShownAnswer:
    """An answer of the interview in words; ``said`` are the visitor's own, empty where an option was chosen."""

    question: str
    answer: str
    said: str


class Names:
    """Turns ids of the content into its words; an id the content no longer knows stays as it is."""

    def __init__(self, library: Library, interview: Interview) -> None:
        self._library = library
        self._interview = interview
        self._profile = {question.field: question for question in interview.profile}

    @property
    def barriers(self) -> dict[str, str]:
        """The titles of all barriers by id, in the order of the titles."""
        titles = {barrier.id: barrier.title for barrier in self._library.barriers.values()}
        return dict(sorted(titles.items(), key=lambda pair: pair[1]))

    def barrier(self, barrier: str) -> str:
        """A barrier's title."""
        known = self._library.barriers.get(barrier)
        return known.title if known else barrier

    def article(self, article: str) -> str:
        """An article's title."""
        known = self._library.articles.get(article)
        return known.title if known else article

    def organisation(self, profile: Mapping[str, Any]) -> str:
        """Type and place of an organisation, empty where neither is known."""
        known = [field for field in ("organisation_type", "jurisdiction") if profile.get(field) is not None]
        return ", ".join(_label(self._profile.get(field), profile[field]) for field in known)

    def answers(self, state: Mapping[str, Any]) -> list[ShownAnswer]:
        """The answers of an assessment's stored state, in the order they were given.

        Read field by field, as an older version of the instrument may have stored it.
        """
        answers = state.get("answers", {})
        return [self._answer(question, answers[question]) for question in state.get("order", []) if question in answers]

    def _answer(self, question_id: str, answer: Mapping[str, Any]) -> ShownAnswer:
        question = self._interview.question(question_id)
        shown = NOT_ANSWERED.get(answer.get("kind", "")) or _label(question, answer.get("value"))
        return ShownAnswer(question.text if question else question_id, shown, answer.get("said") or "")


def _label(question: AnyQuestion | None, value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(_label(question, each) for each in value)
    numeric = question is not None and getattr(question, "numeric", False)
    option = question.option(value) if question and not numeric else None
    return option.label if option else str(value)
