"""The small family of errors that reach people: a sentence for the person, a detail for the log."""

from __future__ import annotations


class AdvisorError(Exception):
    """What went wrong, where, and what to do about it, in one or two sentences.

    Args:
        sentence: for the person; never holds a visitor's text.
        detail: for the log.
    """

    def __init__(self, sentence: str, detail: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.detail = detail
