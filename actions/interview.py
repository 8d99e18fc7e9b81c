"""The readiness interview as Rasa sees it: start, ask, take an answer, and the ways beside it."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActionExecutionRejected, FollowupAction
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.reply import reply
from actions.result import show_result
from actions.slots import (
    ASSESSMENT,
    INTERVIEW,
    INTERVIEW_ANSWER,
    INTERVIEW_WORDS,
    QUESTION,
    Event,
    Run,
    entity_of,
    heard_of,
    open_question,
    run_of,
    set_slot,
    text_of,
)
from bot.blocks import Block, Text
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
    back,
    find_question,
    next_question,
    parse_choice,
    progress,
    question_blocks,
    understand_answer,
    understand_organisation,
    understood_blocks,
)
from bot.services import Services, current

FORM = "interview_form"
MOST_TRIES = 2
"""Answers to one question that are not understood before the interview moves on."""

MOST_PLAIN_WORDS = 6
"""Words of an answer that is recognised by itself, whatever the NLU took it for."""

WORDLESS = {"dont_know": UNKNOWN, "not_applicable": NOT_APPLICABLE, "skip": SKIPPED}
DONE = "done"


class StartInterview(Action):
    """Begins the interview, or goes on where it stopped."""

    short = False

    def name(self) -> str:
        return "action_start_interview"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[Event]:
        interview, run = current().interview, run_of(tracker)
        goes_on = run is not None and next_question(interview, run.state) is not None
        if run is None or not goes_on:
            run = Run.begin(interview, run.state.profile if run else None, short=self.short)
        if not run.state.answers:
            _, total = progress(interview, run.state)
            text = f"About {total} questions, one at a time. Tap an answer or type your own words; you can skip, go back or stop at any point."
        else:
            text = "We go on where we were."
        reply(dispatcher, [Text.of(text)], "interview")
        return [run.event, set_slot(INTERVIEW, "running"), set_slot(INTERVIEW_ANSWER, None), set_slot(QUESTION, None)]


class StartShortInterview(StartInterview):
    """Begins the short form."""

    short = True

    def name(self) -> str:
        return "action_start_short_interview"


class AskInterviewAnswer(Action):
    """Asks the open question."""

    def name(self) -> str:
        return "action_ask_interview_answer"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[Event]:
        interview, run = current().interview, run_of(tracker)
        question = open_question(tracker, run, interview) if run else None
        if run is None or question is None:
            return []
        again = tracker.get_slot(QUESTION) == question.id
        retry = again and not _digressed(tracker) and bool(run.state.tries.get(question.id))
        prefix = (
            "I did not quite get that. Let me ask in other words."
            if retry
            else "Back to the question:"
            if again
            else None
        )
        reply(dispatcher, question_blocks(interview, run.state, question, prefix, other_words=retry), "interview")
        return [set_slot(QUESTION, question.id)]


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
        if typed and asks(text) and services.answerer.knows(text):
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


class NoteOrganisation(Action):
    """Takes in a description of the organisation and shows what was understood."""

    def name(self) -> str:
        return "action_note_organisation"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[Event]:
        services = current()
        fields = understand_organisation(text_of(tracker), services.interview)
        if not fields:
            return [FollowupAction("action_answer")]
        run = run_of(tracker) or Run.begin(services.interview)
        run = run.with_state(run.state.with_profile(fields))
        worries = [services.library.barriers[heard.barrier].title for heard in heard_of(tracker)]
        reply(dispatcher, understood_blocks(services.interview, run.state.profile, worries), "interview")
        under_way = tracker.get_slot(INTERVIEW) in ("running", DONE)
        return [run.event] if under_way else [run.event, set_slot(INTERVIEW, "offered")]


class CorrectOrganisation(Action):
    """Asks for a better description."""

    def name(self) -> str:
        return "action_correct_organisation"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[Event]:
        text = "Tell me what is different, for example 'we are a dental practice' or 'we use Epic'. Or begin, and change answers as we go."
        reply(dispatcher, [Text.of(text), menu("start_interview")], "interview")
        return []


class QuestionWhy(Action):
    """Why the open question is asked."""

    def name(self) -> str:
        return "action_question_why"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[Event]:
        interview, run = current().interview, run_of(tracker)
        question = open_question(tracker, run, interview) if run else None
        if question is not None:
            reply(dispatcher, [Text.of(*(text for text in (question.why, question.help) if text))], "interview")
        return []


class QuestionBack(Action):
    """Opens the question before; its answer stands until a new one replaces it."""

    def name(self) -> str:
        return "action_question_back"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[Event]:
        interview, run = current().interview, run_of(tracker)
        before = back(interview, run.state, tracker.get_slot(QUESTION)) if run else None
        if before is None:
            reply(dispatcher, [Text.of("This is the first question; there is nothing before it.")], "interview")
            return []
        return [set_slot(QUESTION, before.id)]


class ChangeAnswer(Action):
    """'Change my answer about training': opens that question again."""

    def name(self) -> str:
        return "action_change_answer"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[Event]:
        interview, run = current().interview, run_of(tracker)
        question = find_question(interview, text_of(tracker), run.state) if run else None
        if run is None:
            reply(dispatcher, [Text.of("There are no answers to change yet."), menu("start_interview")], "interview")
            return []
        if question is None:
            reply(
                dispatcher,
                [
                    Text.of(
                        "Which answer? Say, for example, 'change my answer about training' or 'about the risk analysis'."
                    )
                ],
                "interview",
            )
            return []
        events = [set_slot(QUESTION, question.id), set_slot(INTERVIEW, "running"), set_slot(INTERVIEW_ANSWER, None)]
        active = (tracker.active_loop or {}).get("name") == FORM
        return events if active else [*events, FollowupAction(FORM)]


class PauseInterview(Action):
    """Puts the interview aside without a word; all answers stay."""

    def name(self) -> str:
        return "action_pause_interview"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[Event]:
        return [set_slot(INTERVIEW, "paused"), set_slot(INTERVIEW_ANSWER, None), set_slot(QUESTION, None)]


class StopInterview(PauseInterview):
    """Puts the interview aside and says how to go on."""

    def name(self) -> str:
        return "action_stop_interview"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[Event]:
        text = "We stop here. Your answers are kept: come back whenever you like, or ask me something else."
        reply(dispatcher, [Text.of(text), menu("interview_resume", "show_result", "ask_question")], "interview")
        return super().run(dispatcher, tracker, domain)


class InterviewStatus(Action):
    """Where we are, and what was answered so far."""

    def name(self) -> str:
        return "action_interview_status"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[Event]:
        interview, run = current().interview, run_of(tracker)
        if run is None:
            reply(
                dispatcher,
                [Text.of("The readiness check has not begun."), menu("start_interview", "start_short_interview")],
                "interview",
            )
            return []
        done, total = progress(interview, run.state)
        blocks: list[Block] = [Text.of(f"{done} of about {total} questions are answered.")]
        if tracker.get_slot(INTERVIEW) == DONE:
            blocks.append(menu("show_result", "ask_plan"))
        elif tracker.get_slot(INTERVIEW) != "running":
            blocks.append(menu("interview_resume"))
        reply(dispatcher, blocks, "interview")
        return []


class FinishInterview(Action):
    """Shows the result when the last question is answered."""

    def name(self) -> str:
        return "action_finish_interview"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[Event]:
        run = run_of(tracker)
        if run is not None:
            show_result(dispatcher, tracker, run, opening="Done; thank you.")
        return [set_slot(INTERVIEW, DONE), set_slot(INTERVIEW_ANSWER, None), set_slot(QUESTION, None)]


class StartOver(Action):
    """A clean sheet: the answers are set aside, the library's context too."""

    def name(self) -> str:
        return "action_start_over"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[Event]:
        reply(
            dispatcher,
            [Text.of("We begin again."), menu("start_interview", "start_short_interview", "ask_question")],
            "smalltalk",
        )
        cleared = (ASSESSMENT, INTERVIEW_ANSWER, INTERVIEW_WORDS, QUESTION, "article", "heard")
        return [*(set_slot(name, None) for name in cleared), set_slot(INTERVIEW, "none"), set_slot("misses", 0)]


def _digressed(tracker: Tracker) -> bool:
    """Whether something beside the interview was done since the visitor's latest message."""
    for event in reversed(tracker.events):
        if event["event"] == "user":
            return False
        if event["event"] == "action" and event["name"] not in (FORM, "action_listen"):
            return True
    return False


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
