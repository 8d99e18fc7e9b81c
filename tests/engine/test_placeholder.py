"""Rasa runs without TensorFlow and the libraries of outside services, and says so clearly where something needs one."""

from __future__ import annotations

import importlib.metadata
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.settings import ROOT

RASA = [sys.executable, "-W", "ignore", "-m", "rasa"]
ENVIRONMENT = {**os.environ, "RASA_TELEMETRY_ENABLED": "false"}


def rasa(*arguments: str, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*RASA, *arguments], cwd=folder, env=ENVIRONMENT, capture_output=True, text=True, timeout=300)


def test_the_placeholder_has_a_name_of_its_own() -> None:
    assert importlib.metadata.version("advisor-rasa-placeholders") == "1.0.0"
    with pytest.raises(importlib.metadata.PackageNotFoundError):
        importlib.metadata.version("tensorflow")


def test_using_tensorflow_fails_with_one_clear_sentence() -> None:
    import tensorflow as tf

    with pytest.raises(ImportError, match="needs TensorFlow.*Python 3.10"):
        tf.constant(1)
    with pytest.raises(ImportError, match="LogisticRegressionClassifier"):
        tf.keras.layers.Dense(3)
    assert tf.is_tensor(3) is False


def test_the_sister_packages_import() -> None:
    import keras
    import tensorflow_addons
    import tensorflow_hub
    import tensorflow_text

    for module in (keras, tensorflow_addons, tensorflow_hub, tensorflow_text):
        with pytest.raises(ImportError, match="needs TensorFlow"):
            module.Anything()


def test_the_libraries_of_outside_services_stand_in_too() -> None:
    import boto3
    from aiogram.utils.exceptions import TelegramAPIError
    from slack_sdk.web.async_client import AsyncWebClient

    assert issubclass(type("Channel", (AsyncWebClient,), {}), AsyncWebClient)
    for use in (lambda: boto3.client("s3"), AsyncWebClient, TelegramAPIError):
        with pytest.raises(ImportError, match="outside service"):
            use()
    with pytest.raises(importlib.metadata.PackageNotFoundError):
        importlib.metadata.version("boto3")


def test_data_validates() -> None:
    result = rasa("data", "validate", "--domain", "domain.yml", "--data", "data")
    assert result.returncode == 0, result.stdout[-2000:] + result.stderr[-2000:]


def test_rasa_test_nlu_runs(model: Path, tmp_path: Path) -> None:
    result = rasa(
        "test", "nlu", "--model", str(model), "--nlu", "data/nlu/result.yml", "--out", str(tmp_path), "--no-plot"
    )
    assert result.returncode == 0, result.stderr[-2000:]
    assert (tmp_path / "intent_report.json").is_file()


def test_rasa_test_core_passes_on_our_stories(model: Path, tmp_path: Path) -> None:
    result = rasa(
        "test",
        "core",
        "--model",
        str(model),
        "--stories",
        "tests/stories",
        "--out",
        str(tmp_path),
        "--no-plot",
        "--fail-on-prediction-errors",
    )
    assert result.returncode == 0, result.stdout[-3000:] + result.stderr[-3000:]


def test_diet_is_refused_with_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "config.yml").write_text(
        "recipe: default.v1\nassistant_id: diet\nlanguage: en\npipeline:\n- name: WhitespaceTokenizer\n"
        "- name: CountVectorsFeaturizer\n- name: DIETClassifier\n  epochs: 1\n"
    )
    (tmp_path / "domain.yml").write_text('version: "3.1"\nintents: [greet, goodbye]\n')
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "nlu.yml").write_text(
        'version: "3.1"\nnlu:\n- intent: greet\n  examples: |\n    - hi\n    - hello\n'
        "- intent: goodbye\n  examples: |\n    - bye\n    - see you\n"
    )
    result = rasa("train", "nlu", "--config", "config.yml", "--nlu", "data", "--out", "models", folder=tmp_path)
    assert result.returncode != 0
    assert "needs TensorFlow, which this environment leaves out on purpose" in result.stdout + result.stderr
