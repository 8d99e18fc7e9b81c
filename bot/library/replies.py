"""The sentences the library says around an article: the one place where their wording lies."""

from __future__ import annotations

import datetime as dt
import re

from bot.blocks import STATUS_WORDS
from bot.language.places import COUNTRIES, STATES
from bot.library.models import Article

UNKNOWN = (
    "I have nothing checked on that, so I would rather not guess.",
    "That is not among the subjects I have checked either.",
    "I looked again and have no checked source for this one.",
    "My sources do not cover that, so any answer of mine would be a guess.",
)
"""One after the other as misses follow each other, so that the same sentence never comes twice in a row."""

NEXT = (
    "You can put it in other words, or ask about AI in your practice: privacy, policy, skills, systems, cost or ethics.",
    "A shorter question on one subject often works, such as 'Do we need an agreement with our scribe vendor?'",
)

ASK_A_PERSON = (
    "A person can help with this: {contact}.",
    "This is a good question for a person: {contact}.",
    "Please take it to a person, who can look into it: {contact}.",
)

UNSURE = (
    "I am not sure which of these you mean.",
    "Is it one of these?",
    "These are the nearest subjects I have checked.",
)
UNSURE_ONE = (
    "I am not sure I understood. Is it this?",
    "Do you mean this?",
    "This is the nearest subject I have checked.",
)
NONE_OF_THESE = "None of these"

COUNTRY_NAMES = {
    "US": "the United States", "UK": "the United Kingdom", "EU": "the European Union", "CA": "Canada", "AU": "Australia",
}  # fmt: skip

NOTHING_ON_PLACE = (
    "I have nothing of its own on {place} for this. A state law may still apply; what follows holds in general."
)
HOLDS_EVERYWHERE = "This is what I have for the whole country."

MORE, STEPS, SOURCES, SINCE = "More detail", "What to do", "Sources", "Since when?"
CLOSE_TO_THIS = "Close to this"
NEWER = "What replaced it"


def in_turn(sentences: tuple[str, ...], count: int) -> str:
    """The sentence for the ``count``-th time, from 0."""
    return sentences[count % len(sentences)]


def day(date: dt.date) -> str:
    """``3 June 2026``."""
    return f"{date.day} {date:%B %Y}"


def place_name(jurisdiction: str) -> str:
    """``US-TX`` → ``Texas``."""
    names = {f"US-{code}": name for name, code in STATES.items()}
    return names.get(jurisdiction) or COUNTRY_NAMES.get(jurisdiction, jurisdiction)


def without_place(title: str) -> str:
    """A title without the names of states, so that its subject can be looked up elsewhere."""
    for name in [*STATES, *(name for names in COUNTRIES.values() for name in names)]:
        title = re.sub(rf"\b{re.escape(name)}('s)?\b", " ", title, flags=re.IGNORECASE)
    return " ".join(title.split()).strip(" :,")


def status_lead(article: Article, newer: Article | None, today: dt.date) -> str | None:
    """What must be said before the answer: proposed, replaced, withdrawn, not yet in effect."""
    match article.status:
        case "proposed":
            return "Proposed, not law."
        case "superseded":
            return f"This was replaced by: {newer.title}." if newer else "This was replaced and no longer holds."
        case "withdrawn":
            return "Withdrawn: this no longer holds."
        case "final_not_yet_effective" if article.effective and article.effective > today:
            return f"Final, but not in effect before {day(article.effective)}."
        case "final_not_yet_effective" if article.effective:
            return f"Final when I last checked, and due to take effect on {day(article.effective)}."
    return None


def place_lead(article: Article, home: str | None) -> str | None:
    """Where it holds, if that is one state or country and not known to be the visitor's."""
    if article.jurisdiction in ("US", "global", home):
        return None
    return f"This holds in {place_name(article.jurisdiction)}."


def stale(article: Article, today: dt.date) -> str:
    """How long ago the article was checked."""
    months = (
        (today.year - article.as_of.year) * 12 + today.month - article.as_of.month - (today.day < article.as_of.day)
    )
    ago = (
        f"{months} months ago"
        if months > 1
        else "a month ago"
        if months == 1
        else f"{(today - article.as_of).days} days ago"
    )
    return f"I last checked this {ago}, on {day(article.as_of)}. It may have changed since; look at the sources before you rely on it."


def since(article: Article) -> list[str]:
    """Status, the day it took effect, and when it was checked."""
    words = STATUS_WORDS[article.status]
    lines = [f"Status: {words}."]
    if article.effective:
        future = article.status in ("final_not_yet_effective", "proposed")
        lines = [
            f"Status: {words}. {'It is due to take effect' if future else 'In effect since'} {'on ' if future else ''}{day(article.effective)}."
        ]
    lines.append(f"I checked it on {day(article.as_of)}; the next check is due by {day(article.review_by)}.")
    return lines
