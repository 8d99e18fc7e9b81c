"""The records: the one place that knows SQL."""

from bot.records.conversations import Conversations, StoredConversation, StoredMessage, token_matches
from bot.records.database import Database, DatabaseError
from bot.records.policies import Policies, StoredPolicy
from bot.records.retention import count_before, purge
from bot.records.sites import Sites, StoredSite
from bot.records.turns import AssessmentState, ConversationGone, GivenAnswer, Mention, Turn, VersionConflict
from bot.records.users import Users

__all__ = [
    "AssessmentState",
    "ConversationGone",
    "Conversations",
    "Database",
    "DatabaseError",
    "GivenAnswer",
    "Mention",
    "Policies",
    "Sites",
    "StoredConversation",
    "StoredMessage",
    "StoredPolicy",
    "StoredSite",
    "Turn",
    "Users",
    "VersionConflict",
    "count_before",
    "purge",
    "token_matches",
]
