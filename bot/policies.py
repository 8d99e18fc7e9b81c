"""Adds an organisation's own policies to a site, for the command line: all of a file, or a sentence that says why not."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.errors import AdvisorError
from bot.language.vectors import SentenceVectors, build_model
from bot.library.local import (
    FileRefused,
    Limits,
    LocalDocument,
    LocalIndex,
    LocalPassage,
    cache_name,
    convert,
    read_file,
)
from bot.records import Database, Policies, Sites, StoredPolicy
from bot.services import read_library
from bot.settings import Settings

Progress = Callable[[str, float], None]
"""Called with what is being done, in words, and the share done, 0 to 1."""


@dataclass(frozen=True)
class Added:
    """What became of a file. ``left_out`` says what of it has no text, '' where nothing."""

    file_name: str
    title: str
    passages: int
    replaced: bool
    left_out: str


class Desk:
    """Where a site's policies are added, listed and removed.

    Raises:
        AdvisorError: there is no such site; `bot.records.DatabaseError` where the database can't be used.
    """

    def __init__(self, settings: Settings, site: str) -> None:
        self._settings = settings
        self._site = site
        database = Database(settings.records_url)
        sites = Sites(database)
        sites.ensure_demo()
        if sites.get(site) is None:
            raise AdvisorError(
                f"There is no site '{site}'. `advisor site list` shows them; `advisor site add` makes one."
            )
        self._policies = Policies(database)
        self._limits = Limits(settings.policy_file_bytes, settings.policy_passages)
        self._vectors: SentenceVectors | None = None

    def add(self, path: Path, progress: Progress = lambda what, share: None) -> Added:
        """Adds a file, or puts it in the place of the one of the same name. Its vectors are computed first, so that a
        running server can take it up at once.

        Raises:
            FileRefused: it can't be taken; what was there stays.
        """
        progress("reading", 0.0)
        data = read_file(path, self._limits)
        document = convert(path.name, data, self._limits)
        now = dt.datetime.now(dt.UTC)
        others = self._others(path.name, document)
        self._index([*others, *_passages(document, now.date())], progress)
        replaced = self._policies.put(self._site, path.name, document, hashlib.sha256(data).hexdigest(), now)
        return Added(path.name, document.title, len(document.passages), replaced, document.left_out)

    def list(self) -> Sequence[StoredPolicy]:
        """The site's policies, by file name."""
        return self._policies.list(self._site)

    def remove(self, file_name: str) -> None:
        """Removes a policy; a running server stops citing it with the next message.

        Raises:
            AdvisorError: the site has none of that file name.
        """
        if not self._policies.remove(self._site, file_name):
            raise AdvisorError(
                f"The site '{self._site}' has no policy '{file_name}'. `advisor library list --site {self._site}` shows them."
            )

    def _others(self, file_name: str, document: LocalDocument) -> Sequence[LocalPassage]:
        """The passages of the site's other documents.

        Raises:
            FileRefused: with them there would be too many.
        """
        kept = sum(policy.passages for policy in self.list() if policy.file_name != file_name)
        if kept + len(document.passages) > self._limits.max_passages:
            raise FileRefused(
                f"{file_name}: It has {len(document.passages):,} passages, and with the {kept:,} of the site's other policies "
                f"that is more than {self._limits.max_passages:,}. Remove one (`advisor library remove`), or raise "
                "ADVISOR_POLICY_PASSAGES."
            )
        return self._policies.passages(self._site)

    def _index(self, passages: Sequence[LocalPassage], progress: Progress) -> None:
        if self._vectors is None:
            model = build_model(self._settings.cache_dir, progress)
            self._vectors = SentenceVectors(model, threads=os.cpu_count() or 1)
        outside = read_library(self._settings.knowledge_dir).outside
        LocalIndex(
            passages, self._vectors, self._settings.cache_dir, cache_name(self._site), outside,
            lambda what, share: progress("computing its vectors", share),
        )  # fmt: skip


def _passages(document: LocalDocument, day: dt.date) -> list[LocalPassage]:
    return [LocalPassage("", document.title, piece.locator, piece.text, day) for piece in document.passages]
