"""The result of the interview, whole or in parts."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.reply import reply
from actions.slots import Event, Run, heard_of, run_of, text_of
from bot.blocks import Block, Duties, ListNode, Notice, Paragraph, Plan, Resources, Span, Text
from bot.menu import menu
from bot.readiness import Part, explain, find_dimension, headline, result_blocks, score
from bot.services import current

CAVEAT = "This is information, not legal or medical advice. Scores follow from your answers alone; nobody checked them."


def show_result(dispatcher: CollectingDispatcher, tracker: Tracker, run: Run, opening: str = "") -> None:
    """Utters the whole result in one message."""
    services = current()
    words = headline(score(services.interview, run.state))
    blocks: list[Block] = [Text.of(f"{opening} {words}".strip())]
    blocks += result_blocks(services.interview, run.state, services.library, heard_of(tracker))
    blocks.append(Notice(kind="advice", nodes=Text.of(CAVEAT).nodes))
    blocks.append(menu("explain_score", "interview_change", "ask_question", prompt="What next?"))
    reply(dispatcher, blocks, "interview")


class ShowResult(Action):
    """The result so far."""

    def name(self) -> str:
        return "action_show_result"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[Event]:
        run = run_of(tracker)
        if run is None or not run.state.answers:
            reply(
                dispatcher,
                [Text.of("There is no result yet: the readiness check has not begun."), menu("start_interview")],
                "interview",
            )
        else:
            show_result(dispatcher, tracker, run)
        return []


class ExplainScore(Action):
    """The answers behind a score: overall, or the dimension that was named."""

    def name(self) -> str:
        return "action_explain_score"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[Event]:
        interview, run = current().interview, run_of(tracker)
        if run is None or not run.state.answers:
            reply(
                dispatcher,
                [Text.of("There is no score yet: the readiness check has not begun."), menu("start_interview")],
                "interview",
            )
            return []
        dimension = find_dimension(interview, text_of(tracker))
        parts = explain(interview, run.state, dimension.id if dimension else None)
        result = score(interview, run.state)
        shown = next((each for each in result.dimensions if dimension and each.id == dimension.id), result.overall)
        how = (
            "The score is the mean of the points below."
            if dimension
            else "An area's score is the mean of its points below; the overall score is the mean of the areas."
        )
        value = "has too few answers for a score" if shown.value is None else f"is {shown.value} of 100"
        intro = f"{shown.title} {value}. Each answer gives 0 to 100 points. {how} Open answers don't count; they widen the range."
        text = Text(
            nodes=[Paragraph(spans=[Span(text=intro)]), ListNode(items=[[Span(text=_line(part))] for part in parts])]
        )
        reply(dispatcher, [text, menu("interview_change", "show_result")], "interview")
        return []


class _ShowPart(Action, ABC):
    """One kind of block of the result."""

    wanted: type[Plan] | type[Duties] | type[Resources]
    empty = "I have nothing that fits what I know of you. A few questions would change that."

    @abstractmethod
    def name(self) -> str:
        """The action's name in `domain.yml`."""

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[Event]:
        services = current()
        run = run_of(tracker) or Run.begin(services.interview)
        blocks = self.chosen(result_blocks(services.interview, run.state, services.library, heard_of(tracker)))
        known = bool(run.state.profile)
        after = menu("show_result", "ask_question") if run.state.answers else menu("start_interview")
        note = (
            []
            if known
            else [
                Text.of(
                    "I know nothing of your organization yet, so this is general. The readiness check makes it fit."
                )
            ]
        )
        reply(dispatcher, [*note, *(blocks or [Text.of(self.empty)]), after], "interview")
        return []

    def chosen(self, blocks: Sequence[Block]) -> list[Block]:
        """The blocks of the wanted kind."""
        return [block for block in blocks if isinstance(block, self.wanted)]


class ShowPlan(_ShowPart):
    """The plan."""

    wanted = Plan

    def name(self) -> str:
        return "action_show_plan"


class ShowDuties(_ShowPart):
    """The duties that apply."""

    wanted = Duties

    def name(self) -> str:
        return "action_show_duties"


class ShowTrainings(_ShowPart):
    """Trainings that fit."""

    wanted = Resources

    def name(self) -> str:
        return "action_show_trainings"

    def chosen(self, blocks: Sequence[Block]) -> list[Block]:
        return [block for block in blocks if isinstance(block, Resources) and block.items[0].kind == "training"]


class ShowPartners(_ShowPart):
    """Partners and programs that fit."""

    wanted = Resources

    def name(self) -> str:
        return "action_show_partners"

    def chosen(self, blocks: Sequence[Block]) -> list[Block]:
        return [block for block in blocks if isinstance(block, Resources) and block.items[0].kind == "partner"]


def _line(part: Part) -> str:
    points = "open" if part.points is None else f"{part.points} points"
    return f"{part.question.text} {part.answer} ({points})"
