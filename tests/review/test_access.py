"""Who gets in, who does not, and what is noted of it."""

from __future__ import annotations

import datetime as dt

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select, text

from bot.errors import AdvisorError
from bot.library import Library
from bot.readiness import Interview
from bot.records import Database, Users
from bot.records.tables import AuditEvent, UserSession
from bot.review.access import COOKIE
from bot.review.passwords import hash_password, verify
from tests.review.conftest import PASSWORD, Clock, Talk, log_in, visit


def events(database: Database) -> list[tuple[str, str]]:
    with database.read() as connection:
        return [(row.actor, row.action) for row in connection.execute(select(AuditEvent).order_by(AuditEvent.id))]


def test_passwords_are_hashed_with_salt_and_short_ones_refused() -> None:
    hashed = hash_password(PASSWORD)
    assert PASSWORD not in hashed and hashed != hash_password(PASSWORD)
    assert verify(hashed, PASSWORD) and not verify(hashed, PASSWORD + "!") and not verify("no hash", PASSWORD)
    for wrong in ("eleven char", "x" * 10_000):
        with pytest.raises(AdvisorError, match="12 to 200"):
            hash_password(wrong)


@pytest.mark.parametrize("path", ["", "/conversations", "/conversations/c1", "/questions", "/elsewhere"])
def test_every_page_asks_for_a_login_and_comes_back(browser: TestClient, path: str) -> None:
    response = browser.get(f"/review{path}?days=7")
    assert response.status_code == 303
    login = browser.get(response.headers["location"])
    assert login.status_code == 200 and f'value="/review{path}?days=7"' in login.text
    assert login.headers["cache-control"] == response.headers["cache-control"] == "no-store"


def test_login_opens_the_console_and_logout_closes_it(browser: TestClient, database: Database) -> None:
    response = log_in(browser, next="/review/questions")
    assert (response.status_code, response.headers["location"]) == (303, "/review/questions")
    cookie = response.headers["set-cookie"].lower()
    assert "httponly" in cookie and "samesite=strict" in cookie and "path=/review" in cookie and "secure" not in cookie
    assert browser.get("/review").status_code == 200
    secret = browser.cookies[COOKIE]
    assert browser.post("/review/logout").status_code == 303
    assert browser.get("/review").status_code == 303
    browser.cookies.set(COOKIE, secret, path="/review")
    assert browser.get("/review").status_code == 303, "the session ended in the database, not only in the browser"
    assert events(database) == [("ada", "log_in"), ("ada", "log_out")]


def test_each_login_is_a_new_session_and_only_its_hash_is_stored(browser: TestClient, database: Database) -> None:
    log_in(browser)
    first = browser.cookies[COOKIE]
    log_in(browser)
    assert browser.cookies[COOKIE] != first
    with database.read() as connection:
        (stored,) = connection.scalars(select(UserSession.token_hash)).all()
    assert browser.cookies[COOKIE].encode() not in stored


@pytest.mark.parametrize("wanted", ["https://elsewhere.example", "//elsewhere.example", "/\\elsewhere.example", "/demo", "review", ""])
def test_after_the_login_nobody_is_sent_elsewhere(browser: TestClient, wanted: str) -> None:
    assert log_in(browser, next=wanted).headers["location"] == "/review"


@pytest.mark.parametrize(("name", "password"), [("ada", "wrong password"), ("bob", PASSWORD), ("", ""), ("ada\0", "x"), ("a" * 500, "x")])
def test_wrong_name_or_password_are_told_alike(browser: TestClient, database: Database, name: str, password: str) -> None:
    response = log_in(browser, name, password)
    assert response.status_code == 401 and "do not belong together" in response.text
    assert "set-cookie" not in response.headers
    ((actor, action),) = events(database)
    assert action == "log_in_failed" and actor in ("ada", "unknown")


def test_unreadable_forms_are_wrong_logins(browser: TestClient) -> None:
    for content in (b"name=" + b"x" * 100_000, b"\xff\xfe", b"a&b&c&d&e"):
        response = browser.post("/review/login", content=content, headers={"content-type": "application/x-www-form-urlencoded"})
        assert response.status_code == 401


def test_guessing_is_limited_by_address(browser: TestClient) -> None:
    for _ in range(3):
        assert log_in(browser, password="a wrong guess").status_code == 401
    response = log_in(browser)
    assert response.status_code == 429 and "wait 15 minutes" in response.text
    assert "set-cookie" not in response.headers


def test_behind_a_proxy_the_address_is_what_the_proxy_saw(
    database: Database, vocabulary: Library, interview: Interview, clock: Clock
) -> None:
    browser = visit(database, vocabulary, interview, clock, trust_proxy=True)
    for claimed in range(3):
        log_in(browser, "eve", headers={"x-forwarded-for": f"10.0.0.{claimed}, 192.0.2.1"})
    assert log_in(browser, "eve", headers={"x-forwarded-for": "192.0.2.1"}).status_code == 429
    assert log_in(browser, "eve", headers={"x-forwarded-for": "192.0.2.2"}).status_code == 401


def test_the_cookie_is_secure_where_the_request_is(
    database: Database, vocabulary: Library, interview: Interview, clock: Clock, browser: TestClient
) -> None:
    browser.base_url = browser.base_url.copy_with(scheme="https")
    assert "secure" in log_in(browser).headers["set-cookie"].lower()
    proxied = visit(database, vocabulary, interview, clock, trust_proxy=True)
    assert "secure" in log_in(proxied, headers={"x-forwarded-proto": "https"}).headers["set-cookie"].lower()


@pytest.mark.parametrize(
    ("headers", "allowed"),
    [
        ({"sec-fetch-site": "same-origin"}, True),
        ({"sec-fetch-site": "none"}, True),
        ({"sec-fetch-site": "cross-site"}, False),
        ({"sec-fetch-site": "same-site"}, False),
        ({"sec-fetch-site": "cross-site", "origin": "http://testserver"}, False),
        ({"origin": "http://testserver"}, True),
        ({"origin": "https://elsewhere.example"}, False),
        ({"origin": "null"}, False),
        ({}, True),
    ],
)
def test_forms_of_other_sites_are_refused(browser: TestClient, headers: dict[str, str], allowed: bool) -> None:
    response = log_in(browser, headers=headers)
    assert response.status_code == (303 if allowed else 403)
    if not allowed:
        assert "another website" in response.text and "set-cookie" not in response.headers
    log_in(browser)
    browser.post("/review/logout", headers=headers)
    assert browser.get("/review").status_code == (303 if allowed else 200)


def test_a_session_ends_when_its_hours_are_over(browser: TestClient, clock: Clock) -> None:
    log_in(browser)
    clock.time += dt.timedelta(hours=11, minutes=59)
    assert browser.get("/review").status_code == 200
    clock.time += dt.timedelta(minutes=2)
    assert browser.get("/review").status_code == 303


def test_a_new_password_or_removal_ends_the_sessions(browser: TestClient, database: Database) -> None:
    for end in (lambda: Users(database).put("ada", hash_password(PASSWORD)), lambda: Users(database).remove("ada")):
        log_in(browser)
        assert browser.get("/review").status_code == 200
        end()
        assert browser.get("/review").status_code == 303


def test_who_reads_a_conversation_is_noted_without_its_text(reviewer: TestClient, database: Database) -> None:
    Talk(database, "c1").say("unmistakable words")
    reviewer.get("/review/conversations/c1")
    reviewer.get("/review/conversations/c2")
    with database.read() as connection:
        noted = connection.execute(text("select actor, subject from audit_event where action = 'view_conversation'")).all()
    assert noted == [("ada", "c1")]
