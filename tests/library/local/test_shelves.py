"""The index of a site follows its documents, and no failure takes it away."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Sequence
from pathlib import Path

import pytest
import structlog

from bot.language.vectors import SentenceVectors
from bot.library.local import LocalIndex, LocalPassage, Shelves, cache_name

DAY = dt.date(2026, 5, 4)
TEXTS = {"a": "Copilot may summarise charts before rounds.", "b": "Smart glasses are not allowed on the wards."}


class Store:
    """Documents in memory: site to ids of ``TEXTS``."""

    def __init__(self) -> None:
        self.sites: dict[str, set[str]] = {}
        self.broken = False

    def version(self, site: str) -> frozenset[str]:
        if self.broken:
            raise OSError("the disk is gone")
        return frozenset(self.sites.get(site, set()))

    def passages(self, site: str) -> Sequence[LocalPassage]:
        return [LocalPassage(each, each, "", TEXTS[each], DAY) for each in sorted(self.sites[site])]


class Builder:
    """Builds real indexes, counts, and fails or waits when told to."""

    def __init__(self, vectors: SentenceVectors, cache: Path) -> None:
        self.vectors, self.cache = vectors, cache
        self.built = 0
        self.fails = False
        self.go = threading.Event()
        self.go.set()

    def __call__(self, site: str, passages: Sequence[LocalPassage]) -> LocalIndex:
        self.built += 1
        self.go.wait(10)
        if self.fails:
            raise RuntimeError("no memory")
        return LocalIndex(passages, self.vectors, self.cache, cache_name(site))


@pytest.fixture
def store() -> Store:
    return Store()


@pytest.fixture
def builder(vectors: SentenceVectors, tmp_path: Path) -> Builder:
    return Builder(vectors, tmp_path)


def documents(index: LocalIndex | None) -> set[str]:
    if index is None:
        return set()
    hits = [index.find(f"what about this: {text}") for text in TEXTS.values()]
    return {hit.passage.document for hit in hits if hit}


def test_an_index_is_built_once_and_again_after_a_change(store: Store, builder: Builder) -> None:
    shelves = Shelves(store, builder)
    assert shelves.of("hospital") is None and builder.built == 0
    store.sites["hospital"] = {"a"}
    assert documents(shelves.of("hospital")) == {"a"}
    shelves.of("hospital")
    assert builder.built == 1
    store.sites["hospital"] = {"a", "b"}
    assert documents(shelves.of("hospital")) == {"a", "b"}
    store.sites["hospital"] = set()
    assert shelves.of("hospital") is None


def test_sites_never_share_an_index(store: Store, builder: Builder) -> None:
    shelves = Shelves(store, builder)
    store.sites = {"hospital": {"a"}, "clinic": {"b"}}
    assert (documents(shelves.of("hospital")), documents(shelves.of("clinic"))) == ({"a"}, {"b"})
    assert shelves.of("other") is None


def test_a_failed_build_keeps_the_old_index_without_what_is_gone_and_is_not_tried_in_every_turn(
    store: Store, builder: Builder
) -> None:
    shelves = Shelves(store, builder)
    store.sites["hospital"] = {"a", "b"}
    shelves.of("hospital")
    builder.fails = True
    store.sites["hospital"] = {"a"}
    with structlog.testing.capture_logs() as logged:
        assert documents(shelves.of("hospital")) == {"a"}, "a removed policy is cited no more"
        assert documents(shelves.of("hospital")) == {"a"}
    assert [entry["event"] for entry in logged] == ["policies.failed"] and builder.built == 2
    builder.fails = False
    store.sites["hospital"] = {"b"}
    assert documents(shelves.of("hospital")) == {"b"}


def test_a_store_that_cannot_be_read_keeps_the_old_index(store: Store, builder: Builder) -> None:
    shelves = Shelves(store, builder)
    store.sites["hospital"] = {"a"}
    shelves.of("hospital")
    store.broken = True
    with structlog.testing.capture_logs() as logged:
        assert documents(shelves.of("hospital")) == {"a"}
    assert logged[0]["event"] == "policies.unreadable"


def test_a_slow_build_goes_on_beside_the_conversations(store: Store, builder: Builder) -> None:
    shelves = Shelves(store, builder, wait=0.05)
    store.sites["hospital"] = {"a"}
    shelves.of("hospital")
    builder.go.clear()
    store.sites["hospital"] = {"a", "b"}
    assert documents(shelves.of("hospital")) == {"a"}
    assert documents(shelves.of("hospital")) == {"a"} and builder.built == 2, "one build is enough"
    coming = shelves._shelves["hospital"].coming
    assert coming is not None
    builder.go.set()
    coming[1].result(10)
    assert documents(shelves.of("hospital")) == {"a", "b"}
