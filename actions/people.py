"""Where a person can be reached."""

from __future__ import annotations

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.reply import reply
from actions.slots import CONTACT, Event
from bot.blocks import Text
from bot.menu import controls, menu


class AskHuman(Action):
    """Names the site's contact, or says that there is none."""

    def name(self) -> str:
        return "action_ask_human"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[Event]:
        contact = tracker.get_slot(CONTACT)
        text = (
            f"You can reach a person here: {contact}."
            if contact
            else "Whoever runs this page has not named a contact. Your privacy or compliance officer, or your state medical society, is a good first call."
        )
        reply(dispatcher, [Text.of(text), controls("contact"), menu("ask_question", "start_interview")], "smalltalk")
        return []
