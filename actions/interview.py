"""The readiness interview as Rasa sees it: start, ask, take an answer, and the ways beside it."""

from __future__ import annotations

from rasa_sdk import Action, Tracker
from rasa_sdk.events import FollowupAction
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
    heard_of,
    open_question,
    run_of,
    set_slot,
    text_of,
)
from bot.blocks import Block, Text
from bot.menu import menu
from bot.readiness import (
    back,
    find_question,
    next_question,
    progress,
    question_blocks,
    understand_organisation,
    understood_blocks,
)
from bot.services import current

FORM = "interview_form"
DONE = "done"
"""The interview's slot when every question has its answer."""


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
