"""Teaches the NLU the ways people ask that the articles hold: a wording added to an article needs no second place."""

from __future__ import annotations

from typing import Any

from rasa.shared.core.domain import Domain
from rasa.shared.core.training_data.structures import StoryGraph
from rasa.shared.importers.importer import TrainingDataImporter
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.services import library_questions
from bot.settings import settings

INTENT_OF_QUESTIONS = "ask_policy"


class LibraryQuestions(TrainingDataImporter):
    """All articles' ``questions`` as examples of one intent; named in `config.yml` beside Rasa's own importer."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Takes what Rasa hands to every importer; nothing of it is needed."""

    def get_nlu_data(self, language: str | None = "en") -> TrainingData:
        """The questions."""
        questions = library_questions(settings().knowledge_dir)
        return TrainingData([Message(data={TEXT: question, INTENT: INTENT_OF_QUESTIONS}) for question in questions])

    def get_domain(self) -> Domain:
        """Nothing."""
        return Domain.empty()

    def get_stories(self, exclusion_percentage: int | None = None) -> StoryGraph:
        """Nothing."""
        return StoryGraph([])

    def get_conversation_tests(self) -> StoryGraph:
        """Nothing."""
        return StoryGraph([])

    def get_config(self) -> dict[str, Any]:
        """Nothing."""
        return {}

    def get_config_file_for_auto_config(self) -> str | None:
        """Nothing."""
        return None
