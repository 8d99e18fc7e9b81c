"""The sites that may embed the widget."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import insert, select, update

from bot.records.database import Database
from bot.records.tables import Site

DEMO = "demo"


@dataclass(frozen=True)
class StoredSite:
    """A site; ``origins`` are scheme://host[:port] strings, our own pages are always allowed."""

    id: str
    name: str
    origins: tuple[str, ...]
    contact: str


class Sites:
    """Reads and writes sites in a `Database`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, site: str) -> StoredSite | None:
        """The site, or None where there is no such one."""
        with self._database.read() as connection:
            row = connection.execute(
                select(Site.id, Site.name, Site.origins, Site.contact).where(Site.id == site)
            ).one_or_none()
        return StoredSite(row.id, row.name, tuple(row.origins), row.contact) if row else None

    def all(self) -> list[StoredSite]:
        """All sites by name."""
        with self._database.read() as connection:
            rows = connection.execute(select(Site.id, Site.name, Site.origins, Site.contact).order_by(Site.id)).all()
        return [StoredSite(row.id, row.name, tuple(row.origins), row.contact) for row in rows]

    def put(self, site: StoredSite) -> None:
        """Adds a site, or changes it."""
        values = {"name": site.name, "origins": list(site.origins), "contact": site.contact}
        with self._database.write() as connection:
            if not connection.execute(update(Site).where(Site.id == site.id).values(values)).rowcount:
                connection.execute(insert(Site).values(id=site.id, **values))

    def ensure_demo(self) -> None:
        """Makes the site of the demo pages where it is missing."""
        if self.get(DEMO) is None:
            self.put(StoredSite(DEMO, "Demo", (), ""))
