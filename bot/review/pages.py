"""Draws the console's pages from their templates."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.records.insight import EVER, Place
from bot.review.names import HEARD_BY, Names

_HERE = Path(__file__).parent
STYLES = _HERE / "static" / "review.css"
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src data:; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    # not no-referrer: with that a browser hides the Origin of our own forms, which proves them ours
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
PERIODS = {"7": "7 days", "30": "30 days", "90": "90 days", "all": "All time"}
"""The times to choose from: days, or all."""
LARGEST_ID = 2**31 - 1


class Pages:
    """Fills the templates; everything is escaped unless a template says otherwise, and none does."""

    def __init__(self, names: Names) -> None:
        self._templates = Environment(
            loader=FileSystemLoader(_HERE / "templates"), autoescape=True, undefined=StrictUndefined,
            trim_blocks=True, lstrip_blocks=True,
        )  # fmt: skip
        self._templates.filters |= {"moment": moment, "place": write_place}
        self._templates.globals |= {"names": names, "periods": PERIODS, "heard_by": HEARD_BY, "address": address}

    def page(self, template: str, reviewer: str | None = None, status: int = 200, **values: Any) -> HTMLResponse:
        """A page for this reviewer, None before the login."""
        return HTMLResponse(self._templates.get_template(template).render(reviewer=reviewer, **values), status)


def address(path: str, **parameters: str | None) -> str:
    """The address of a page of the console with those parameters that have a value."""
    given = {name: value for name, value in parameters.items() if value}
    return f"/review{path}" + (f"?{urlencode(given)}" if given else "")


def moment(at: dt.datetime) -> str:
    """A time as reviewers read it, in UTC."""
    return f"{at.day} {at:%b %Y, %H:%M}"


def since(period: str, now: dt.datetime) -> dt.datetime:
    """When a period of `PERIODS` began."""
    return now - dt.timedelta(days=int(period)) if period.isdigit() else EVER


def write_place(place: Place) -> str:
    """A place as the ``before`` parameter of the next page."""
    return f"{place.at.astimezone(dt.UTC).isoformat()},{place.id}"


def read_place(text: str | None, numbered: bool = False) -> Place | None:
    """The place a ``before`` parameter names; None where it is missing or no place."""
    moment_text, _, key = (text or "").partition(",")
    try:
        at = dt.datetime.fromisoformat(moment_text)
        number = int(key) if numbered else 0
    except ValueError:
        return None
    # the database would refuse these
    if at.tzinfo is None or not 1970 <= at.year < 9999 or not key.isprintable() or not 0 <= number <= LARGEST_ID:
        return None
    return Place(at, number if numbered else key)
