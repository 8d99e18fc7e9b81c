"""Gives the intents that ask for help at once the benefit of the doubt."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class SafetyFirst(IntentClassifier, GraphComponent):
    """Chooses one of ``intents`` wherever its confidence is at least ``at_least``, whatever ranks above it.

    A missed emergency costs more than a false alarm.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The component's settings and their defaults."""
        return {"intents": [], "at_least": 0.3}

    def __init__(self, config: dict[str, Any]) -> None:
        self._config = config

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SafetyFirst:
        """Makes the component."""
        return cls(config)

    def process(self, messages: list[Message]) -> list[Message]:
        """Looks at each message's ranking."""
        for message in messages:
            for ranked in message.get(INTENT_RANKING_KEY) or []:
                if (
                    ranked[INTENT_NAME_KEY] in self._config["intents"]
                    and ranked[PREDICTED_CONFIDENCE_KEY] >= self._config["at_least"]
                ):
                    message.set(INTENT, ranked, add_to_output=True)
                    break
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Leaves training as it is."""
        return training_data
