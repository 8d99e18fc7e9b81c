"""From scores, duties, plan and offers to the blocks of one reply."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.blocks import (
    Block,
    Duties,
    DutyItem,
    Horizon,
    Plan,
    PlanItem,
    Resource,
    Resources,
    Score,
    Scores,
)
from bot.readiness.assessment import Assessment
from bot.readiness.barriers import FoundBarrier, Heard, find_barriers
from bot.readiness.model import Interview
from bot.readiness.parts import HorizonId
from bot.readiness.plan import Step, plan
from bot.readiness.recommend import Recommended, applying_duties, recommend_partners, recommend_trainings
from bot.readiness.scoring import DimensionScore, RaisedFlag, Result, score

if TYPE_CHECKING:
    from bot.library.models import Library, Partner, Training

MOST_BARRIERS = 5
LEVEL_OF_STRENGTH = 3
"""The level from which on an area may be called a strength; below it none is."""

HORIZON_TITLES: dict[HorizonId, str] = {
    "week": "This week",
    "month": "This month",
    "quarter": "In the next three months",
    "half_year": "In the next six months",
}


def result_blocks(
    interview: Interview,
    assessment: Assessment,
    library: Library,
    heard: Sequence[Heard] = (),
    minutes_a_month: int | None = None,
) -> list[Block]:
    """Scores, duties, plan, trainings and partners of an assessment; a block with nothing in it is left out."""
    result = score(interview, assessment)
    barriers = find_barriers(interview, assessment, heard, {key: each.title for key, each in library.barriers.items()})
    blocks: list[Block] = [scores_block(result, barriers)]
    duties = duties_block(assessment, library)
    if duties.items:
        blocks.append(duties)
    steps = plan_block(interview, assessment, minutes_a_month)
    if steps.horizons:
        blocks.append(steps)
    blocks += resources_blocks(assessment, library, result, barriers)
    return blocks


def scores_block(result: Result, barriers: Sequence[FoundBarrier] = ()) -> Scores:
    """All scores, the worst barriers and the red flags."""
    return Scores(
        overall=_score(result.overall),
        dimensions=[_score(each) for each in result.dimensions],
        barriers=[Scores.Barrier(id=b.id, title=b.title, reason=b.reason) for b in barriers[:MOST_BARRIERS]],
        red_flags=[Scores.RedFlag(title=_flag_title(flag), do=flag.flag.do) for flag in result.red_flags],
    )


def plan_block(interview: Interview, assessment: Assessment, minutes_a_month: int | None = None) -> Plan:
    """The plan; stretches of time without a step are left out."""
    steps = plan(interview, assessment, minutes_a_month)
    horizons = [
        Horizon(id=horizon, title=HORIZON_TITLES[horizon], items=[_plan_item(step) for step in taken])
        for horizon, taken in steps.items()
        if taken
    ]
    return Plan(horizons=horizons)


def duties_block(assessment: Assessment, library: Library) -> Duties:
    """The duties that apply or may apply to the organisation."""
    items = []
    for duty, applies in applying_duties(library.duties.values(), assessment.profile):
        source = library.sources[duty.sources[0].id]
        items.append(
            DutyItem(
                id=duty.id,
                title=duty.title,
                do=duty.do,
                jurisdiction=duty.jurisdiction,
                status=duty.status,
                effective=duty.effective,
                applies=applies,
                article=duty.article,
                as_of=duty.as_of,
                url=source.url,
                source=source.title,
            )
        )
    return Duties(title="Duties that apply to you", items=items)


def resources_blocks(
    assessment: Assessment, library: Library, result: Result, barriers: Sequence[FoundBarrier]
) -> list[Block]:
    """Trainings and partners that fit, a block each."""
    trainings = recommend_trainings(library.trainings.values(), assessment.profile, result, barriers)
    partners = recommend_partners(library.partners.values(), assessment.profile, result, barriers)
    blocks: list[Block] = []
    if trainings:
        blocks.append(Resources(title="Training that fits", items=[_resource(each, "training") for each in trainings]))
    if partners:
        blocks.append(Resources(title="Who can help", items=[_resource(each, "partner") for each in partners]))
    return blocks


def headline(result: Result) -> str:
    """The result in a few sentences: overall with its range, strongest, weakest, and what to act on first."""
    overall = result.overall
    open_count = overall.asked - overall.answered
    if overall.value is None or overall.level is None:
        parts = [f"There are not enough answers for an overall score: {overall.answered} of {overall.asked} questions."]
    else:
        parts = [f"Overall {overall.value} of 100{_range(overall, open_count)}: {overall.level.title}."]
    strongest, weakest = result.strongest, result.weakest
    if strongest and weakest and strongest.value != weakest.value:
        if strongest.level_number is not None and strongest.level_number >= LEVEL_OF_STRENGTH:
            parts.append(f"Strongest: {strongest.title.lower()}.")
        parts.append(f"Weakest: {weakest.title.lower()}.")
    if result.red_flags:
        titles = "; ".join(_flag_title(flag).rstrip(".") for flag in result.red_flags)
        parts.append(f"Act on first: {titles}.")
    return " ".join(parts)


def _range(overall: DimensionScore, open_count: int) -> str:
    if overall.low == overall.high:
        return ""
    count = "one question is" if open_count == 1 else f"{open_count} questions are"
    return f" (between {overall.low} and {overall.high}, as {count} open)"


def _flag_title(raised: RaisedFlag) -> str:
    return (
        f"{raised.flag.title} (you did not know, so treat it as not in place)" if raised.unknown else raised.flag.title
    )


def _score(score: DimensionScore) -> Score:
    return Score(
        dimension=score.id,
        title=score.title,
        value=score.value,
        low=score.low,
        high=score.high,
        level=score.level.title if score.level else None,
        level_number=score.level_number,
    )


def _plan_item(step: Step) -> PlanItem:
    action = step.action
    return PlanItem(
        id=action.id,
        title=action.title,
        reason=step.reason,
        first_step=action.first_step,
        who=step.who,
        minutes=action.minutes,
        cost=action.cost,
        article=action.article,
    )


def _resource(recommended: Recommended[Training] | Recommended[Partner], kind: str) -> Resource:
    offer = recommended.offer
    return Resource(
        id=offer.id,
        kind="training" if kind == "training" else "partner",
        title=offer.title,
        provider=offer.provider,
        url=offer.url,
        summary=offer.summary,
        cost=offer.cost.text,
        free=offer.cost.free,
        hours=offer.hours,
        credit=offer.credit,
        eligibility=offer.eligibility,
        first_step=offer.first_step,
        reason=recommended.reason,
        as_of=offer.as_of,
    )
