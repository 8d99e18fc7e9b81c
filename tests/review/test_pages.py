"""What reviewers see of the records."""

from __future__ import annotations

import datetime as dt
import re
from html.parser import HTMLParser
from typing import Any

import pytest
from fastapi.testclient import TestClient

from bot.records import Conversations, Database
from bot.records.insight import PAGE
from bot.services import Services
from tests.review.conftest import START, Clock, Talk, asked, heard

CLINIC = {"organisation_type": "small_clinic", "jurisdiction": "US-OH"}


class Cells(HTMLParser):
    """The text of every table's rows, cell by cell, and the addresses of all links."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.links: list[str] = []
        self._open = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
            self._open = True
        if tag == "a":
            self.links.append(dict(attrs)["href"] or "")

    def handle_endtag(self, tag: str) -> None:
        self._open = self._open and tag not in ("td", "th")

    def handle_data(self, data: str) -> None:
        if self._open:
            self.rows[-1][-1] = f"{self.rows[-1][-1]} {data}".strip()


def cells(browser: TestClient, path: str) -> Cells:
    response = browser.get(path)
    assert response.status_code == 200, response.text
    return Cells(response.text)


def test_an_empty_console_says_so(reviewer: TestClient) -> None:
    assert "No barrier was heard" in reviewer.get("/review").text
    assert "Nobody asked to be contacted" in reviewer.get("/review").text
    assert "There are no conversations." in reviewer.get("/review/conversations").text
    assert "There are no unanswered questions." in reviewer.get("/review/questions").text


def test_barriers_are_counted_by_organisation_and_conversation(reviewer: TestClient, database: Database) -> None:
    first = Talk(database, "c1").say("hipaa", mentions=heard("privacy"), assessment=asked(CLINIC, {}, of="a1"))
    first.say("hipaa again", mentions=heard("privacy", "cost")).say("and again", mentions=heard("privacy"))
    Talk(database, "c2").say("phi", mentions=heard("privacy"), assessment=asked(CLINIC, {}, of="a2"))
    Talk(database, "c3").say("no money, and phi", mentions=heard("privacy", "cost"))
    rows = cells(reviewer, "/review").rows
    assert rows == [
        ["Barrier", "Organisations", "Conversations"],
        ["Worry about patient privacy and HIPAA", "2", "3"],
        ["Cost and unclear return", "1", "2"],
    ]


def test_the_overview_counts_within_the_chosen_time(reviewer: TestClient, database: Database, clock: Clock) -> None:
    for days in (0, 8, 31, 91):
        talk = Talk(database, f"c{days}", START - dt.timedelta(days=days))
        talk.say("hipaa", mentions=heard("privacy"), outcome={"kind": "unknown"})
        at = START - dt.timedelta(days=days)
        Conversations(database).add_feedback(f"c{days}", 2, days > 0, "", at)
        for request in ("k1", "k2"):
            Conversations(database).add_contact(f"c{days}", request, "", "", "call me", at)
    totals = {}
    for period in ("7", "30", "90", "all", "", "1e9", "-1", "²"):
        page = reviewer.get("/review", params={"days": period}).text
        totals[period] = [int(count) for count in re.findall(r"<dd>([\d,]+)</dd>", page)]
        assert Cells(page).rows[1] == ["Worry about patient privacy and HIPAA", "0", str(totals[period][0])]
    assert totals["7"] == [1, 0, 2, 1, 0, 1]
    assert totals["30"] == [2, 0, 4, 2, 1, 1]
    assert totals["90"] == [3, 0, 6, 3, 2, 1]
    assert totals["all"] == [4, 0, 8, 4, 3, 1]
    assert totals[""] == totals["1e9"] == totals["-1"] == totals["²"] == totals["30"]


def test_a_count_leads_to_exactly_its_conversations(reviewer: TestClient, database: Database) -> None:
    Talk(database, "old", START - dt.timedelta(days=40)).say("hipaa", mentions=heard("privacy"))
    Talk(database, "new").say("hipaa", mentions=heard("privacy")).say("phi", mentions=heard("privacy"))
    Talk(database, "other").say("budget", mentions=heard("cost"))
    overview = cells(reviewer, "/review")
    (link,) = [link for link in overview.links if "privacy" in link]
    assert [link for link in cells(reviewer, link).links if "/conversations/" in link] == ["/review/conversations/new"]
    everything = cells(reviewer, "/review/conversations?barrier=privacy").links
    assert [link.rpartition("/")[2] for link in everything if "/conversations/" in link] == ["new", "old"]


def test_a_row_tells_what_the_conversation_is(reviewer: TestClient, database: Database) -> None:
    talk = Talk(database, "c1").say("we are four doctors", assessment=asked(CLINIC, {}))
    talk.say("worried about hipaa and cost", mentions=heard("privacy", "cost"))
    Talk(database, "c2", START - dt.timedelta(days=1)).say("hello")
    assert cells(reviewer, "/review/conversations").rows[1:] == [
        [
            "we are four doctors", "Small clinic (2 to 10 clinicians), Ohio Site: Demo",
            "Cost and unclear return Worry about patient privacy and HIPAA", "4", "1 Jul 2026, 12:01",
        ],
        ["hello", "Not known Site: Demo", "None", "2", "30 Jun 2026, 12:00"],
    ]  # fmt: skip


@pytest.mark.parametrize("barrier", ["", "privacy"])
def test_every_conversation_is_on_one_page_once(reviewer: TestClient, database: Database, barrier: str) -> None:
    count = 2 * PAGE + 3
    for number in range(count):
        # several at the same moment, so that the id decides
        talk = Talk(database, f"c{number:03}", START + dt.timedelta(minutes=number // 4))
        talk.say("hipaa", mentions=heard("privacy"))
    seen: list[str] = []
    link: str | None = f"/review/conversations?barrier={barrier}"
    pages = 0
    while link:
        page = cells(reviewer, link)
        seen += [each.rpartition("/")[2] for each in page.links if "/conversations/" in each]
        link = next((each for each in page.links if "before=" in each), None)
        pages += 1
    assert seen == [f"c{number:03}" for number in reversed(range(count))] and pages == 3


def test_a_list_of_exactly_one_page_has_no_next(reviewer: TestClient, database: Database) -> None:
    for number in range(PAGE):
        Talk(database, f"c{number}").say("x", outcome={"kind": "unknown"})
    for path in ("/review/conversations", "/review/questions"):
        assert not [link for link in cells(reviewer, path).links if "before=" in link]


def test_parameters_that_mean_nothing_are_ignored(reviewer: TestClient, database: Database) -> None:
    Talk(database, "c1").say("budget", mentions=heard("cost"), outcome={"kind": "unknown"})
    day = "before=2026-07-09T00:00:00Z"
    no_places = ["before=nonsense", "before=2026-07-02,c1", "before=9999-12-31T23:59:59-14:00,c1"]
    no_places += ["before=0001-01-01T00:00:00%2B14:00,c", f"{day},%00", f"{day},99999999999999999999", f"{day},²"]
    for query in [*no_places, "barrier=nonsense", "barrier=%00", "days=no", "page=2"]:
        for path in ("/review/conversations", "/review/questions"):
            assert len(cells(reviewer, f"{path}?{query}").rows) == 2, query


def test_unanswered_questions_are_listed_page_by_page(
    reviewer: TestClient, database: Database, services: Services
) -> None:
    near = {"kind": "suggest", "articles": ["shadow-ai", "gone-article"], "confidence": 0.3}
    Talk(database, "c1").say("what about staff using chatgpt", outcome=near)
    Talk(database, "c2", START - dt.timedelta(hours=1)).say("what about Mars", outcome={"kind": "unknown"})
    for number in range(PAGE):
        talk = Talk(database, f"d{number}", START - dt.timedelta(days=1))
        talk.say(f"question {number}", outcome={"kind": "unknown"})
    page = cells(reviewer, "/review/questions")
    offered = f"Not sure, so it offered: {services.library.articles['shadow-ai'].title} gone-article"
    assert page.rows[1] == ["what about staff using chatgpt", offered, "1 Jul 2026, 12:00"]
    assert page.rows[2] == ["what about Mars", "Nothing near", "1 Jul 2026, 11:00"]
    assert "/review/conversations/c1" in page.links
    (older,) = [link for link in page.links if "before=" in link]
    rest = cells(reviewer, older)
    assert [row[0] for row in rest.rows[1:]] == ["question 1", "question 0"]
    assert not [link for link in rest.links if "before=" in link]
    assert len(cells(reviewer, "/review").rows) == 1 + 10, "the first page has the newest ten"


def test_who_asked_to_be_contacted_is_on_the_overview_newest_first(reviewer: TestClient, database: Database) -> None:
    Talk(database, "c1", START - dt.timedelta(days=40)).say("hello")
    Talk(database, "c2", START - dt.timedelta(days=1)).say("hello")
    records = Conversations(database)
    records.add_contact("c1", "k0", "Old", "old@clinic.example", "long ago", START - dt.timedelta(days=40))
    assert "Nobody asked to be contacted" in reviewer.get("/review").text
    for number in range(10):
        at = START - dt.timedelta(minutes=number // 2)  # two at the same moment, so that the id decides
        records.add_contact("c2", f"k{number}", f"Visitor {number}", "", f"request {number}", at)
    page = cells(reviewer, "/review")
    assert page.rows[1] == ["request 1", "Visitor 1", "1 Jul 2026, 12:00"]
    assert [row[0] for row in page.rows[1:]] == [f"request {number}" for number in (1, 0, 3, 2, 5, 4, 7, 6, 9, 8)]
    assert page.links.count("/review/conversations/c2#contacts") == 10
    assert "10 requests, newest first" in reviewer.get("/review").text
    ever = reviewer.get("/review?days=all").text
    assert "The newest 10 of 11 requests" in ever and "long ago" not in ever
    records.add_contact("c1", "k1", " ", "", "", START)
    assert cells(reviewer, "/review").rows[1] == ["(nothing)", "Not given", "1 Jul 2026, 12:00"]


def test_how_to_reach_someone_is_on_the_conversations_page_only(reviewer: TestClient, database: Database) -> None:
    records = Conversations(database)
    for conversation in ("c1", "c2", "c3"):
        Talk(database, conversation).say("hello")
    records.add_contact("c1", "k2", "", "", "second", START + dt.timedelta(hours=1))
    records.add_contact("c1", "k1", "Kim", "kim@clinic.example", "first\nand more", START)
    records.add_contact("c2", "k1", "Lee", "lee@clinic.example", "other", START)
    assert "kim@clinic.example" not in reviewer.get("/review").text, "whose details are read is noted, so not here"
    page = reviewer.get("/review/conversations/c1").text
    assert Cells(page).rows == [
        ["About", "Name", "How to reach them", "When (UTC)"],
        ["first\nand more", "Kim", "kim@clinic.example", "1 Jul 2026, 12:00"],
        ["second", "Not given", "Not given", "1 Jul 2026, 13:00"],
    ]
    assert 'id="contacts"' in page and "lee@clinic.example" not in page
    assert "Asked to be contacted" not in reviewer.get("/review/conversations/c3").text


def test_a_conversation_is_shown_in_full(reviewer: TestClient, database: Database, services: Services) -> None:
    answers: dict[str, dict[str, Any]] = {
        "organisation_type": {"kind": "option", "value": "small_clinic"},
        "clinicians": {"kind": "option", "value": 5},
        "gone_question": {"kind": "option", "value": 2, "said": "sort of"},
        "jurisdiction": {"kind": "unknown"},
    }
    mentions = [*heard("privacy"), *heard("old_id", by="answer")]
    talk = Talk(database, "c1").say("worried about hipaa", "first line\nsecond line", mentions=mentions)
    nothing = {"kind": "unknown", "articles": ["shadow-ai"]}
    talk.say("and Mars?", "I have nothing on that.", outcome=nothing, assessment=asked(CLINIC, answers, True))
    Conversations(database).add_feedback("c1", 4, False, "this did not help", START)
    response = reviewer.get("/review/conversations/c1")
    said = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.text))
    assert "first line\nsecond line" in response.text
    for expected in (
        "Visitor 1 Jul 2026, 12:00 worried about hipaa Barriers heard",
        "Worry about patient privacy and HIPAA by words: “privacy” old_id by answer: “old_id”",
        "Advisor 1 Jul 2026, 12:01 I have nothing on that. Rated not helpful this did not help",
        f"and Mars? Not answered Not close enough to offer: {services.library.articles['shadow-ai'].title}",
        "Finished, version 2026.1 of the questions",
    ):
        assert expected in said
    text = {question.id: question.text for question in services.interview.all_questions}
    assert Cells(response.text).rows[1:] == [
        [text["organisation_type"], "Small clinic (2 to 10 clinicians)", "–"],
        [text["clinicians"], "5", "–"],
        ["gone_question", "2", "sort of"],
        [text["jurisdiction"], "I don't know", "–"],
    ]


def test_what_visitors_type_is_never_markup(reviewer: TestClient, database: Database) -> None:
    evil = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
    answers = {evil: {"kind": "option", "value": evil, "said": evil}}
    assessment = asked({"organisation_type": evil}, answers)
    outcome = {"kind": "suggest", "articles": [evil]}
    talk = Talk(database, "c1").say(evil, evil, mentions=heard(evil[:40]), outcome=outcome, assessment=assessment)
    Conversations(database).add_feedback("c1", 2, True, evil, talk.at)
    Conversations(database).add_contact("c1", "k1", evil, evil, evil, talk.at)
    for path in ("", "/conversations", "/conversations/c1", "/questions", f"/{evil}"):
        page = reviewer.get(f"/review{path}").text
        assert "<script" not in page and "<img" not in page
    assert "&lt;script&gt;" in reviewer.get("/review/conversations/c1").text
    assert "<script" not in reviewer.get("/review/login", params={"next": evil}).text


def test_what_does_not_exist_gets_a_page_that_says_so(reviewer: TestClient) -> None:
    gone = [f"/conversations/{id}" for id in ("unknown", "%00", "x" * 5000, "ü", "a/b")]
    for path in [*gone, "/nowhere", "/a/b/c"]:
        response = reviewer.get(f"/review{path}")
        assert response.status_code == 404 and "<h1>Not found</h1>" in response.text
        assert 'href="/review"' in response.text


def test_pages_may_load_only_the_style_sheet_and_are_never_stored(reviewer: TestClient, database: Database) -> None:
    Talk(database, "c1").say("hipaa", mentions=heard("privacy"))
    for path in ("", "/", "/conversations", "/conversations/c1", "/questions", "/nowhere"):
        response = reviewer.get(f"/review{path}")
        assert response.headers["cache-control"] == "no-store"
        policy = response.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; style-src 'self'") and "unsafe" not in policy
        assert '<link rel="icon" href="data:,">' in response.text and "img-src data:;" in policy
        assert not re.search(r"\sstyle=|\son\w+=|<script|<style|https?://", response.text)
        assert response.text.count("<h1") == 1 and "<main" in response.text and 'class="skip"' in response.text
    style = reviewer.get("/review/static/review.css")
    assert style.status_code == 200 and style.headers["content-type"].startswith("text/css")
