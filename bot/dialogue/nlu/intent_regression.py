"""Rasa's logistic regression, stored as plain arrays."""

from __future__ import annotations

from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.logistic_regression_classifier import LogisticRegressionClassifier

FILE = "regression.npz"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class IntentRegression(LogisticRegressionClassifier):
    """Rasa's own stores itself with skops, whose import alone takes over a second and 30 MB at every start."""

    def persist(self) -> None:
        """Stores weights, intercepts and the intents' names."""
        names = np.array(self.clf.classes_, dtype=str)
        with self._model_storage.write_to(self._resource) as folder:
            np.savez(folder / FILE, weights=self.clf.coef_, intercepts=self.clf.intercept_, names=names)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> IntentRegression:
        """The trained component."""
        component = cls(config, execution_context.node_name, model_storage, resource)
        with model_storage.read_from(resource) as folder, np.load(folder / FILE) as stored:
            component.clf.coef_, component.clf.intercept_ = stored["weights"], stored["intercepts"]
            component.clf.classes_ = stored["names"]
        return component
