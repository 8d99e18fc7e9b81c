"""A small library of its own, so that tests of the code do not change with the content."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from bot.language.vectors import SentenceVectors, build_model
from bot.library import Answerer, Context, Library, Search, load_library

ROOT = Path(__file__).resolve().parents[2]
KNOWLEDGE = ROOT / "knowledge"
CONTENT = Path(__file__).parent / "content"
CACHE = ROOT / "var" / "cache"
TODAY = dt.date(2026, 7, 1)


def copy_content(target: Path) -> Path:
    """The small library with the project's schemas, under ``target``."""
    copy = target / "content"
    shutil.copytree(CONTENT, copy)
    for schema in KNOWLEDGE.rglob("*.schema.json"):
        shutil.copyfile(schema, copy / schema.relative_to(KNOWLEDGE))
    return copy


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the small library, to be spoilt at will."""
    return copy_content(tmp_path)


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The small library, loaded."""
    return load_library(copy_content(tmp_path_factory.mktemp("library")), TODAY)


@pytest.fixture(scope="session")
def vectors() -> SentenceVectors:
    """The real sentence vectors; built on the first run of all, then cached."""
    return SentenceVectors(build_model(CACHE))


@pytest.fixture(scope="session")
def search(library: Library, vectors: SentenceVectors, tmp_path_factory: pytest.TempPathFactory) -> Search:
    """Search over the small library."""
    return Search(library, vectors, tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="session")
def answerer(library: Library, search: Search) -> Answerer:
    """The answerer over the small library."""
    return Answerer(library, search)


@pytest.fixture
def context() -> Context:
    """A conversation of which nothing is known but the day."""
    return Context(today=TODAY)
