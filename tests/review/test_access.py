"""Who gets in, who does not, and what is noted of it."""

from __future__ import annotations

import datetime as dt
import time

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select, text

from bot.address import visitor_address
from bot.errors import AdvisorError
from bot.records import Database, Users
from bot.records.tables import AuditEvent, UserSession
from bot.review.access import COOKIE
from bot.review.passwords import hash_password, verify
from tests.review.conftest import PASSWORD, START, Clock, Talk, Visit, log_in


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


def test_every_page_asks_for_a_login_and_comes_back(browser: TestClient) -> None:
    for path in ("", "/conversations", "/conversations/c1", "/questions", "/elsewhere"):
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


def test_after_the_login_nobody_is_sent_elsewhere(browser: TestClient) -> None:
    for wanted in ("https://elsewhere.example", "//elsewhere.example", "/\\elsewhere.example", "/demo", "review", ""):
        assert log_in(browser, next=wanted).headers["location"] == "/review"


def test_wrong_name_or_password_are_told_alike(visit: Visit, database: Database) -> None:
    browser = visit(login_attempts=10)
    for name, password in (("ada", "wrong password"), ("bob", PASSWORD), ("", ""), ("ada\0", "x"), ("a" * 500, "x")):
        response = log_in(browser, name, password)
        assert response.status_code == 401 and "do not belong together" in response.text
        assert "set-cookie" not in response.headers
    noted = [(actor, "log_in_failed") for actor in ("ada", "unknown", "unknown", "ada", "unknown")]
    assert events(database) == noted, "a name that is nobody's is not noted: it may be a password in the wrong field"


def test_an_unknown_name_takes_as_long_as_a_known_one(visit: Visit) -> None:
    browser = visit(login_attempts=10)

    def fastest(name: str) -> float:
        times = []
        for _ in range(3):
            begin = time.perf_counter()
            log_in(browser, name, "a wrong guess")
            times.append(time.perf_counter() - begin)
        return min(times)

    # without the hash of nobody's password the unknown name would be answered some ten times faster
    assert fastest("nobody") > fastest("ada") / 3


def test_unreadable_forms_are_wrong_logins(browser: TestClient) -> None:
    for content in (b"name=" + b"x" * 100_000, b"\xff\xfe", b"a&b&c&d&e"):
        headers = {"content-type": "application/x-www-form-urlencoded"}
        response = browser.post("/review/login", content=content, headers=headers)
        assert response.status_code == 401


def test_guessing_is_limited_by_address(browser: TestClient) -> None:
    for _ in range(3):
        assert log_in(browser, password="a wrong guess").status_code == 401
    response = log_in(browser)
    assert response.status_code == 429 and "wait 15 minutes" in response.text
    assert "set-cookie" not in response.headers


def test_behind_a_proxy_the_address_is_what_the_proxy_saw(visit: Visit) -> None:
    browser = visit(trust_proxy=True)
    for claimed in range(3):
        log_in(browser, "eve", headers={"x-forwarded-for": f"10.0.0.{claimed}, 192.0.2.1"})
    assert log_in(browser, "eve", headers={"x-forwarded-for": "192.0.2.1"}).status_code == 429
    assert log_in(browser, "eve", headers={"x-forwarded-for": "192.0.2.2"}).status_code == 401


def test_without_a_trusted_proxy_nobody_claims_another_address(browser: TestClient) -> None:
    for claimed in range(3):
        log_in(browser, "eve", headers={"x-forwarded-for": f"10.0.0.{claimed}"})
    assert log_in(browser, "eve", headers={"x-forwarded-for": "10.0.0.9"}).status_code == 429


@pytest.mark.parametrize(
    ("peer", "forwarded", "trusted", "address"),
    [
        ("10.0.0.1", [], True, "10.0.0.1"),
        ("10.0.0.1", [""], True, "10.0.0.1"),
        ("10.0.0.1", ["192.0.2.1"], True, "192.0.2.1"),
        ("10.0.0.1", ["192.0.2.9, 192.0.2.1 "], True, "192.0.2.1"),
        # some proxies add a header of their own instead of extending the sender's
        ("10.0.0.1", ["192.0.2.9", "192.0.2.1"], True, "192.0.2.1"),
        ("10.0.0.1", ["192.0.2.1"], False, "10.0.0.1"),
        (None, ["192.0.2.1"], False, "unknown"),
        (None, ["x" * 101], True, "x" * 100),
    ],
)
def test_only_the_last_address_of_a_trusted_proxy_counts(
    peer: str | None, forwarded: list[str], trusted: bool, address: str
) -> None:
    assert visitor_address(peer, forwarded, trusted) == address


def test_the_cookie_is_secure_where_the_request_is(visit: Visit) -> None:
    browser = visit()
    browser.base_url = browser.base_url.copy_with(scheme="https")
    assert "secure" in log_in(browser).headers["set-cookie"].lower()
    proxied = visit(trust_proxy=True)
    assert "secure" in log_in(proxied, headers={"x-forwarded-proto": "https"}).headers["set-cookie"].lower()


def test_forms_of_other_sites_are_refused(browser: TestClient) -> None:
    ours = [{"sec-fetch-site": "same-origin"}, {"sec-fetch-site": "none"}, {"origin": "http://testserver"}, {}]
    others = [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "cross-site", "origin": "http://testserver"},
        {"origin": "https://elsewhere.example"},
        {"origin": "null"},
    ]
    for headers in ours:
        assert log_in(browser, headers=headers).status_code == 303
        assert browser.post("/review/logout", headers=headers).status_code == 303
        assert browser.get("/review").status_code == 303
    for headers in others:
        response = log_in(browser, headers=headers)
        assert response.status_code == 403 and "another website" in response.text
        assert "set-cookie" not in response.headers
    log_in(browser)
    for headers in others:
        assert browser.post("/review/logout", headers=headers).status_code == 403
        assert browser.get("/review").status_code == 200


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


def test_what_is_noted_bears_the_time_of_the_consoles_clock(
    browser: TestClient, database: Database, clock: Clock
) -> None:
    Talk(database, "c1").say("hello")
    log_in(browser, password="a wrong guess")
    log_in(browser)
    clock.time += dt.timedelta(minutes=5)
    browser.get("/review/conversations/c1")
    browser.post("/review/logout")
    with database.read() as connection:
        times = connection.scalars(select(AuditEvent.at).order_by(AuditEvent.id)).all()
    assert times == [START, START, clock.time, clock.time]


def test_who_reads_a_conversation_is_noted_without_its_text(reviewer: TestClient, database: Database) -> None:
    Talk(database, "c1").say("unmistakable words")
    reviewer.get("/review/conversations/c1")
    reviewer.get("/review/conversations/c2")
    with database.read() as connection:
        viewed = text("select actor, subject from audit_event where action = 'view_conversation'")
        noted = connection.execute(viewed).all()
    assert noted == [("ada", "c1")]
