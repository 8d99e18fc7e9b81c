"""Rasa's tracker store, kept inside one turn: it hands out the tracker of the turn and collects what is new.

A conversation's state between turns is a snapshot: its slots and its active loop. Rules look at one
turn only, so no older event is needed, and turn 300 costs what turn 3 costs. All events are stored
too; `tests/dialogue/test_snapshot.py` holds that a full replay gives the same state.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, SessionStarted, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

Snapshot = dict[str, Any]


class TurnTrackerStore(TrackerStore):
    """Holds the tracker of the turn at work; one turn at a time."""

    def __init__(self, domain: Domain) -> None:
        super().__init__(domain)
        self._tracker: DialogueStateTracker | None = None
        self._known = 0

    def begin(self, conversation: str, snapshot: Snapshot, facts: dict[str, Any]) -> None:
        """Starts a turn from a snapshot; ``facts`` are slots set from outside the dialogue, as new events."""
        self._tracker = restore(conversation, snapshot, self.domain)
        self._known = len(self._tracker.events) if snapshot else 0
        self._tracker.update_with_events([SlotSet(name, value) for name, value in facts.items()], self.domain)

    def finish(self) -> tuple[Snapshot, list[dict[str, Any]]]:
        """Ends the turn; gives the new snapshot and the turn's events as JSON."""
        tracker = self._tracker
        if tracker is None:
            raise RuntimeError("finish() without begin()")
        events = list(tracker.events)[self._known :]
        self._tracker = None
        return snapshot_of(tracker), [event.as_dict() for event in events]

    def discard(self) -> None:
        """Forgets the turn."""
        self._tracker = None

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The tracker of the turn at work."""
        return self._tracker

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keeps the tracker for `finish`; nothing is written here."""
        self._tracker = tracker

    async def keys(self) -> Iterable[str]:
        """The conversation at work."""
        return [self._tracker.sender_id] if self._tracker else []


def snapshot_of(tracker: DialogueStateTracker) -> Snapshot:
    """The state between turns, as JSON: slots that differ from their initial value, and the active loop."""
    slots = {slot.name: slot.value for slot in tracker.slots.values() if slot.value != slot.initial_value}
    loop = tracker.active_loop.name if tracker.active_loop else None
    return {"slots": slots, "loop": loop}


def restore(conversation: str, snapshot: Snapshot, domain: Domain) -> DialogueStateTracker:
    """A tracker in the snapshot's state, waiting for the visitor. An empty snapshot: a new conversation."""
    events: list[Event] = [ActionExecuted("action_session_start"), SessionStarted()]
    events += [SlotSet(name, value) for name, value in snapshot.get("slots", {}).items() if name in _names(domain)]
    if snapshot.get("loop"):
        events += [ActionExecuted(snapshot["loop"]), ActiveLoop(snapshot["loop"])]
    events.append(ActionExecuted("action_listen"))
    return DialogueStateTracker.from_events(conversation, events, slots=domain.slots, domain=domain)


def _names(domain: Domain) -> set[str]:
    return {slot.name for slot in domain.slots}
