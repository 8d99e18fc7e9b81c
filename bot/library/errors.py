"""What is wrong with content, told to the person who wrote it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class ContentError:
    """One mistake: where it is, what is wrong, and what would be right.

    ``file`` is relative to the content folder; ``line`` counts from 1; ``field`` is empty where the
    mistake concerns the file as a whole.
    """

    file: str
    line: int
    field: str
    message: str
    cure: str

    def __str__(self) -> str:
        field = f" ({self.field})" if self.field else ""
        return f"{self.file}:{self.line}{field}: {self.message} {self.cure}".rstrip()


class ContentErrors(Exception):
    """The content has mistakes and was not loaded; ``errors`` holds all of them, in order of file and line."""

    def __init__(self, errors: list[ContentError]) -> None:
        self.errors = sorted(errors)
        super().__init__(str(self))

    def __str__(self) -> str:
        count = len(self.errors)
        head = f"The content has {count} mistake{'' if count == 1 else 's'}; nothing was loaded."
        return "\n".join([head, *(f"- {error}" for error in self.errors)])
