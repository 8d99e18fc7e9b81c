"""What fits this organization from the library: trainings, partners, and the duties that apply."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Literal, TypeVar

from bot.readiness.barriers import FoundBarrier
from bot.readiness.conditions import Profile, covers, evaluate, read, size_of
from bot.readiness.scoring import Result

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
"""What an offer for the organization's own state gains over one for the whole country."""
SERVED = 0.25
"""What a need still counts once an offer that serves it is named."""
BINDING = frozenset({"in_force", "final_not_yet_effective"})
"""Statuses under which something is a duty; a proposal or guidance is not."""

OfferT = TypeVar("OfferT", bound="Offer")


@dataclass(frozen=True)
class Recommended(Generic[OfferT]):
    """An offer that fits, and why it is named."""

    offer: OfferT
    reason: str


def recommend_trainings(
    trainings: Iterable[Training], profile: Profile, result: Result, barriers: Sequence[FoundBarrier]
) -> list[Recommended[Training]]:
    """The trainings that fit best, best first; for up to ten clinicians, free ones before others.

    None is named that answers no barrier and no weak dimension, unless nothing is known yet.
    """
    return _best(trainings, profile, result, barriers, MOST_TRAININGS)


def recommend_partners(
    partners: Iterable[Partner], profile: Profile, result: Result, barriers: Sequence[FoundBarrier]
) -> list[Recommended[Partner]]:
    """The partners that fit best, best first, as for trainings; never one that is for other kinds, sizes or places."""
    return _best(partners, profile, result, barriers, MOST_PARTNERS)


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
    """Whether an offer is open to this organization.

    What is for some types, sizes, one state, rural ones or another country needs that to be known; an offer for the
    whole United States needs only not to be elsewhere.
    """
    kind, size = profile.get("organisation_type"), size_of(profile)
    if "any" not in offer_fits.organisation_types and kind not in offer_fits.organisation_types:
        return False
    if "any" not in offer_fits.sizes and size not in offer_fits.sizes:
        return False
    if offer_fits.rural and profile.get("rural") is not True:
        return False
    reaches = {each: covers(each, profile.get("jurisdiction")) for each in offer_fits.jurisdictions}
    return any(reach or (reach is None and each == "US") for each, reach in reaches.items())


@dataclass(frozen=True)
class _Candidate(Generic[OfferT]):
    """An offer that fits. ``serves`` has a weight for each reason to name it, in words; ``bonus`` is for closeness."""

    offer: OfferT
    serves: dict[str, float]
    bonus: float

    def rank(self, served: Set[str]) -> float:
        """How much it would help, where needs that another offer serves already count less."""
        return self.bonus + sum(self._weight(need, served) for need in self.serves)

    def reason(self, served: Set[str]) -> str:
        """The need it helps most with, those not yet served before others."""
        if not self.serves:
            return "Open to many kinds of organizations; I know too little of yours to say more."
        return max(self.serves, key=lambda need: self._weight(need, served))

    def _weight(self, need: str, served: Set[str]) -> float:
        return self.serves[need] * (SERVED if need in served else 1.0)


def _best(
    offers: Iterable[OfferT], profile: Profile, result: Result, barriers: Sequence[FoundBarrier], most: int
) -> list[Recommended[OfferT]]:
    """Picks one after the other, so that the offers named serve different needs."""
    needs = _needs(result, barriers)
    nothing_known = not barriers and not result.overall.answered
    waiting = []
    for offer in offers:
        keys = [*(("barrier", each) for each in offer.barriers), *(("dimension", each) for each in offer.dimensions)]
        serves = dict(needs[key] for key in keys if key in needs)
        if fits(offer.fits, profile) and (serves or nothing_known):
            waiting.append(_Candidate(offer, serves, _bonus(offer, profile)))
    free_first = size_of(profile) in ("solo", "small", None)
    served: set[str] = set()
    picked: list[Recommended[OfferT]] = []
    while waiting and len(picked) < most:
        best = min(waiting, key=lambda c: (free_first and not c.offer.cost.free, -c.rank(served), c.offer.id))
        picked.append(Recommended(best.offer, best.reason(served)))
        served |= best.serves.keys()
        waiting.remove(best)
    return picked


def _needs(result: Result, barriers: Sequence[FoundBarrier]) -> dict[tuple[str, str], tuple[str, float]]:
    """``("barrier" or "dimension", id)`` → the reason in words, and its weight in places of the list of barriers."""
    needs = {}
    for place, barrier in enumerate(barriers[:BARRIERS_CONSIDERED]):
        title = barrier.title[:1].lower() + barrier.title[1:]
        needs["barrier", barrier.id] = (f"For: {title}.", float(BARRIERS_CONSIDERED - place))
    for score in result.dimensions:
        if score.value is not None and score.value < WEAK_BELOW:
            words = f"For {score.title.lower()}, where you scored {score.value}."
            needs["dimension", score.id] = (words, (WEAK_BELOW - score.value) / POINTS_A_STEP)
    return needs


def _bonus(offer: Offer, profile: Profile) -> float:
    bonus = ROLE_BONUS if profile.get("role") in offer.audience else 0.0
    return bonus + (NEAR_BONUS if profile.get("jurisdiction") in offer.fits.jurisdictions else 0.0)
