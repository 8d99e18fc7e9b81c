"""Keyword search: BM25 over passages, on a scale of 0 to 1."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import bm25s
import numpy as np
import numpy.typing as npt

from bot.language.words import words

Scores = npt.NDArray[np.float32]


class Keywords:
    """BM25 (Robertson and Zaragoza 2009, doi:10.1561/1500000019; Lucene's variant) over a fixed set of texts."""

    def __init__(self, texts: Sequence[str]) -> None:
        corpus = [words(text) or [""] for text in texts] or [[""]]
        self._index = bm25s.BM25(method="lucene")
        self._index.index(corpus, show_progress=False)
        self._size = len(corpus)
        counts = Counter(word for found in corpus for word in set(found))
        # Lucene's idf: how much a word tells; a word of no text tells as much as a word of one.
        self._idf = {word: float(np.log(1 + (self._size - n + 0.5) / (n + 0.5))) for word, n in counts.items()}
        self._rarest = float(np.log(1 + (self._size + 0.5) / 0.5))

    def scores(self, text: str) -> Scores:
        """Each text's BM25 score over the most a text could get that has all of the question's words once."""
        asked = list(dict.fromkeys(words(text)))
        known = [word for word in asked if word in self._idf]
        if not known:
            return np.zeros(self._size, dtype=np.float32)
        most = sum(self.weight(word) for word in asked)
        raw: Scores = self._index.get_scores(known)
        return np.minimum(raw / np.float32(most), np.float32(1.0))

    def weight(self, word: str) -> float:
        """How much a word (as ``words`` gives it) tells: its idf, the highest for one that no text has."""
        return self._idf.get(word, self._rarest)
