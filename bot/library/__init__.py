"""The knowledge base in memory: load and check content, search passages, answer with citations."""

from bot.library.body import to_nodes
from bot.library.context import Context
from bot.library.errors import ContentError, ContentErrors
from bot.library.loading import check, load_library
from bot.library.models import Article, Barrier, Duty, Library, Partner, Passage, Source, Training

__all__ = [
    "Article", "Barrier", "ContentError", "ContentErrors", "Context", "Duty", "Library", "Partner", "Passage", "Source",
    "Training", "check", "load_library", "to_nodes",
]  # fmt: skip
