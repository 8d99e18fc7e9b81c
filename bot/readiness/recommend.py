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
FREE_BONUS = 4.0
"""How much being free counts for an organisation of up to ten clinicians, in places of the barrier list."""
ROLE_BONUS = 1.0
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
    """The trainings that fit best, best first; none that answers no barrier and no weak dimension."""
    return _ranked(trainings, profile, result, barriers)[:MOST_TRAININGS]


def recommend_partners(
    partners: Iterable[Partner], profile: Profile, result: Result, barriers: Sequence[FoundBarrier]
) -> list[Recommended[Partner]]:
    """The partners that fit best, best first; never one whose programme is for other kinds, sizes or places."""
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
    """Whether an offer is open to this organisation. What the profile does not tell counts as fitting only where
    the offer is for any; a state's own offer needs the state to be known.
    """
    kind, size = profile.get("organisation_type"), size_of(profile)
    if "any" not in offer_fits.organisation_types and kind not in offer_fits.organisation_types:
        return False
    if "any" not in offer_fits.sizes and size not in offer_fits.sizes:
        return False
    return any(covers(each, profile.get("jurisdiction")) for each in offer_fits.jurisdictions)


def _ranked(
    offers: Iterable[OfferT], profile: Profile, result: Result, barriers: Sequence[FoundBarrier]
) -> list[Recommended[OfferT]]:
    worst = {barrier.id: place for place, barrier in enumerate(barriers[:BARRIERS_CONSIDERED])}
    weak = {each.id: each for each in result.dimensions if each.value is not None and each.value < 60}
    found = []
    for offer in offers:
        if not fits(offer.fits, profile):
            continue
        matches = [barriers[worst[each]] for each in offer.barriers if each in worst]
        gaps = [weak[each] for each in offer.dimensions if each in weak]
        if matches or gaps:
            rank = float(sum(BARRIERS_CONSIDERED - worst[match.id] for match in matches))
            rank += sum((60 - (gap.value or 0)) / 20 for gap in gaps) + _bonus(offer, profile)
            found.append(Recommended(offer, _reason(matches, gaps), rank))
    return sorted(found, key=lambda each: (-each.rank, each.offer.id))


def _bonus(offer: Offer, profile: Profile) -> float:
    small = size_of(profile) in ("solo", "small", None)
    bonus = FREE_BONUS if small and offer.cost.free else 0.0
    bonus += ROLE_BONUS if profile.get("role") in offer.audience else 0.0
    return bonus + (NEAR_BONUS if profile.get("jurisdiction") in offer.fits.jurisdictions else 0.0)


def _reason(matches: Sequence[FoundBarrier], gaps: Sequence[DimensionScore]) -> str:
    if matches:
        first = min(matches, key=lambda match: -match.effect)
        return f"For: {first.title.lower() if not first.title[:3].isupper() else first.title}."
    weakest = min(gaps, key=lambda gap: gap.value or 0)
    return f"For {weakest.title.lower()}, where you scored {weakest.value}."
