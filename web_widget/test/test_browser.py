"""The widget in a real browser, on the demo pages, against the fake server.

Needs Node, `npm ci` in web_widget/ and Chromium; is skipped, with the reason, where one is missing.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

WIDGET = Path(__file__).parent.parent
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
    pytest.mark.skipif(not (WIDGET / "node_modules").is_dir(), reason="run `npm ci` in web_widget/ first"),
]


@pytest.fixture
def server() -> Iterator[str]:
    """The address of a fake server of its own."""
    process = subprocess.Popen(["node", str(WIDGET / "test/fake-server.mjs"), "0"], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    yield process.stdout.readline().split()[-1].rstrip("/")
    process.terminate()
    process.wait()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return watched(context.new_page())


faults: list[str] = []


@pytest.fixture(autouse=True)
def no_faults() -> Iterator[None]:
    """An error in a page, or a breach of its strict content policy, fails the test."""
    faults.clear()
    yield
    assert faults == []


def watched(page: Page) -> Page:
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on(
        "console", lambda message: faults.append(message.text) if "Content Security Policy" in message.text else None
    )
    return page


def opened(page: Page, server: str) -> Page:
    page.goto(server)
    page.get_by_role("button", name="AI readiness advisor").click()
    expect(page.get_by_role("button", name="Check our readiness")).to_be_visible()
    return page


def say(page: Page, words: str) -> None:
    page.get_by_label("Your message").fill(words)
    page.keyboard.press("Enter")


def focused(page: Page) -> str:
    return str(
        page.evaluate(
            "() => { let e = document.activeElement; while (e?.shadowRoot?.activeElement) e = e.shadowRoot.activeElement; return e.textContent || e.id; }"
        )
    )


def serious(page: Page) -> list[str]:
    """What axe finds, down to 'moderate', with the place."""
    page.add_script_tag(url="/axe.js")
    found = page.evaluate("() => axe.run(document, {resultTypes: ['violations']}).then(r => r.violations)")
    return [
        f"{rule['id']} ({rule['impact']}): {node['target']}"
        for rule in found
        if rule["impact"] != "minor"
        for node in rule["nodes"]
    ]


def test_a_question_is_answered_and_read_aloud_once(page: Page, server: str) -> None:
    opened(page, server)
    page.evaluate(
        "() => { window.heard = []; new MutationObserver(all => all.forEach(m => m.addedNodes.forEach(n => window.heard.push(n.textContent))))"
        ".observe(document.querySelector('[data-readiness-advisor] [role=log]'), {childList: true}); }"
    )
    say(page, "hello")
    expect(page.get_by_text("I heard: hello", exact=True)).to_be_visible()
    expect(page.locator("[data-readiness-advisor] p")).to_have_text("Advisor: I heard: hello.")
    assert page.evaluate("window.heard") == ["Advisor: I heard: hello."]
    expect(page.locator("[data-readiness-advisor] p")).to_have_count(0, timeout=5_000)
    assert focused(page) == "field", "an incoming message must not move the focus"


def test_escape_closes_and_gives_the_focus_back(page: Page, server: str) -> None:
    opened(page, server)
    launcher = page.get_by_role("button", name="AI readiness advisor")
    expect(launcher).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("dialog", name="AI readiness advisor")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(launcher).to_be_focused()


def test_the_whole_transcript_is_back_after_a_reload_with_the_answer_marked(page: Page, server: str) -> None:
    opened(page, server)
    page.get_by_role("button", name="Check our readiness").click()
    page.get_by_role("button", name="Sometimes").click()
    expect(page.get_by_text("2 of about 14")).to_be_visible()
    page.get_by_label("Your message").fill("half a thou")
    page.reload()
    expect(page.get_by_text("2 of about 14")).to_be_visible()
    expect(page.get_by_label("Your message")).to_have_value("half a thou")
    assert page.locator("ol.messages > li").count() == 4
    expect(page.get_by_role("button", name=re.compile("new message"))).to_have_count(0)
    expect(page.get_by_role("button", name="Sometimes, by mistake perhaps (your answer)")).to_have_attribute("aria-disabled", "true")


def test_enter_sends_shift_enter_breaks_and_composition_is_left_alone(page: Page, server: str) -> None:
    opened(page, server)
    field = page.get_by_label("Your message")
    field.press_sequentially("one")
    field.press("Shift+Enter")
    field.press_sequentially("two")
    field.dispatch_event("keydown", {"key": "Enter", "isComposing": True})
    expect(field).to_have_value("one\ntwo")
    field.press("Enter")
    expect(page.locator(".bubble")).to_have_text("one\ntwo")
    expect(field).to_have_value("")


def test_what_is_too_long_is_counted_and_not_sent(page: Page, server: str) -> None:
    opened(page, server)
    page.get_by_label("Your message").fill("x" * 1950)
    expect(page.get_by_text("50 characters left")).to_be_visible()
    page.get_by_label("Your message").fill("x" * 2003)
    page.keyboard.press("Enter")
    expect(page.get_by_text("3 characters too long")).to_be_visible()
    expect(page.locator(".bubble")).to_have_count(0)


def test_a_refused_message_is_marked_and_its_text_given_back(page: Page, server: str) -> None:
    opened(page, server)
    say(page, "refuse this")
    expect(page.get_by_text("Not sent. This message is too long.").first).to_be_visible()
    expect(page.get_by_label("Your message")).to_have_value("refuse this")


def test_what_is_sent_without_a_line_is_kept_and_goes_out_later(
    page: Page, context: BrowserContext, server: str
) -> None:
    opened(page, server)
    say(page, "drop it")  # the server cuts the line at the first try
    expect(page.get_by_text("I heard: drop it", exact=True)).to_be_visible()
    expect(page.locator("li.visitor")).to_have_count(1)


def test_two_tabs_show_one_conversation(page: Page, context: BrowserContext, server: str) -> None:
    opened(page, server)
    say(page, "from the first")
    expect(page.get_by_text("I heard: from the first", exact=True)).to_be_visible()
    other = opened(watched(context.new_page()), server)
    expect(other.get_by_text("I heard: from the first", exact=True)).to_be_visible()
    say(other, "from the second")
    expect(page.get_by_text("I heard: from the second", exact=True)).to_be_visible()
    page.get_by_role("button", name="Menu").click()
    page.get_by_role("button", name="Start over").click()
    page.get_by_role("button", name="Start over").click()
    for tab in (page, other):
        expect(tab.locator("ol.messages > li")).to_have_count(0)


def test_unread_messages_are_counted_in_the_launchers_name(page: Page, server: str) -> None:
    opened(page, server)
    say(page, "slow answer")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="AI readiness advisor 1 unread message")).to_be_visible(timeout=5_000)
    page.get_by_role("button", name="AI readiness advisor").click()
    expect(page.get_by_role("button", name=re.compile("unread"))).to_have_count(0)


def test_who_reads_further_up_stays_there(page: Page, server: str) -> None:
    opened(page, server)
    say(page, "long")
    expect(page.get_by_text("Paragraph 1 of", exact=False).first).to_be_in_viewport()
    say(page, "slow")
    page.locator(".scroll").evaluate("e => { e.scrollTop = 0; }")
    jump = page.get_by_role("button", name="1 new message")
    expect(jump).to_be_visible(timeout=5_000)
    assert page.locator(".scroll").evaluate("e => e.scrollTop") == 0
    jump.click()
    expect(page.get_by_text("I heard: slow", exact=True)).to_be_in_viewport()


def test_the_transcript_can_be_downloaded(page: Page, server: str) -> None:
    opened(page, server)
    say(page, "hello")
    expect(page.get_by_text("I heard: hello", exact=True)).to_be_visible()
    page.get_by_role("button", name="Menu").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download this conversation").click()
    text = Path(download.value.path()).read_text()
    assert "hello\n" in text and "Advisor, " in text


def test_html_from_the_server_stays_text(page: Page, server: str) -> None:
    opened(page, server)
    say(page, "html")
    expect(page.get_by_text("<b>bold</b>")).to_be_visible()
    assert page.title() == "Maple Street Family Clinic"


def test_feedback_is_sent_quietly(page: Page, server: str) -> None:
    opened(page, server)
    say(page, "answer")
    page.get_by_role("button", name="No", exact=True).click()
    page.get_by_label("What was missing?").fill("students")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Thank you.", exact=True)).to_be_visible()


def test_a_person_can_be_asked(page: Page, server: str) -> None:
    opened(page, server)
    say(page, "answer")
    page.get_by_role("button", name="Ask a person").click()
    form = page.get_by_role("form", name="Ask a person")
    form.get_by_role("button", name="Send").click()
    expect(form.get_by_role("alert")).to_contain_text("how to reach you")
    page.get_by_label("E-mail or phone").fill("me@example.org")
    page.get_by_label("What is it about?").fill("May students use it?")
    page.get_by_label("The support team may keep this").check()
    form.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Your message to the support team is stored.").first).to_be_visible()


def test_the_public_events_reach_the_page(page: Page, server: str) -> None:
    page.goto(server)
    page.evaluate(
        "() => { window.told = []; for (const n of ['open', 'close', 'message']) document.addEventListener('advisor:' + n, () => window.told.push(n)); }"
    )
    page.get_by_role("button", name="Check your AI readiness").click()
    say(page, "hello")
    expect(page.get_by_text("I heard: hello", exact=True)).to_be_visible()
    page.get_by_role("button", name="Close").click()
    assert page.evaluate("window.told") == ["open", "message", "close"]


@pytest.mark.parametrize("path", ["/", "/intranet"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser: Browser, server: str, path: str, scheme: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
    page = watched(context.new_page())
    page.goto(server + path)
    assert serious(page) == []
    if path == "/":
        page.get_by_role("button", name="AI readiness advisor").click()
    for words in ("question", "several", "answer", "notices", "emergency", "result", "refuse"):
        say(page, words)
        expect(page.locator("li.visitor").last).to_contain_text(words)
        page.wait_for_timeout(300)
    page.locator("readiness-advisor").evaluate(
        "e => e.shadowRoot.querySelectorAll('details').forEach(d => { d.open = true; })"
    )
    page.get_by_role("button", name="Menu").click()
    assert serious(page) == []
    context.close()


@pytest.mark.parametrize("width", [320, 640])
def test_nothing_runs_out_of_a_narrow_page(browser: Browser, server: str, width: int) -> None:
    """320 px is a 1280 px window at 400 %, 640 px at 200 %."""
    context = browser.new_context(viewport={"width": width, "height": 640})
    page = opened(watched(context.new_page()), server)
    for words in ("question", "several", "answer", "result"):
        say(page, words)
        page.wait_for_timeout(250)
    page.locator("readiness-advisor").evaluate(
        "e => e.shadowRoot.querySelectorAll('details').forEach(d => { d.open = true; })"
    )
    assert page.locator(".scroll").evaluate("e => e.scrollWidth - e.clientWidth") <= 0
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    small = page.locator("readiness-advisor").evaluate(
        "e => [...e.shadowRoot.querySelectorAll('button, summary, textarea, label.box')].filter(b => b.checkVisibility())"
        ".map(b => [b.textContent, b.getBoundingClientRect()]).filter(([, r]) => r.height < 44 || r.width < 44).map(([t, r]) => t + ' ' + r.width + 'x' + r.height)"
    )
    assert small == []
    context.close()
