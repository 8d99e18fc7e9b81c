"""A policy's file to its passages: PDF, Word, HTML, Markdown or plain text. Nothing is written, nothing leaves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bot.errors import AdvisorError
from bot.library.local.packing import passages_of
from bot.library.local.pieces import Piece, Read, Unreadable, tidy

MOST_TITLE = 200
"""Characters of a title."""

KINDS = ("PDF (.pdf)", "Word (.docx)", "HTML (.html)", "Markdown (.md)", "plain text (.txt)")


class FileRefused(AdvisorError):
    """A file that can't be taken: its name, what is wrong with it, and what to do."""


@dataclass(frozen=True)
class Limits:
    """What a file may have.

    Attributes:
        max_bytes: its size.
        max_passages: its passages.
    """

    max_bytes: int
    max_passages: int


@dataclass(frozen=True)
class LocalDocument:
    """A policy as it was read. ``left_out`` says what of it has no text, '' where nothing."""

    title: str
    passages: tuple[Piece, ...]
    left_out: str = ""


def read_file(path: Path, limits: Limits) -> bytes:
    """A file's bytes; its size is looked at first.

    Raises:
        FileRefused: there is no such file, it can't be read, or it is too large.
    """
    try:
        if not path.is_file():
            raise FileRefused(f"{path.name}: There is no such file ({path}). Check the name.")
        size = path.stat().st_size
        if size > limits.max_bytes:
            raise FileRefused(_too_large(path.name, size, limits))
        return path.read_bytes()
    except OSError as error:
        raise FileRefused(f"{path.name}: It can't be read: {error.strerror}. Check the file's permissions.") from error


def convert(name: str, data: bytes, limits: Limits) -> LocalDocument:
    """A file's passages, each with its page or heading.

    Args:
        name: the file's name; its ending tells the kind.
        data: its bytes.

    Raises:
        FileRefused: of an unknown kind, empty, too large, damaged, encrypted, without text, wrongly encoded.
    """
    reader = _readers(limits).get(Path(name).suffix.lower())
    if reader is None:
        raise FileRefused(
            f"{name}: This kind of file can't be read. Save it as {', '.join(KINDS[:-1])} or {KINDS[-1]}."
        )
    if len(data) > limits.max_bytes:
        raise FileRefused(_too_large(name, len(data), limits))
    if not data.strip():
        raise FileRefused(f"{name}: It is empty. Check that the file was saved.")
    try:
        read = reader(data)
    except Unreadable as why:
        raise FileRefused(f"{name}: {why}") from None
    except Exception as error:  # the libraries raise whatever a damaged file provokes
        raise FileRefused(
            f"{name}: It is damaged and can't be read. Export it again from the program it was written in.",
            detail=repr(error),
        ) from error
    passages = tuple(passages_of(read.pieces))
    if not passages:
        raise FileRefused(f"{name}: There is no text in it. Check that it is the right file.")
    if len(passages) > limits.max_passages:
        raise FileRefused(
            f"{name}: It has {len(passages):,} passages; {limits.max_passages:,} is the most. "
            "Split it and add the parts that staff ask about, or raise ADVISOR_POLICY_PASSAGES."
        )
    return LocalDocument((read.title or _title(name))[:MOST_TITLE], passages, read.left_out)


def _readers(limits: Limits) -> dict[str, Callable[[bytes], Read]]:
    # their libraries take memory and time that a server, which converts nothing, need not spend
    from bot.library.local.markup import read_html, read_markdown, read_text  # noqa: PLC0415
    from bot.library.local.pdf import read_pdf  # noqa: PLC0415
    from bot.library.local.word import read_word  # noqa: PLC0415

    return {
        ".pdf": read_pdf, ".docx": lambda given: read_word(given, limits.max_bytes), ".html": read_html, ".htm": read_html,
        ".md": read_markdown, ".markdown": read_markdown, ".txt": read_text,
    }  # fmt: skip


def _too_large(name: str, size: int, limits: Limits) -> str:
    return (
        f"{name}: It has {size / 1e6:,.1f} MB; {limits.max_bytes / 1e6:,.1f} MB is the most. "
        "Save it without pictures, split it, or raise ADVISOR_POLICY_FILE_BYTES."
    )


def _title(name: str) -> str:
    """A title from a file's name: 'ai-acceptable_use.pdf' → 'Ai acceptable use'."""
    words = tidy(Path(name).stem.replace("-", " ").replace("_", " "))
    return words[:1].upper() + words[1:]
