"""The index of each site's own policies: built when first asked for, rebuilt when the site's documents changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Protocol

import structlog

from bot.library.local.index import LocalIndex, LocalPassage

log = structlog.get_logger()

Version = frozenset[str]
Build = Callable[[str, Sequence[LocalPassage]], LocalIndex]
"""A site and its passages to their index."""

WAIT = 5.0
"""Seconds that the turn which finds a change waits for the new index. Vectors are computed when a document is added, so
building takes less than one; where they are not at hand it goes on beside the conversations, which have the old index."""


class Store(Protocol):
    """Where the policies lie; any error may be raised."""

    def version(self, site: str) -> Version:
        """Equal as long as the site's documents are the same; empty where there are none. Cheap."""
        ...

    def passages(self, site: str) -> Sequence[LocalPassage]:
        """All passages of the site."""
        ...


@dataclass
class _Shelf:
    version: Version = frozenset()
    index: LocalIndex | None = None
    coming: tuple[Version, Future[LocalIndex]] | None = None
    failed: set[Version] = field(default_factory=set)


class Shelves:
    """Each site's index. Belongs to one thread; building happens on another, one after the other.

    Args:
        store: where the policies lie.
        build: makes an index.
        wait: see ``WAIT``.
    """

    def __init__(self, store: Store, build: Build, wait: float = WAIT) -> None:
        self._store = store
        self._build = build
        self._wait = wait
        self._shelves: dict[str, _Shelf] = {}
        self._builder = ThreadPoolExecutor(1, thread_name_prefix="policies")

    def of(self, site: str) -> LocalIndex | None:
        """The site's index as it is now; None where it has no policies.

        Where the policies can't be read or indexed the last index stays, and the log says why: no turn fails by it.
        What was removed or replaced meanwhile is left out of it at once.
        """
        shelf = self._shelves.setdefault(site, _Shelf())
        try:
            version = self._store.version(site)
            self._refresh(site, shelf, version)
        except Exception:
            log.exception("policies.unreadable", site=site)
            return shelf.index
        stale = shelf.index is not None and not shelf.version <= version
        return shelf.index.only(version) if stale and shelf.index else shelf.index

    def close(self) -> None:
        """Drops what is still being built."""
        self._builder.shutdown(wait=False, cancel_futures=True)

    def _refresh(self, site: str, shelf: _Shelf, version: Version) -> None:
        if shelf.coming and shelf.coming[1].done():
            self._take(site, shelf)
        if version == shelf.version or version in shelf.failed:
            return
        if not version:
            shelf.version, shelf.index = version, None
        elif shelf.coming is None:
            shelf.coming = (version, self._builder.submit(self._build, site, self._store.passages(site)))
            self._await(site, shelf)

    def _await(self, site: str, shelf: _Shelf) -> None:
        assert shelf.coming is not None
        try:
            shelf.coming[1].exception(self._wait)
        except TimeoutError:
            log.warning("policies.slow", site=site)
        else:
            self._take(site, shelf)

    def _take(self, site: str, shelf: _Shelf) -> None:
        """The index that was built takes the old one's place; one that failed is not tried again until the next change."""
        assert shelf.coming is not None
        (version, future), shelf.coming = shelf.coming, None
        if error := future.exception():
            shelf.failed = {version}
            log.error("policies.failed", site=site, exc_info=error)
            return
        shelf.version, shelf.index, shelf.failed = version, future.result(), set()
        log.info("policies.loaded", site=site, documents=len(version), passages=len(future.result()))
