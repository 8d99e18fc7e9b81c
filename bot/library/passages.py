"""The searchable pieces of articles, and their vectors kept on disk."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from bot.blocks import Heading
from bot.language.vectors import DIMENSIONS, SentenceVectors
from bot.library.body import words_of
from bot.library.models import Article, Passage

Vectors = npt.NDArray[np.float32]
CHUNK = 256  # passages between two reports of progress


def passages_of(articles: Iterable[Article]) -> list[Passage]:
    """Title with short answer, each way people ask, and each paragraph or list of the other two sections."""
    passages = []
    for article in articles:
        short = " ".join(words_of(part) for part in article.short_answer)
        passages.append(Passage(article_id=article.id, kind="title", text=f"{article.title}. {short}"))
        passages += [Passage(article_id=article.id, kind="question", text=question) for question in article.questions]
        parts = (*article.what_to_do, *article.detail)
        texts = [words_of(part) for part in parts if not isinstance(part.node, Heading)]
        passages += [Passage(article_id=article.id, kind="part", text=text) for text in texts]
    return passages


def vectors_of(
    texts: Sequence[str],
    vectors: SentenceVectors,
    cache_dir: Path,
    progress: Callable[[str, float], None] | None = None,
    name: str = "passages",
    beside: str = "",
) -> Vectors:
    """A vector for each text, shape (len(texts), 384); only texts that are new since the last call are computed.

    The cache is one file a model and ``name``, keyed by the texts' hashes; a damaged one is made anew. What another
    cache, ``beside``, has already is taken from there.
    """
    path = cache_dir / f"{name}-{vectors.fingerprint[:16]}.npz"
    known = _load(path)
    keys = [hashlib.sha256(text.encode()).hexdigest() for text in texts]
    if beside and not known.keys() >= set(keys):
        known = _load(cache_dir / f"{beside}-{vectors.fingerprint[:16]}.npz") | known
    missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
    new = list(missing.items())
    for start in range(0, len(new), CHUNK):
        chunk = new[start : start + CHUNK]
        known |= dict(zip((key for key, _ in chunk), vectors.encode([text for _, text in chunk]), strict=True))
        if progress:
            progress("computing the vectors of the library", min(1.0, (start + len(chunk)) / len(new)))
    if new or len(known) > 2 * len(set(keys)):
        _save(path, {key: known[key] for key in keys})
    return np.stack([known[key] for key in keys]) if keys else np.empty((0, DIMENSIONS), dtype=np.float32)


def _load(path: Path) -> dict[str, Vectors]:
    try:
        with np.load(path, allow_pickle=False) as file:
            return dict(zip(file["keys"].tolist(), file["vectors"], strict=True))
    except (OSError, ValueError, KeyError, BadZipFile):
        return {}


def _save(path: Path, known: dict[str, Vectors]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    scratch = path.with_name(f"{path.stem}-{os.getpid()}.npz")
    np.savez(scratch, keys=np.array(list(known)), vectors=np.stack(list(known.values())))
    scratch.replace(path)
