"""Trains the model when its inputs changed, and finds the trained one.

A model is named after a hash of everything it is made of: a second start trains nothing.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
from collections.abc import Iterable
from pathlib import Path

from bot.errors import AdvisorError
from bot.services import library_questions
from bot.settings import ROOT, Settings

INPUTS = ("config.yml", "domain.yml", "requirements.lock")
FOLDERS = ("data/nlu", "data/rules", "bot/dialogue/nlu")
KEPT = 3
"""Older models kept beside the newest, so that switching a branch back trains nothing."""


class TrainingFailed(AdvisorError):
    """Rasa could not train a model from the files."""


def model_path(settings: Settings) -> Path:
    """Where the model of the present inputs lies, or will lie.

    Raises:
        bot.library.ContentErrors: mistakes in the content, whose questions the model learns.
    """
    digest = hashlib.sha256("\0".join(library_questions(settings.knowledge_dir)).encode())
    for path in _inputs():
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return settings.models_dir / f"advisor-{digest.hexdigest()[:16]}.tar.gz"


def train(settings: Settings, force: bool = False) -> Path:
    """The model of the present inputs, trained now if there is none yet.

    Raises:
        TrainingFailed: with what Rasa said.
    """
    path = model_path(settings)
    if path.is_file() and not force:
        return path
    from bot.dialogue.training import train_model  # Rasa takes seconds to import; a second start does without

    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        problem = train_model(path)
    if problem:
        raise TrainingFailed(f"The model could not be trained: {problem}", detail=said.getvalue()[-2_000:])
    for old in sorted(settings.models_dir.glob("advisor-*.tar.gz"), key=lambda each: each.stat().st_mtime)[: -KEPT - 1]:
        old.unlink()
    return path


def _inputs() -> Iterable[Path]:
    yield from (ROOT / name for name in INPUTS)
    for folder in FOLDERS:
        yield from sorted(path for path in (ROOT / folder).rglob("*") if path.suffix in (".yml", ".py"))
