"""The readiness interview: its instrument, flow, understanding, scoring, barriers, recommendations, plan and result.

Pure: no input or output, no dialogue engine, no database.
"""

from bot.readiness.asking import parse_choice, question_blocks, understood_blocks
from bot.readiness.assessment import NOT_APPLICABLE, SKIPPED, UNKNOWN, Answer, Assessment
from bot.readiness.barriers import FoundBarrier, Heard, find_barriers
from bot.readiness.conditions import Condition, Conditions, Profile, covers, evaluate, size_of
from bot.readiness.flow import applicable, back, find_dimension, find_question, next_question, progress
from bot.readiness.model import Interview
from bot.readiness.parts import (
    Action,
    AnyQuestion,
    Dimension,
    Level,
    Option,
    ProfileOption,
    ProfileQuestion,
    Question,
    RedFlag,
)
from bot.readiness.plan import plan
from bot.readiness.recommend import applying_duties, recommend_partners, recommend_trainings
from bot.readiness.result import headline, plan_block, result_blocks, scores_block
from bot.readiness.scoring import DimensionScore, Part, Result, answer_text, explain, raised_flags, score
from bot.readiness.understanding import match_option, understand_answer, understand_organisation

__all__ = [
    "NOT_APPLICABLE",
    "SKIPPED",
    "UNKNOWN",
    "Action",
    "Answer",
    "AnyQuestion",
    "Assessment",
    "Condition",
    "Conditions",
    "Dimension",
    "DimensionScore",
    "FoundBarrier",
    "Heard",
    "Interview",
    "Level",
    "Option",
    "Part",
    "Profile",
    "ProfileOption",
    "ProfileQuestion",
    "Question",
    "RedFlag",
    "Result",
    "answer_text",
    "applicable",
    "applying_duties",
    "back",
    "covers",
    "evaluate",
    "explain",
    "find_barriers",
    "find_dimension",
    "find_question",
    "headline",
    "match_option",
    "next_question",
    "parse_choice",
    "plan",
    "plan_block",
    "progress",
    "question_blocks",
    "raised_flags",
    "recommend_partners",
    "recommend_trainings",
    "result_blocks",
    "score",
    "scores_block",
    "size_of",
    "understand_answer",
    "understand_organisation",
    "understood_blocks",
]
