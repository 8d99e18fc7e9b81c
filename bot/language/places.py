"""The states and countries that a text names, as jurisdictions (``US-TX``, ``UK``)."""

from __future__ import annotations

import re

STATES = {
    "Alabama": "AL", "Alaska": "AK", "Arizona": "AZ", "Arkansas": "AR", "California": "CA", "Colorado": "CO",
    "Connecticut": "CT", "Delaware": "DE", "District of Columbia": "DC", "Florida": "FL", "Georgia": "GA",
    "Hawaii": "HI", "Idaho": "ID", "Illinois": "IL", "Indiana": "IN", "Iowa": "IA", "Kansas": "KS", "Kentucky": "KY",
    "Louisiana": "LA", "Maine": "ME", "Maryland": "MD", "Massachusetts": "MA", "Michigan": "MI", "Minnesota": "MN",
    "Mississippi": "MS", "Missouri": "MO", "Montana": "MT", "Nebraska": "NE", "Nevada": "NV", "New Hampshire": "NH",
    "New Jersey": "NJ", "New Mexico": "NM", "New York": "NY", "North Carolina": "NC", "North Dakota": "ND",
    "Ohio": "OH", "Oklahoma": "OK", "Oregon": "OR", "Pennsylvania": "PA", "Rhode Island": "RI",
    "South Carolina": "SC", "South Dakota": "SD", "Tennessee": "TN", "Texas": "TX", "Utah": "UT", "Vermont": "VT",
    "Virginia": "VA", "Washington": "WA", "West Virginia": "WV", "Wisconsin": "WI", "Wyoming": "WY", "Puerto Rico": "PR", "Guam": "GU",
}  # fmt: skip
"""Name of a state or territory to postal abbreviation."""

COUNTRIES = {
    "UK": (
        "United Kingdom", "UK", "England", "Scotland", "Wales", "Northern Ireland", "Britain", "NHS", "MHRA", "CQC", "DTAC",
        "DSPT", "DCB0129", "DCB0160",
    ),
    "EU": ("European Union", "EU", "Europe"),
    "CA": ("Canada", "Ontario", "British Columbia", "Quebec", "Alberta"),
    "AU": ("Australia", "AHPRA"),
}  # fmt: skip
"""A country or union beside the United States to its names, and those of what only it has."""

_NAMES = {name.lower(): f"US-{code}" for name, code in STATES.items()}
_NAMES |= {name.lower(): code for code, names in COUNTRIES.items() for name in names}
_NAMES |= {"washington dc": "US-DC", "washington, dc": "US-DC"}
_NAME = re.compile(r"\b(" + "|".join(sorted(_NAMES, key=len, reverse=True)) + r")\b", re.IGNORECASE)
# 'in PA', 'Austin, TX': capitals after a word of place, as MD, MA and PA are also people, OR and ME also words.
_CODE = re.compile(r"(?:\b(?:in|of|from|for|under|across|here in)\s|,\s?)(" + "|".join(STATES.values()) + r")\b")


def places(text: str) -> list[str]:
    """The jurisdictions named, each once, in the order of their names: full names in any case, postal codes in capitals."""
    named = [_NAMES[match.group().lower()] for match in _NAME.finditer(text)]
    return list(dict.fromkeys(named + [f"US-{match.group(1)}" for match in _CODE.finditer(text)]))
