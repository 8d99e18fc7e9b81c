"""Trains a Rasa model from the project's files."""

from __future__ import annotations

import os
from pathlib import Path

os.environ["RASA_TELEMETRY_ENABLED"] = "false"
os.environ["TQDM_DISABLE"] = "1"  # our own progress is shown instead of a dozen bars

from rasa.model_training import train

from bot.dialogue.agent import quiet
from bot.settings import ROOT


def train_model(path: Path) -> str:
    """Trains into ``path`` (…/name.tar.gz); gives what went wrong, or an empty string."""
    quiet()
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.name.removesuffix(".tar.gz") + ".new"
    try:
        result = train(
            str(ROOT / "domain.yml"), str(ROOT / "config.yml"), [str(ROOT / "data")], output=str(path.parent),
            fixed_model_name=new, force_training=True, persist_nlu_training_data=False,
        )  # fmt: skip
    except Exception as error:  # whatever Rasa raises, the reader needs its sentence
        return str(error)
    if result.code != 0 or result.model is None:
        return f"Rasa ended with code {result.code}. Run `rasa data validate` to see why."
    # a half-written file never carries the final name
    Path(result.model).replace(path)
    return ""
