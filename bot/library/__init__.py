"""The knowledge base in memory: load and check content, search passages, answer with citations."""

from bot.library.answers import Answer, Answerer
from bot.library.body import to_nodes
from bot.library.context import Context
from bot.library.errors import ContentError, ContentErrors
from bot.library.loading import check, load_library
from bot.library.local import LocalIndex
from bot.library.models import Article, Barrier, Duty, Library, Partner, Passage, Source, Training
from bot.library.search import Hit, Search

__all__ = [
    "Answer", "Answerer", "Article", "Barrier", "ContentError", "ContentErrors", "Context", "Duty", "Hit", "Library",
    "LocalIndex", "Partner", "Passage", "Search", "Source", "Training", "check", "load_library", "to_nodes",
]  # fmt: skip
