"""The product in a real browser: the widget, the gateway, the model, the library and the records together."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Page, expect

from tests.conftest import Server


def ask(page: Page, words: str) -> None:
    page.get_by_label("Your message").fill(words)
    page.keyboard.press("Enter")


def test_a_manager_opens_the_chat_and_gets_a_dated_cited_answer(page: Page) -> None:
    page.goto("/")
    page.get_by_role("button", name="AI readiness advisor").click()
    expect(page.get_by_role("button", name="Check our readiness").first).to_be_visible()
    ask(page, "can i put patient notes into chatgpt?")
    sources = page.get_by_text(re.compile(r"Sources \(\d+\), newest checked"))
    expect(sources).to_be_visible()
    sources.click()
    expect(page.get_by_role("link", name=re.compile("164.502")).first).to_be_visible()


def test_staff_ask_on_the_intranet_and_follow_up(page: Page) -> None:
    page.goto("/intranet")
    ask(page, "do we need a business associate agreement for an ai scribe?")
    expect(page.get_by_role("button", name="What to do").last).to_be_visible()
    page.get_by_role("button", name="What to do").last.click()
    expect(page.get_by_text("What to do").first).to_be_visible()
    ask(page, "what is the capital of mongolia")
    expect(
        page.get_by_text(re.compile("would rather not guess|not among the subjects|no checked source|do not cover"))
    ).to_be_visible()


def test_the_interview_by_buttons_from_start_to_result_and_back_after_a_reload(page: Page) -> None:
    page.goto("/intranet")
    page.get_by_role("button", name="Short form (5 minutes)").click()
    for _ in range(40):
        expect(page.get_by_text(re.compile("Question \\d+ of about|Done; thank you")).last).to_be_visible()
        if page.get_by_text("Done; thank you").count():
            break
        asked = page.get_by_text(re.compile("Question \\d+ of about")).count()
        groups = page.get_by_role("group")
        group = groups.nth(groups.count() - 2)  # the last one holds the controls
        boxes = group.get_by_role("checkbox")
        if boxes.count():
            boxes.first.check()
            group.get_by_role("button").last.click()
        else:
            group.get_by_role("button").first.click()
        page.wait_for_function(
            "count => { const text = document.querySelector('readiness-advisor').shadowRoot.textContent;"
            " return text.includes('Done; thank you') || (text.match(/Question \\d+ of about/g) || []).length > count }",
            arg=asked,
        )
    expect(page.get_by_text("Privacy and compliance").first).to_be_attached()
    expect(page.get_by_role("table").first).to_be_attached()
    page.reload()
    expect(page.get_by_text("Done; thank you")).to_be_attached()


def test_what_was_typed_without_a_line_arrives_once_when_it_is_back(page: Page) -> None:
    page.goto("/intranet")
    ask(page, "hello")
    expect(page.get_by_text("I can check how ready")).to_be_visible()
    page.context.set_offline(True)
    page.evaluate("window.dispatchEvent(new Event('offline'))")
    ask(page, "what can you do?")
    page.context.set_offline(False)
    page.reload()
    expect(page.get_by_text("I can do two things")).to_be_visible()
    assert page.get_by_text("what can you do?", exact=True).count() == 1


def test_markup_in_a_message_is_text(page: Page) -> None:
    page.goto("/intranet")
    ask(page, "<img src=x onerror=alert(1)> hello <b>there</b>")
    expect(page.get_by_text("<img src=x onerror=alert(1)> hello <b>there</b>")).to_be_visible()
    page.reload()
    expect(page.get_by_text("<img src=x onerror=alert(1)> hello <b>there</b>")).to_be_visible()


def test_two_tabs_are_one_conversation(browser: Browser, server: Server) -> None:
    context = browser.new_context(base_url=server.url)
    first = context.new_page()
    first.goto("/intranet")
    ask(first, "hello")
    expect(first.get_by_text("I can check how ready")).to_be_visible()
    second = context.new_page()
    second.goto("/intranet")
    expect(second.get_by_text("I can check how ready")).to_be_visible()
    ask(second, "what can you do?")
    expect(first.get_by_text("I can do two things")).to_be_visible()
    context.close()


def test_personal_details_are_removed_and_the_visitor_is_told(page: Page) -> None:
    page.goto("/intranet")
    ask(page, "my patient Josephine Quackenbush, mrn 00482913, asks whether we use ai")
    expect(page.get_by_text("I removed what looked like personal details")).to_be_visible()
    page.reload()
    expect(page.get_by_text("[record number]").first).to_be_visible()
    assert page.get_by_text("Quackenbush").count() == 0


def test_by_keyboard_alone(page: Page) -> None:
    page.goto("/")
    launcher = page.get_by_role("button", name="AI readiness advisor")
    launcher.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Your message")).to_be_visible()
    page.get_by_label("Your message").focus()
    page.keyboard.type("hello")
    page.keyboard.press("Enter")
    expect(page.get_by_text("I can check how ready")).to_be_visible()
    page.keyboard.press("Escape")
    expect(launcher).to_be_focused()
