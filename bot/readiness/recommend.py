"""What fits this organisation from the library: trainings, partners, and the duties that apply."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Literal, TypeVar

from bot.readiness.barriers import FoundBarrier
from bot.readiness.conditions import Profile, covers, evaluate, read, size_of
from bot.readiness.scoring import DimensionScore, Result

if TYPE_CHECKING:
    from bot.library.models import Duty, Fits, Offer, Partner, Training

MOST_TRAININGS = 4
MOST_PARTNERS = 4
BARRIERS_CONSIDERED = 5
"""Only the worst barriers choose trainings and partners."""
WEAK_BELOW = 60
"""A dimension below this (out of 100) is weak: the upper two of the five bands are not."""
POINTS_A_STEP = 20.0
"""Points below ``WEAK_BELOW`` that weigh as much as one place in the list of barriers."""
ROLE_BONUS = 1.0
"""What an offer for the visitor's own role gains, in places of the barrier list."""
NEAR_BONUS = 1.0
"""What an offer for the organisation's own state gains over one for the whole country."""
BINDING = frozenset({"in_force", "final_not_yet_effective"})
"""Statuses under which something is a duty; a proposal or guidance is not."""

OfferT = TypeVar("OfferT", bound="Offer")


@dataclass(frozen=True)
class Recommended(Generic[OfferT]):
    """An offer that fits, and why it is named."""

    offer: OfferT
    reason: str
    rank: float


def recommend_trainings(
    trainings: Iterable[Training], profile: Profile, result: Result, barriers: Sequence[FoundBarrier]
) -> list[Recommended[Training]]:
    """The trainings that fit best, best first; for up to ten clinicians, free ones before others.

    None is named that answers no barrier and no weak dimension, unless nothing is known yet.
    """
    return _ranked(trainings, profile, result, barriers)[:MOST_TRAININGS]


def recommend_partners(
    partners: Iterable[Partner], profile: Profile, result: Result, barriers: Sequence[FoundBarrier]
) -> list[Recommended[Partner]]:
    """The partners that fit best, best first, as for trainings; never one that is for other kinds, sizes or places."""
    return _ranked(partners, profile, result, barriers)[:MOST_PARTNERS]


def applying_duties(duties: Iterable[Duty], profile: Profile) -> list[tuple[Duty, Literal["yes", "maybe"]]]:
    """The binding duties of this organisation: those that apply, then those that may (the profile does not tell)."""
    found: list[tuple[Duty, Literal["yes", "maybe"]]] = []
    for duty in duties:
        if duty.status not in BINDING:
            continue
        tests = (covers(duty.jurisdiction, profile.get("jurisdiction")), evaluate(read(duty.applies_when), profile))
        if False not in tests:
            found.append((duty, "maybe" if None in tests else "yes"))
    return sorted(found, key=lambda each: each[1] != "yes")


def fits(offer_fits: Fits, profile: Profile) -> bool:
    """Whether an offer is open to this organisation.

    What is for some types, sizes or one state needs them to be known; a country's offer needs only not to be elsewhere.
    """
    kind, size = profile.get("organisation_type"), size_of(profile)
    if "any" not in offer_fits.organisation_types and kind not in offer_fits.organisation_types:
        return False
    if "any" not in offer_fits.sizes and size not in offer_fits.sizes:
        return False
    reaches = {each: covers(each, profile.get("jurisdiction")) for each in offer_fits.jurisdictions}
    return any(reach or (reach is None and "-" not in each) for each, reach in reaches.items())


def _ranked(
    offers: Iterable[OfferT], profile: Profile, result: Result, barriers: Sequence[FoundBarrier]
) -> list[Recommended[OfferT]]:
    worst = {barrier.id: place for place, barrier in enumerate(barriers[:BARRIERS_CONSIDERED])}
    weak = {each.id: each for each in result.dimensions if each.value is not None and each.value < WEAK_BELOW}
    nothing_known = not barriers and not result.overall.answered
    found = []
    for offer in offers:
        if not fits(offer.fits, profile):
            continue
        matches = [barriers[worst[each]] for each in offer.barriers if each in worst]
        gaps = [weak[each] for each in offer.dimensions if each in weak]
        if matches or gaps or nothing_known:
            rank = float(sum(BARRIERS_CONSIDERED - worst[match.id] for match in matches))
            rank += sum((WEAK_BELOW - (gap.value or 0)) / POINTS_A_STEP for gap in gaps) + _bonus(offer, profile)
            found.append(Recommended(offer, _reason(matches, gaps), rank))
    free_first = size_of(profile) in ("solo", "small", None)
    return sorted(found, key=lambda each: (free_first and not each.offer.cost.free, -each.rank, each.offer.id))


def _bonus(offer: Offer, profile: Profile) -> float:
    bonus = ROLE_BONUS if profile.get("role") in offer.audience else 0.0
    return bonus + (NEAR_BONUS if profile.get("jurisdiction") in offer.fits.jurisdictions else 0.0)


def _reason(matches: Sequence[FoundBarrier], gaps: Sequence[DimensionScore]) -> str:
    if matches:
        title = max(matches, key=lambda match: match.effect).title
        return f"For: {title[:1].lower()}{title[1:]}."
    if gaps:
        weakest = min(gaps, key=lambda gap: gap.value or 0)
        return f"For {weakest.title.lower()}, where you scored {weakest.value}."
    return "Open to many kinds of organisations; I know too little of yours to say more."
