"""Conditions over an organisation's profile: who is asked what, which duty applies, which action fits.

A condition answers ``True``, ``False``, or ``None`` where the profile does not know the field.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, model_validator

OptionValue: TypeAlias = bool | int | str
ProfileValue: TypeAlias = bool | int | str | list[str]
Profile: TypeAlias = Mapping[str, ProfileValue]
"""What is known of the organisation, by field (docs/content.md lists them); JSON-able."""

NO_USE = "none"
"""The value of a list field that says 'nothing of this'; ``any_of: [any]`` does not count it."""


class Condition(BaseModel):
    """One test of one field. All parts that are given must hold."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    in_: list[OptionValue] | None = Field(default=None, alias="in")
    not_in: list[OptionValue] | None = None
    any_of: list[str] | None = None
    at_least: float | None = None
    at_most: float | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Condition:
        if not self.model_fields_set:
            raise ValueError("a condition needs one of in, not_in, any_of, at_least, at_most")
        return self

    def holds(self, value: ProfileValue | None) -> bool | None:
        """Whether the value meets the condition; ``None`` where the value is not known."""
        if value is None:
            return None
        if self.in_ is not None and value not in self.in_:
            return False
        if self.not_in is not None and value in self.not_in:
            return False
        if self.any_of is not None and not _any_of(self.any_of, value):
            return False
        if self.at_least is not None and not (_is_number(value) and value >= self.at_least):  # type: ignore[operator]
            return False
        return not (self.at_most is not None and not (_is_number(value) and value <= self.at_most))  # type: ignore[operator]


Conditions: TypeAlias = dict[str, Condition]
"""Field → condition; all must hold."""


def read(raw: Mapping[str, Any] | None) -> Conditions:
    """Conditions from their parsed YAML form; none given is a condition that always holds.

    Raises:
        pydantic.ValidationError: where a condition has an unknown part.
    """
    return {field: Condition.model_validate(condition) for field, condition in (raw or {}).items()}


def evaluate(conditions: Conditions, profile: Profile) -> bool | None:
    """``False`` if one condition fails, else ``None`` if one can't be told, else ``True``."""
    results = [condition.holds(profile.get(field)) for field, condition in conditions.items()]
    if False in results:
        return False
    return None if None in results else True


def size_of(profile: Profile) -> str | None:
    """``solo`` (1 clinician), ``small`` (2–10), ``medium`` (11–50) or ``large``; ``None`` where unknown."""
    if profile.get("organisation_type") == "solo":
        return "solo"
    clinicians = profile.get("clinicians")
    if not isinstance(clinicians, int):
        return {"small_clinic": "small", "hospital": "large"}.get(str(profile.get("organisation_type")))
    return "solo" if clinicians <= 1 else "small" if clinicians <= 10 else "medium" if clinicians <= 50 else "large"


def covers(jurisdiction: str, where: ProfileValue | None) -> bool | None:
    """Whether a rule or offer of ``jurisdiction`` reaches an organisation in ``where``.

    ``global`` reaches all, ``US`` every state, ``US-TX`` only Texas; ``None`` where the state or country is not known.
    """
    if jurisdiction in ("global", "any"):
        return True
    if not isinstance(where, str):
        return None
    if jurisdiction == where:
        return True
    if jurisdiction == "US":
        return where.startswith("US")
    return None if where == "US" and jurisdiction.startswith("US-") else False


def _any_of(wanted: list[str], value: ProfileValue) -> bool:
    values = set(value) if isinstance(value, list) else {value}
    if "any" in wanted and values - {NO_USE}:
        return True
    return bool(values & set(wanted))


def _is_number(value: ProfileValue) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
