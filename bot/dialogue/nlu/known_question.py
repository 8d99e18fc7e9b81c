"""Takes a message for a question where the library knows the answer and the classifier is not sure of anything else."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot import services


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class KnownQuestion(IntentClassifier, GraphComponent):
    """Sets the intent ``question`` on what the library would answer.

    The classifier before it keeps its word where its confidence is at least ``sure``, and for the
    intents in ``never``: safe replies come first, and an answer in the interview is not a question.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The component's settings and their defaults."""
        return {"question": "ask_policy", "sure": 0.9, "never": []}

    def __init__(self, config: dict[str, Any]) -> None:
        self._config = config

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> KnownQuestion:
        """Makes the component; the library is the process's own, not part of the trained model."""
        return cls(config)

    def process(self, messages: list[Message]) -> list[Message]:
        """Looks at each message whose intent is in doubt."""
        if services.built():
            for message in messages:
                intent = message.get(INTENT) or {}
                if self._in_doubt(intent) and self._known(message.get(TEXT) or ""):
                    named = {INTENT_NAME_KEY: self._config["question"], PREDICTED_CONFIDENCE_KEY: 1.0}
                    message.set(INTENT, named, add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Leaves training as it is."""
        return training_data

    @staticmethod
    def _known(text: str) -> bool:
        return services.current().answerer.knows(text, policies=services.policies())

    def _in_doubt(self, intent: dict[str, Any]) -> bool:
        name = intent.get(INTENT_NAME_KEY)
        settled = name == self._config["question"] or name in self._config["never"]
        return not settled and (intent.get(PREDICTED_CONFIDENCE_KEY) or 0.0) < self._config["sure"]
