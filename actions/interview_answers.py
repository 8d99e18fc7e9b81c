"""Answers in the interview: read from buttons or words, stored, or left to the rules."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActionExecutionRejected, FollowupAction
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.interview import DONE, FORM
from actions.reply import reply
from actions.slots import (
    INTERVIEW,
    INTERVIEW_ANSWER,
    INTERVIEW_WORDS,
    QUESTION,
    Event,
    Run,
    entity_of,
    open_question,
    run_of,
    set_slot,
    text_of,
)
from bot.blocks import Text
from bot.language.mood import asks, states
from bot.menu import menu
from bot.readiness import (
    NOT_APPLICABLE,
    SKIPPED,
    UNKNOWN,
    Answer,
    AnyQuestion,
    Assessment,
    ProfileQuestion,
    next_question,
    parse_choice,
    understand_answer,
    understand_organisation,
)
from bot.services import Services, current, policies

MOST_TRIES = 2
"""Answers to one question that are not understood before the interview moves on."""

MOST_PLAIN_WORDS = 6
"""Words of an answer that is recognised by itself, whatever the NLU took it for."""

WORDLESS = {"dont_know": UNKNOWN, "not_applicable": NOT_APPLICABLE, "skip": SKIPPED}


class TakeAnswer:
    """Reads an answer out of the visitor's message and changes the run by it."""

    def __init__(self, tracker: Tracker, services: Services, run: Run) -> None:
        self._tracker = tracker
        self._services = services
        self._run = run
        self._open = open_question(tracker, run, services.interview)
        pressed = entity_of(tracker, "question")
        self.question: AnyQuestion | None = services.interview.question(pressed) if pressed else self._open

    def answer(self, given: Any) -> Answer | None:
        """The answer in what the slot caught, or None where it was not understood."""
        question = self.question
        if question is None:
            return None
        if entity_of(self._tracker, "question"):
            value = parse_choice(
                question,
                given
                if isinstance(given, list) and len(given) != 1
                else given[0]
                if isinstance(given, list)
                else given,
            )
            return Answer.option(value) if value is not None else None
        if isinstance(given, str) and given in WORDLESS:
            return WORDLESS[given].model_copy(update={"said": text_of(self._tracker)})
        return understand_answer(question, str(given))

    def plain_answer(self, text: str) -> Answer | None:
        """The answer in words that the NLU took for something else: short, no question, and clearly an option."""
        pressed = entity_of(self._tracker, "pressed")
        if self.question is None or pressed or asks(text) or len(text.split()) > MOST_PLAIN_WORDS:
            return None
        return understand_answer(self.question, text)

    def taken(self, answer: Answer) -> list[Event]:
        """The events that store an understood answer and move on."""
        assert self.question is not None
        state = self._run.state.with_answer(self.question, answer)
        return self._stored(state, keep_open=self._open is not None and self.question.id != self._open.id)

    def described(self, text: str) -> list[Event] | None:
        """The events that store a description of the organisation which answers the open question too."""
        if not isinstance(self.question, ProfileQuestion):
            return None
        fields = understand_organisation(text, self._services.interview)
        if self.question.field not in fields:
            return None
        return self._stored(self._run.state.with_profile(fields))

    def missed(self, text: str) -> list[Event]:
        """The events after an answer that was not understood: once more in other words, then on."""
        assert self.question is not None
        state = self._run.state.with_try(self.question.id)
        if state.tries[self.question.id] < MOST_TRIES:
            return [self._run.with_state(state).event, set_slot(INTERVIEW_ANSWER, None)]
        return self._stored(state.with_answer(self.question, SKIPPED.model_copy(update={"said": text})))

    def _stored(self, state: Assessment, keep_open: bool = False) -> list[Event]:
        done = next_question(self._services.interview, state) is None
        return [
            self._run.with_state(state).event,
            set_slot(QUESTION, self._tracker.get_slot(QUESTION) if keep_open else None),
            set_slot(INTERVIEW_ANSWER, DONE if done else None),
        ]


class ValidateInterviewForm(Action):
    """Takes what the visitor said as the answer, or lets the rules have it when it is something else."""

    def name(self) -> str:
        return f"validate_{FORM}"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[Event]:
        services, run = current(), run_of(tracker)
        given, words = tracker.get_slot(INTERVIEW_ANSWER), tracker.get_slot(INTERVIEW_WORDS)
        if run is None or (given is None and words is None):
            return []
        if tracker.get_slot(QUESTION) is None and entity_of(tracker, "question") is None:
            # the words that began the interview are no answer: no question was asked yet
            return self._nothing_taken()
        taking = TakeAnswer(tracker, services, run)
        text = text_of(tracker)
        typed = entity_of(tracker, "pressed") is None
        if typed and asks(text) and services.answerer.knows(text, policies=policies()):
            return self._left_to_the_rules()
        answer = taking.answer(given) if given is not None else taking.plain_answer(text)
        if answer is not None:
            _acknowledge(dispatcher, tracker, taking.question, answer)
            return [*taking.taken(answer), set_slot(INTERVIEW_WORDS, None)]
        if events := taking.described(text):
            return [*events, set_slot(INTERVIEW_WORDS, None)]
        if given is None:
            return self._left_to_the_rules()
        if typed and (asks(text) or (not states(text) and services.answerer.knows(text))):
            return self._left_to_the_rules()
        if taking.question is not None and run.state.tries.get(taking.question.id, 0) + 1 >= MOST_TRIES:
            reply(
                dispatcher,
                [
                    Text.of(
                        "I could not match that to an answer, so I leave the question open and keep what you wrote. You can change it later."
                    )
                ],
                "interview",
            )
        return [*taking.missed(text), set_slot(INTERVIEW_WORDS, None)]

    @staticmethod
    def _nothing_taken() -> list[Event]:
        return [set_slot(INTERVIEW_ANSWER, None), set_slot(INTERVIEW_WORDS, None)]

    @classmethod
    def _left_to_the_rules(cls) -> list[Event]:
        return [ActionExecutionRejected(FORM), *cls._nothing_taken()]


class TakeAnswerOutside(Action):
    """An option of a question, pressed when no interview runs: changes that answer."""

    def name(self) -> str:
        return "action_take_answer"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[Event]:
        services = current()
        run = run_of(tracker) or Run.begin(services.interview)
        taking = TakeAnswer(tracker, services, run)
        answer = taking.answer(entity_of(tracker, "choice"))
        if taking.question is None or answer is None:
            reply(
                dispatcher,
                [Text.of("That question is not part of the readiness check any more."), menu("start_interview")],
                "interview",
            )
            return []
        state = run.state.with_answer(taking.question, answer)
        if tracker.get_slot(INTERVIEW) != DONE:
            reply(dispatcher, [Text.of("Noted."), menu("interview_resume", "ask_question")], "interview")
            return [run.with_state(state).event]
        reply(dispatcher, [Text.of("Noted; the result changes with it.")], "interview")
        return [run.with_state(state).event, FollowupAction("action_show_result")]


def _acknowledge(
    dispatcher: CollectingDispatcher, tracker: Tracker, question: AnyQuestion | None, answer: Answer
) -> None:
    """Says how free text was taken, so that it can be corrected; a button needs no echo."""
    if question is None or entity_of(tracker, "question") or answer.kind != "option":
        return
    values = answer.value if isinstance(answer.value, list) else [answer.value]
    exact = {option.value: option.label for option in question.options}
    labels = [exact.get(value, str(value)) for value in values if value is not None]
    reply(dispatcher, [Text.of(f"I take that as: {', '.join(labels)}.")], "interview")
