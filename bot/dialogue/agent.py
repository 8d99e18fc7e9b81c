"""Loads the trained Rasa agent into this process."""

from __future__ import annotations

import logging
import os
import warnings
from pathlib import Path

import structlog

os.environ["RASA_TELEMETRY_ENABLED"] = "false"  # before Rasa is imported: it asks once

from rasa.core.agent import Agent
from rasa.core.lock_store import LockStore
from rasa.exceptions import ModelNotFound
from rasa.shared.exceptions import RasaException

from bot.dialogue.endpoint import InProcessActions, trust_own_actions
from bot.dialogue.tracker_store import TurnTrackerStore
from bot.errors import AdvisorError


class ModelError(AdvisorError):
    """The trained model is missing, broken or of another version."""


class DialogueAgent:
    """Rasa's agent with our tracker store and in-process actions.

    Args:
        model: path of the trained model.

    Raises:
        ModelError: it can't be loaded, or an action of the domain has no code.
    """

    def __init__(self, model: Path) -> None:
        quiet()
        trust_own_actions()
        self.actions = InProcessActions()
        if not model.is_file():
            raise ModelError(f"There is no trained model at {model}. Run `make train`.")
        try:
            self.agent = Agent.load(str(model), action_endpoint=self.actions, lock_store=LockStore())
        except (ModelNotFound, RasaException, OSError, KeyError, ValueError, EOFError) as error:
            raise ModelError(
                f"The trained model {model.name} can't be loaded; it may be damaged or made by another version. "
                "Delete it and run `make train`.",
                detail=repr(error),
            ) from error
        processor = self.agent.processor
        if processor is None:
            raise ModelError(f"The trained model {model.name} holds no dialogue. Delete it and run `make train`.")
        self.processor = processor
        processor.on_circuit_break = self._circuit_break
        self.store = TurnTrackerStore(processor.domain)
        self.agent.tracker_store = processor.tracker_store = self.store
        missing = {
            name for name in processor.domain.user_actions if name.startswith(("action_", "validate_"))
        } - self.actions.names
        if missing:
            raise ModelError(
                f"domain.yml names actions that have no code under actions/: {', '.join(sorted(missing))}."
            )

    def _circuit_break(self, *_: object) -> None:
        """Rules that went round in circles are a failure: the visitor must not get the same reply ten times."""
        self.actions.failure = RuntimeError("the rules predicted action after action without an end")


def quiet() -> None:
    """Keeps Rasa's own chatter out of the log: it would log visitors' words at debug level."""
    for name in ("rasa", "rasa_sdk", "matplotlib", "apscheduler", "presidio-analyzer"):
        logging.getLogger(name).setLevel(logging.ERROR)
    if not structlog.is_configured():
        structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    warnings.filterwarnings("ignore", module=r"rasa(_sdk)?\..*|sanic.*|pkg_resources.*")
