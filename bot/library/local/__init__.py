"""An organisation's own policies: files to passages, search over one site's passages, an index a site."""

from bot.library.local.converting import FileRefused, Limits, LocalDocument, convert, read_file
from bot.library.local.index import LocalHit, LocalIndex, LocalPassage, cache_name
from bot.library.local.shelves import Shelves, Store

__all__ = [
    "FileRefused", "Limits", "LocalDocument", "LocalHit", "LocalIndex", "LocalPassage", "Shelves", "Store", "cache_name",
    "convert", "read_file",
]  # fmt: skip
