"""Builds what the process needs, once: the one place where the parts are put together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from bot.language.phrases import PhraseTagger
from bot.language.vectors import SentenceVectors, build_model
from bot.library import Answerer, Library, LocalIndex, Search, load_library
from bot.library.local import LocalPassage, cache_name
from bot.privacy import Redactor
from bot.readiness import Interview
from bot.settings import Settings

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Services:
    """What actions and the dialogue ask: content, search, interview, redaction. ``today`` is the clock."""

    settings: Settings
    library: Library
    interview: Interview
    answerer: Answerer
    tagger: PhraseTagger
    vectors: SentenceVectors
    redactor: Redactor
    today: Callable[[], dt.date] = dt.date.today


_current: Services | None = None
_policies: ContextVar[LocalIndex | None] = ContextVar("policies", default=None)


def use(services: Services) -> Services:
    """Makes these the process's services, which the actions see."""
    global _current
    _current = services
    return services


def built() -> bool:
    """Whether `use` was called: not so where Rasa's own commands load a model."""
    return _current is not None


def current() -> Services:
    """The process's services.

    Raises:
        RuntimeError: `use` was not called yet.
    """
    if _current is None:
        raise RuntimeError("The services are not built yet: call bot.services.use(build(settings)) first.")
    return _current


@contextmanager
def with_policies(index: LocalIndex | None) -> Iterator[None]:
    """For one turn: the own policies of its site, and of no other, are at hand (docs/adr/0008)."""
    token = _policies.set(index)
    try:
        yield
    finally:
        _policies.reset(token)


def policies() -> LocalIndex | None:
    """The own policies of the site of the turn at work; None where it has none, or no turn is at work."""
    return _policies.get()


def build(settings: Settings, progress: Progress = lambda _: None) -> Services:
    """Loads the content and the models.

    Raises:
        bot.library.ContentErrors: mistakes in the content, all at once.
    """
    progress("Reading the library")
    library = read_library(settings.knowledge_dir)
    vectors = load_vectors(settings.cache_dir)
    progress("Preparing the search")
    search = Search(library, vectors, settings.cache_dir)
    return Services(
        settings=settings,
        library=library,
        interview=Interview.from_raw(library.interview_raw),
        answerer=Answerer(
            library, search, settings.answer_confidence, settings.suggest_confidence, settings.policy_confidence
        ),
        tagger=PhraseTagger({barrier.id: barrier.phrases for barrier in library.barriers.values()}),
        vectors=vectors,
        redactor=Redactor(vectors, settings.spacy_model),
    )


def policy_index(services: Services, site: str, passages: Sequence[LocalPassage]) -> LocalIndex:
    """The index of a site's own policies; their vectors are kept as the articles' are."""
    folder, outside = services.settings.cache_dir, services.library.outside
    return LocalIndex(passages, services.vectors, folder, cache_name(site), outside)


@lru_cache(maxsize=1)
def load_vectors(cache: Path) -> SentenceVectors:
    """The process's sentence vectors; their model is built on first use and kept under ``cache``."""
    return SentenceVectors(build_model(cache))


@lru_cache(maxsize=1)
def read_library(folder: Path) -> Library:
    """The content as it was when this process first read it.

    Raises:
        bot.library.ContentErrors: mistakes in the content, all at once.
    """
    return load_library(folder)


def library_questions(folder: Path) -> tuple[str, ...]:
    """The ways people ask, of all articles: what the NLU learns beside `data/nlu`.

    Raises:
        bot.library.ContentErrors: mistakes in the content.
    """
    return tuple(question for article in read_library(folder).articles.values() for question in article.questions)
