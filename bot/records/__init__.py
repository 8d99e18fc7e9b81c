"""The records: the one place that knows SQL."""

from bot.records.conversations import (
    AssessmentState,
    ConversationGone,
    Conversations,
    Mention,
    StoredConversation,
    StoredMessage,
    Turn,
    VersionConflict,
    token_matches,
)
from bot.records.database import Database, DatabaseError
from bot.records.sites import Sites, StoredSite

__all__ = [
    "AssessmentState",
    "ConversationGone",
    "Conversations",
    "Database",
    "DatabaseError",
    "Mention",
    "Sites",
    "StoredConversation",
    "StoredMessage",
    "StoredSite",
    "Turn",
    "VersionConflict",
    "token_matches",
]
