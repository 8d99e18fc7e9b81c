"""A fitted judge of words: what the rules found, the lists and the context give how likely a word tells who someone is.

Two steps, both fitted by ``evals/phi/fit.py`` on the labelled development messages. A softmax regression over each
word's vector in its context says what kind of detail it may be; a linear-chain conditional random field (Lafferty,
McCallum and Pereira 2001) weighs that with the rules, the lists and the neighbours. Rare words are seen by their form
and by what the lists say of them, never by themselves: it learns how people speak of a person, not names.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from io import BytesIO
from typing import Protocol

import numpy as np
import numpy.typing as npt
import pycrfsuite

from bot.privacy.keep import Keeper
from bot.privacy.lexicon import NOT_A_NAME, PARTICLES, Lexicon
from bot.privacy.recogniser import Span
from bot.privacy.words import Word, fold, word_list

GONE = 0.12
"""From this chance on a word goes, though no rule found it."""
STAYS = 0.03
"""Below this chance a word stays, though a rule of ``_JUDGED`` found it."""
KINDS = ("name", "date", "place", "age", "id")
"""What it tells apart; numbers of every sort are ``id``."""

Vectors = npt.NDArray[np.float32]
Found = tuple[str, Span]
"""A kind and where it stands."""

_TOKEN = re.compile(r"▮+|[^\W\d_]+(?:['’][^\W\d_]+)*|\d+|[^\w\s]|_")
_SENTENCE_END = frozenset(".!?:;\n•*|")
_TITLE, _ORGANISATION = word_list("titles"), word_list("organisation_words")
_JUDGED = ("name", "place", "id", "ip address", "account number", "record number", "license number")


class WordVectors(Protocol):
    """Gives each piece of a text its vector in context, such as ``bot.language.vectors.SentenceVectors``."""

    def words(self, text: str) -> tuple[list[Span], Vectors]:
        """Where each piece stands, and its vector, shape (pieces, dimensions)."""

    def forget(self) -> None:
        """Holds the last text no longer."""


@dataclass(frozen=True, slots=True)
class Token:
    """A run of letters or of digits, or one sign, at ``start`` … ``end``."""

    text: str
    start: int
    end: int


def tokens_of(text: str) -> list[Token]:
    """The tokens of ``text``, in order; marks that stand already are blinded (``▮``) and count as one each."""
    return [Token(match[0], *match.span()) for match in _TOKEN.finditer(text)]


def contexts_of(text: str, tokens: Sequence[Token], vectors: WordVectors) -> Vectors:
    """Each token's vector, the mean of its pieces', shape (tokens, dimensions); zeros where none was seen."""
    spans, pieces = vectors.words(text)
    rows = np.zeros((len(tokens), pieces.shape[1]), dtype=np.float32)
    first = 0
    for index, token in enumerate(tokens):
        while first < len(spans) and spans[first][1] <= token.start:
            first += 1
        last = first
        while last < len(spans) and spans[last][0] < token.end:
            last += 1
        if last > first:
            rows[index] = pieces[first] if last == first + 1 else pieces[first:last].mean(axis=0)
    return rows


class ContextModel:
    """A softmax regression from a vector in context to the chance of each of ``KINDS``.

    Args:
        weights: an ``.npz`` with ``weights`` (dimensions, 1 + kinds) and ``bias``; the first column is 'none'.
    """

    def __init__(self, weights: bytes) -> None:
        with np.load(BytesIO(weights), allow_pickle=False) as file:
            self._weights, self._bias = file["weights"], file["bias"]

    def chances(self, contexts: Vectors) -> Vectors:
        """Shape (tokens, kinds)."""
        scores = contexts @ self._weights + self._bias
        shares = np.exp(scores - scores.max(axis=1, keepdims=True))
        return np.asarray((shares / shares.sum(axis=1, keepdims=True))[:, 1:], dtype=np.float32)


class Features:
    """What the conditional random field sees of each token."""

    def __init__(self, keeper: Keeper) -> None:
        self._keeper, self._lexicon = keeper, Lexicon()
        self._towns = word_list("towns")
        self._first = {town.split()[0] for town in self._towns if " " in town}
        self._kept_words = self._lexicon.common | NOT_A_NAME | _TITLE | _ORGANISATION

    def of(self, text: str, tokens: Sequence[Token], found: Iterable[Found], chances: Vectors) -> list[list[str]]:
        """A list of features a token.

        Args:
            found: what the rules found.
            chances: what the contexts say, shape (tokens, kinds).
        """
        kept = self._keeper.spans(text)
        rules = list(found)
        own = [self._own(text, token, index, tokens, kept, rules) for index, token in enumerate(tokens)]
        for index in range(len(tokens)):
            for last in self._town_ends(text, tokens, index):
                for inside in range(index, last + 1):
                    own[inside].append("towns")
        tenths = np.minimum(9, chances.sum(axis=1) * 10).astype(int).tolist()
        likeliest = chances.argmax(axis=1).tolist()
        for features, tenth, kind in zip(own, tenths, likeliest, strict=True):
            lists = next((feature for feature in features if feature.startswith("lists=")), features[1])
            features += [
                f"context={tenth}",
                f"context={tenth}{KINDS[kind]}",
                f"{tenth}|{lists}",
                f"{tenth}|{features[-1]}",
            ]
        return [list(self._window(own, index)) for index in range(len(own))]

    def _own(
        self, text: str, token: Token, index: int, tokens: Sequence[Token], kept: list[Span], rules: list[Found]
    ) -> list[str]:
        features = [self._word(token), "s=" + _shape(token.text)]
        before = tokens[index - 1] if index else None
        opens = before is None or before.text in _SENTENCE_END or "\n" in text[before.end : token.start]
        if opens:
            features.append("opens")
        if before is not None and before.end == token.start:
            features.append("glued")
        if token.text[0].isalpha():
            plain = fold(token.text).removesuffix("'s")
            features += self._lists(Word(token.text, token.start, token.end, plain, opens))
            if plain != fold(token.text):
                features.append("possessive")
        if any(start < token.end and token.start < end for start, end in kept):
            features.append("kept")
        rule = next((kind for kind, (start, end) in rules if start < token.end and token.start < end), None)
        features.append(f"rule={rule}")
        return features

    def _word(self, token: Token) -> str:
        plain = fold(token.text).removesuffix("'s")
        if not token.text[0].isalpha():
            return "w=" + (token.text if not token.text.isdigit() else f"{min(len(token.text), 6)} digits")
        return "w=" + (plain if plain in self._kept_words or len(plain) < 3 else f"?{plain[-2:]}")

    def _lists(self, word: Word) -> list[str]:
        lexicon, plain = self._lexicon, word.plain
        flags = [
            name
            for name, holds in (
                ("given", lexicon.sure_given(word)), ("given?", lexicon.given(word)), ("surname", lexicon.sure(word)),
                ("surname?", lexicon.surname(word)), ("common", plain in lexicon.common), ("town", plain in self._towns),
                ("state", plain in lexicon.states), ("title", plain in _TITLE), ("particle", plain in PARTICLES),
                ("never", plain in NOT_A_NAME), ("organisation", plain in _ORGANISATION),
                ("doubtful", self._keeper.doubtful(word)), ("capital only", plain in lexicon.only_capital),
            )
            if holds
        ]  # fmt: skip
        case = "C" if word.capital else "U" if word.text.isupper() else "l"
        return [*flags, "lists=" + "+".join([*flags, case])]

    def _town_ends(self, text: str, tokens: Sequence[Token], index: int) -> Iterator[int]:
        """The last tokens of the towns of several words that begin at ``index``."""
        if fold(tokens[index].text) not in self._first:
            return
        name = fold(tokens[index].text)
        for last in range(index + 1, min(index + 4, len(tokens))):
            name += f" {fold(tokens[last].text)}"
            if name in self._towns:
                yield last

    @staticmethod
    def _window(own: list[list[str]], index: int) -> Iterator[str]:
        """The token's own features, and those of its neighbours; farther ones tell less."""
        yield from own[index]
        for offset in (-4, -3, -2, -1, 1, 2, 3):
            place = index + offset
            if not 0 <= place < len(own):
                yield f"{offset}:edge"
                continue
            features = own[place]
            near = features if abs(offset) == 1 else features[:1]
            yield from (f"{offset}:{feature}" for feature in near if "|" not in feature)
            if abs(offset) == 2:
                yield from (f"{offset}:{feature}" for feature in features if feature.startswith(("lists=", "rule=")))
        before, after = (own[place][0] if 0 <= place < len(own) else "edge" for place in (index - 1, index + 1))
        lists = next((feature for feature in own[index] if feature.startswith("lists=")), own[index][1])
        yield f"{before}|{lists}"
        yield f"{lists}|{after}"
        yield f"{before}|{after}"
        if index > 1:
            yield f"{own[index - 2][0]}|{before}|{lists[-1]}"
        if index + 2 < len(own):
            yield f"{lists[-1]}|{after}|{own[index + 2][0]}"


class Tagger:
    """Judges the words of a text by the fitted weights.

    Args:
        keeper: what is never a name or a place.
        vectors: words in context.
    """

    def __init__(self, keeper: Keeper, vectors: WordVectors) -> None:
        data = files("bot.privacy").joinpath("data")
        self._vectors, self._contexts = vectors, ContextModel(data.joinpath("contexts.npz").read_bytes())
        self._features = Features(keeper)
        self._model = pycrfsuite.Tagger()
        self._weights = data.joinpath("tagger.crfsuite").read_bytes()
        self._model.open_inmemory(self._weights)  # reads from these bytes as long as it lives
        self._labels = {kind: [label for label in self._model.labels() if label[2:] == kind] for kind in KINDS}

    def judge(self, text: str, found: Sequence[Found]) -> list[Found]:
        """What of ``found`` goes, and what else does.

        A rule whose form alone is proof (an e-mail address, a link, a social security number) is never overruled; one
        of ``_JUDGED`` is where the words speak against it clearly. Words that no rule found go where they speak for it.
        """
        tokens = tokens_of(text)
        if not tokens:
            return list(found)
        contexts = self._contexts.chances(contexts_of(text, tokens, self._vectors))
        self._model.set(self._features.of(text, tokens, found, contexts))
        totals = [1 - self._model.marginal("O", index) for index in range(len(tokens))]
        judged = [item for item in found if item[0] not in _JUDGED or self._stands(item, tokens, totals)]
        return judged + list(self._more(text, tokens, totals))

    @staticmethod
    def _stands(item: Found, tokens: Sequence[Token], totals: Sequence[float]) -> bool:
        start, end = item[1]
        return any(
            total >= STAYS
            for token, total in zip(tokens, totals, strict=True)
            if start < token.end and token.start < end
        )

    def _more(self, text: str, tokens: Sequence[Token], totals: Sequence[float]) -> Iterator[Found]:
        """Runs of words of one kind that go."""
        run: list[Token] = []
        kind = ""
        for index, token in enumerate(tokens):
            goes = totals[index] >= GONE and "▮" not in token.text
            own = self._kind(index) if goes else ""
            if run and (own != kind or "\n" in text[run[-1].end : token.start]):
                yield kind, (run[0].start, run[-1].end)
                run = []
            if goes:
                kind = own
                run.append(token)
        if run:
            yield kind, (run[0].start, run[-1].end)

    def _kind(self, index: int) -> str:
        """The likeliest kind of the token at ``index``."""
        return max(KINDS, key=lambda kind: sum(self._model.marginal(label, index) for label in self._labels[kind]))


def _shape(text: str) -> str:
    """'Xx', 'x', 'XX', 'XxX', '00', or the sign itself: letters by their case, digits by how many."""
    if text[0] == "▮":
        return "mark"
    if text.isdigit():
        return "0" * min(len(text), 6)
    return re.sub(r"(x)x+|(X)X+", lambda run: (run[1] or run[2]) * 2, "".join(_letter(sign) for sign in text))


def _letter(sign: str) -> str:
    return "X" if sign.isupper() else "x" if sign.isalpha() else sign
