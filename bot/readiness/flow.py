"""Which question comes next, how far the visitor is, and the way back."""

from __future__ import annotations

import re

from bot.readiness.assessment import Assessment
from bot.readiness.conditions import evaluate
from bot.readiness.model import Interview
from bot.readiness.parts import AnyQuestion, Dimension, ProfileQuestion, Question
from bot.readiness.words import COMMON

_SMALLEST_OVERLAP = 1.0
"""A question is taken as meant when at least one telling word of the request is in it."""


def applicable(interview: Interview, assessment: Assessment) -> list[Question]:
    """The scored questions for this organisation, in order.

    A question whose condition can't be told (the profile lacks the field) is asked.
    """
    return [
        question
        for question in interview.questions
        if (question.short or not assessment.short) and evaluate(question.ask_when, assessment.profile) is not False
    ]


def sequence(interview: Interview, assessment: Assessment) -> list[AnyQuestion]:
    """All questions this visitor meets, in order, answered ones included.

    Of the profile, only what was asked or is still unknown: what was understood from free text is not asked.
    """

    def profile(when: str) -> list[AnyQuestion]:
        return [
            question
            for question in interview.profile
            if question.ask == when
            and evaluate(question.ask_when, assessment.profile) is not False
            and (question.id in assessment.answers or question.field not in assessment.profile)
        ]

    return [*profile("first"), *applicable(interview, assessment), *profile("last")]


def next_question(interview: Interview, assessment: Assessment) -> AnyQuestion | None:
    """The first question without an answer, or ``None`` when the interview is done."""
    return next((each for each in sequence(interview, assessment) if each.id not in assessment.answers), None)


def progress(interview: Interview, assessment: Assessment) -> tuple[int, int]:
    """How many questions are answered or skipped, of how many in all (which can change with the profile)."""
    asked = sequence(interview, assessment)
    return sum(question.id in assessment.answers for question in asked), len(asked)


def back(interview: Interview, assessment: Assessment, current: str | None = None) -> AnyQuestion | None:
    """The question answered before ``current`` (the question now open), or ``None`` at the start.

    Nothing is erased: the earlier answer stands until a new one replaces it.
    """
    order = assessment.order
    place = order.index(current) if current in order else len(order)
    return interview.question(order[place - 1]) if place else None


def find_question(interview: Interview, text: str, assessment: Assessment | None = None) -> AnyQuestion | None:
    """The question meant by 'change my answer about X', or ``None`` where nothing fits.

    Counts the words shared with a question's wording, its options and its dimension's title; rare words count
    more. With an assessment, questions already answered are preferred.
    """
    wanted = _words(text)
    texts = {question.id: _words(_wording(interview, question)) for question in interview.all_questions}
    best: tuple[float, AnyQuestion] | None = None
    for question in interview.all_questions:
        score = 0.0
        for word in wanted & texts[question.id]:
            score += 1 / sum(word in words for words in texts.values())
            score += 1.0 if word in _words(f"{question.id.replace('_', ' ')} {question.text}") else 0.0
        if score and assessment is not None and question.id in assessment.answers:
            score += 0.5
        if score >= _SMALLEST_OVERLAP and (best is None or score > best[0]):
            best = (score, question)
    return best[1] if best else None


def find_dimension(interview: Interview, text: str) -> Dimension | None:
    """The dimension a text names by a word of its title or its id, or ``None``."""
    wanted = _words(text)
    shared = {each.id: wanted & _words(f"{each.id} {each.title}") for each in interview.dimensions}
    best = max(interview.dimensions, key=lambda each: len(shared[each.id]))
    return best if shared[best.id] else None


def _wording(interview: Interview, question: AnyQuestion) -> str:
    parts = [question.id.replace("_", " "), question.text, question.other_words or ""]
    if isinstance(question, ProfileQuestion):
        parts += [option.label for option in question.options if option.shown]
    else:
        parts += [option.label for option in question.options] + [interview.dimension(question.dimension).title]
    return " ".join(parts)


def _words(text: str) -> set[str]:
    """Lower-case words without common ones and without a plural's s."""
    words = re.findall(r"[a-z0-9]+", text.lower().replace("'", "").replace("’", ""))
    return {word.removesuffix("s") if len(word) > 3 else word for word in words} - COMMON
