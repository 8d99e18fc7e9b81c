"""The organisations' own policies, each seen by one site only. Not subject to the retention of what visitors type."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, bindparam, delete, func, insert, select

from bot.library.local import LocalDocument as Document
from bot.library.local import LocalPassage as Passage
from bot.records.database import Database
from bot.records.tables import LocalDocument, LocalPassage

# asked in every turn, so it is made once
_VERSION = select(LocalDocument.id).where(LocalDocument.site_id == bindparam("site"))


@dataclass(frozen=True)
class StoredPolicy:
    """A policy as the list shows it; ``passages`` is their number."""

    file_name: str
    title: str
    sha256: str
    added_at: dt.datetime
    passages: int


class Policies:
    """Reads and writes policies in a `Database`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, site: str, file_name: str, document: Document, sha256: str, at: dt.datetime) -> bool:
        """Stores a document for an existing site; True if it took the place of one of the same file name."""
        row = {
            "id": str(uuid.uuid4()), "site_id": site, "file_name": file_name, "title": document.title, "sha256": sha256,
            "added_at": at,
        }  # fmt: skip
        passages = [
            {"document_id": row["id"], "ordinal": ordinal, "locator": locator, "text": text}
            for ordinal, (locator, text) in enumerate(document.passages)
        ]
        with self._database.write() as connection:
            gone = connection.execute(delete(LocalDocument).where(_named(site, file_name))).rowcount
            connection.execute(insert(LocalDocument), row)
            connection.execute(insert(LocalPassage), passages)
        return bool(gone)

    def list(self, site: str) -> list[StoredPolicy]:
        """The site's documents, by file name."""
        shown = (LocalDocument.file_name, LocalDocument.title, LocalDocument.sha256, LocalDocument.added_at)
        query = (
            select(*shown, func.count(LocalPassage.id))
            .join(LocalPassage, LocalPassage.document_id == LocalDocument.id)
            .where(LocalDocument.site_id == site)
            .group_by(LocalDocument.id)
            .order_by(LocalDocument.file_name)
        )
        with self._database.read() as connection:
            return [StoredPolicy(*row) for row in connection.execute(query)]

    def remove(self, site: str, file_name: str) -> bool:
        """Removes a document with its passages; False if the site has none of that file name."""
        with self._database.write() as connection:
            return bool(connection.execute(delete(LocalDocument).where(_named(site, file_name))).rowcount)

    def version(self, site: str) -> frozenset[str]:
        """The ids of the site's documents: another set after every put and remove."""
        with self._database.read() as connection:
            return frozenset(connection.scalars(_VERSION, {"site": site}))

    def passages(self, site: str) -> Sequence[Passage]:
        """All passages of the site, document by document in their order."""
        query = (
            select(
                LocalDocument.id,
                LocalDocument.title,
                LocalPassage.locator,
                LocalPassage.text,
                LocalDocument.added_at,
                LocalPassage.ordinal,
            )
            .join(LocalPassage, LocalPassage.document_id == LocalDocument.id)
            .where(LocalDocument.site_id == site)
            .order_by(LocalDocument.file_name, LocalPassage.ordinal)
        )
        with self._database.read() as connection:
            return [
                Passage(document, title, locator, text, added.date(), ordinal)
                for document, title, locator, text, added, ordinal in connection.execute(query)
            ]


def _named(site: str, file_name: str) -> ColumnElement[bool]:
    return and_(LocalDocument.site_id == site, LocalDocument.file_name == file_name)
