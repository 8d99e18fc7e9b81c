"""The console's routes. All but the login and the style sheet need a logged-in reviewer."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException

from bot.library import Library
from bot.readiness import Interview
from bot.records import Database, Users
from bot.records.insight import Insight
from bot.review.access import GUESSING_MINUTES, Access, TooManyAttempts, same_origin
from bot.review.names import Names
from bot.review.pages import HEADERS, PERIODS, STYLES, Pages, address, read_place, since
from bot.settings import Settings

Clock = Callable[[], dt.datetime]

CONVERSATION_ID = re.compile(r"[A-Za-z0-9_-]{1,36}")
OVERVIEW_ROWS = 10
"""Newest contact requests, and newest open questions, on the first page."""


class _LoginNeeded(Exception):
    """Nobody is logged in."""


class _ConsoleRoute(APIRoute):
    """Sends who is not logged in to the login page, and gives every answer the console's headers."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def guarded(request: Request) -> Response:
            try:
                response = await handle(request)
            except _LoginNeeded:
                asked = request.url.path + (f"?{request.url.query}" if request.url.query else "")
                response = RedirectResponse(address("/login", next=asked if asked != "/review" else None), 303)
            for name, value in HEADERS.items():
                response.headers.setdefault(name, value)
            return response

        return guarded


@dataclass(frozen=True)
class _LoginForm:
    name: str
    password: str
    next: str


async def _login_form(request: Request) -> _LoginForm:
    """The login's fields; anyone may send them, so they are small or not read at all."""
    try:
        async with request.form(max_files=0, max_fields=3, max_part_size=2_000) as form:
            # Postgres can't compare a text that holds a zero byte
            fields = {name: str(value).replace("\0", "") for name, value in form.items()}
    except HTTPException:
        fields = {}
    return _LoginForm(fields.get("name", ""), fields.get("password", ""), fields.get("next", ""))


def _utc_now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


@dataclass(frozen=True)
class _Console:
    """What the routes work with."""

    access: Access
    users: Users
    insight: Insight
    names: Names
    pages: Pages
    now: Clock


def review_routes(
    settings: Settings, database: Database, library: Library, interview: Interview, now: Clock = _utc_now
) -> APIRouter:
    """The console at ``/review``. ``now`` is the clock of sessions and periods."""
    router = APIRouter(prefix="/review", route_class=_ConsoleRoute, include_in_schema=False)
    users, names = Users(database), Names(library, interview)
    console = _Console(Access(settings, users, now), users, Insight(database), names, Pages(names), now)
    _add_login(router, console.access, console.pages)
    _add_pages(router, console)
    return router


def _add_login(router: APIRouter, access: Access, pages: Pages) -> None:
    @router.get("/static/review.css")
    def styles() -> Response:
        return FileResponse(STYLES, headers={"Cache-Control": "no-cache"})

    @router.get("/login")
    def login_page(request: Request, next: str = "") -> Response:
        if access.reviewer(request):
            return RedirectResponse(_local(next), 303)
        return pages.page("login.html", next=next, name="", problem="")

    @router.post("/login")
    def log_in(request: Request, form: Annotated[_LoginForm, Depends(_login_form)]) -> Response:
        if not same_origin(request):
            return _refused(pages)
        try:
            secret = access.log_in(request, form.name, form.password)
        except TooManyAttempts:
            problem = f"Too many logins from here have failed. Please wait {GUESSING_MINUTES} minutes, then try again."
            return pages.page("login.html", status=429, next=form.next, name=form.name, problem=problem)
        if secret is None:
            problem = "That name and password do not belong together. Check both and try again."
            return pages.page("login.html", status=401, next=form.next, name=form.name, problem=problem)
        response = RedirectResponse(_local(form.next), 303)
        access.remember(request, response, secret)
        return response

    @router.post("/logout")
    def log_out(request: Request) -> Response:
        if not same_origin(request):
            return _refused(pages)
        access.log_out(request)
        response = RedirectResponse("/review/login", 303)
        access.remember(request, response, "")
        return response


def _add_pages(router: APIRouter, console: _Console) -> None:
    pages, names, insight = console.pages, console.names, console.insight

    def reviewer_of(request: Request) -> str:
        if name := console.access.reviewer(request):
            return name
        raise _LoginNeeded

    logged_in = Depends(reviewer_of)

    @router.get("")
    @router.get("/")
    def overview(reviewer: str = logged_in, days: str = "") -> HTMLResponse:
        period = days if days in PERIODS else "30"
        start = since(period, console.now())
        counts = insight.barriers(names.barriers, start)
        newest = insight.questions(start, limit=OVERVIEW_ROWS)
        contacts = insight.contacts(start, OVERVIEW_ROWS)
        return pages.page(
            "overview.html", reviewer, period=period, totals=insight.totals(start), counts=counts, contacts=contacts,
            questions=newest,
        )  # fmt: skip

    @router.get("/conversations")
    def conversations(reviewer: str = logged_in, barrier: str = "", days: str = "", before: str = "") -> HTMLResponse:
        period = days if days in PERIODS else "all"
        chosen = barrier if barrier in names.barriers else None
        found = insight.conversations(since(period, console.now()), chosen, read_place(before))
        return pages.page("conversations.html", reviewer, period=period, barrier=chosen, found=found)

    @router.get("/conversations/{conversation}")
    def conversation(conversation: str, reviewer: str = logged_in) -> HTMLResponse:
        found = insight.transcript(conversation) if CONVERSATION_ID.fullmatch(conversation) else None
        if found is None:
            return _not_found(pages, reviewer, "This conversation does not exist. It may have been erased.")
        console.users.audit(reviewer, "view_conversation", conversation, console.now())
        return pages.page("conversation.html", reviewer, found=found)

    @router.get("/questions")
    def questions(reviewer: str = logged_in, before: str = "") -> HTMLResponse:
        found = insight.questions(before=read_place(before, numbered=True))
        return pages.page("questions.html", reviewer, found=found)

    @router.get("/{rest:path}")
    def nothing(reviewer: str = logged_in) -> HTMLResponse:
        return _not_found(pages, reviewer, "There is no such page.")


def _local(path: str) -> str:
    """Where to go after the login: a page of the console, whatever was asked for."""
    return path if path.startswith(("/review/", "/review?")) else "/review"


def _not_found(pages: Pages, reviewer: str, sentence: str) -> HTMLResponse:
    return pages.page("message.html", reviewer, status=404, heading="Not found", sentence=sentence)


def _refused(pages: Pages) -> HTMLResponse:
    sentence = "This request came from another website, so nothing was done. Open the console and try again there."
    return pages.page("message.html", status=403, heading="Refused", sentence=sentence)
