"""The readiness interview: its instrument, flow, understanding, scoring, barriers, recommendations, plan and result.

Pure: no input or output, no dialogue engine, no database.
"""

from bot.readiness.assessment import NOT_APPLICABLE, SKIPPED, UNKNOWN, Answer, Assessment
from bot.readiness.conditions import Condition, Conditions, Profile, covers, evaluate, size_of
from bot.readiness.flow import applicable, back, find_question, next_question, progress
from bot.readiness.model import (
    Action,
    AnyQuestion,
    Dimension,
    Interview,
    Level,
    Option,
    ProfileOption,
    ProfileQuestion,
    Question,
    RedFlag,
)
