"""A Rasa featuriser that adds the message's sentence vector."""

from __future__ import annotations

from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import FEATURIZER_CLASS_ALIAS
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.library.passages import Vectors, vectors_of
from bot.services import load_vectors
from bot.settings import settings


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceVectorFeaturizer(DenseFeaturizer, GraphComponent):
    """all-MiniLM-L6-v2 as one dense sentence feature of 384 numbers, times ``scale``.

    The scale sets how much the vector counts beside the sparse features, whose weights the
    classifier's regularisation holds down alike.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The component's settings and their defaults."""
        return {**DenseFeaturizer.get_default_config(), "scale": 10.0}

    def __init__(self, config: dict[str, Any], name: str) -> None:
        super().__init__(name, config)
        self._scale = np.float32(config["scale"])

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceVectorFeaturizer:
        """Makes the component; the vectors' model is the process's own, not part of the trained one."""
        return cls(config, execution_context.node_name)

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Nothing to check."""

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds the feature to each message that has text."""
        with_text = [message for message in messages if message.get(TEXT)]
        if with_text:
            self._add(
                with_text, load_vectors(settings().cache_dir).encode([message.get(TEXT) for message in with_text])
            )
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Adds the feature to all examples at once; most are the articles' questions, whose vectors the search has."""
        examples = [message for message in training_data.training_examples if message.get(TEXT)]
        cache = settings().cache_dir
        texts = [message.get(TEXT) for message in examples]
        self._add(examples, vectors_of(texts, load_vectors(cache), cache, name="examples", beside="passages"))
        return training_data

    def _add(self, messages: list[Message], vectors: Vectors) -> None:
        for message, vector in zip(messages, vectors * self._scale, strict=True):
            message.add_features(
                Features(vector.reshape(1, -1), FEATURE_TYPE_SENTENCE, TEXT, self._config[FEATURIZER_CLASS_ALIAS])
            )
