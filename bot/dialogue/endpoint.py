"""Calls the custom actions in this process, where Rasa would make an HTTP request."""

from __future__ import annotations

from typing import Any

from rasa.core.actions.action import RemoteAction
from rasa.utils.endpoints import ClientResponseError, EndpointConfig
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection


class InProcessActions(EndpointConfig):
    """An action endpoint without a server.

    Rasa logs an exception in an action and goes on; ``failure`` keeps it, so that the turn can be
    discarded as a whole.
    """

    def __init__(self, package: str = "actions") -> None:
        # selective domain: our actions don't need the domain, and copying it costs more than they do
        super().__init__(url="in-process", enable_selective_domain=True)
        self._executor = ActionExecutor()
        self._executor.register_package(package)
        self.failure: Exception | None = None

    @property
    def names(self) -> set[str]:
        """The names of all actions in the package."""
        return set(self._executor.actions)

    async def request(
        self,
        method: str = "post",
        subpath: str | None = None,
        content_type: str = "",
        compress: bool = False,
        **kwargs: Any,
    ) -> Any:
        """Runs the action of the request's JSON body; gives the response's JSON body."""
        try:
            return await self._executor.run(kwargs["json"])
        except ActionExecutionRejection as rejection:
            raise ClientResponseError(400, rejection.message, _rejection_json(rejection)) from rejection
        except Exception as error:
            self.failure = error
            raise


def _rejection_json(rejection: ActionExecutionRejection) -> str:
    return f'{{"error": "rejected", "action_name": "{rejection.action_name}"}}'


def trust_own_actions() -> None:
    """Leaves out Rasa's JSON Schema check of each action's response.

    It guards against foreign action servers and costs several times what an action does; ours are
    typed, and tests hold their responses to the schema.
    """
    RemoteAction._validate_action_result = lambda self, result: True
