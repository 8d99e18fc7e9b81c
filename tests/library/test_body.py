"""Markdown to nodes: what is kept, what is shown as text, where markers and lines end up."""

from __future__ import annotations

import pytest

from bot.blocks import Heading, ListNode, Paragraph, Span
from bot.library import to_nodes
from bot.library.body import parse_body, words_of


def test_sections_with_lines_and_markers() -> None:
    body = "## Short answer\nYes.[^a] No [^b].\nMore.[^a]\n\n## Detail\n- one[^c]\n- two\n"
    sections = parse_body(body, 10)
    assert [(heading, line) for heading, line, _ in sections] == [("Short answer", 10), ("Detail", 14)]
    assert [(part.line, part.markers) for _, _, parts in sections for part in parts] == [(11, ("a", "b")), (15, ("c",))]
    assert words_of(sections[0][2][0]) == "Yes. No. More."


@pytest.mark.parametrize(
    ("markdown", "spans"),
    [
        (
            "a **b** *c* `d`",
            [("a ", "plain"), ("b", "strong"), (" ", "plain"), ("c", "emphasis"), (" ", "plain"), ("d", "code")],
        ),
        ("a <b>b</b>", [("a <b>b</b>", "plain")]),
        ("<script>x</script>", [("<script>x</script>", "plain")]),
        ("**b[^x]** c", [("b", "strong"), (" c", "plain")]),
        ("one\ntwo", [("one two", "plain")]),
    ],
)
def test_inline(markdown: str, spans: list[tuple[str, str]]) -> None:
    (node,) = to_nodes(markdown)
    assert isinstance(node, Paragraph)
    assert [(span.text, span.style) for span in node.spans] == spans


def test_only_safe_links() -> None:
    (node,) = to_nodes("[a](https://example.org) [b](javascript:alert(1)) [c](tel:988) [d](/relative)")
    assert isinstance(node, Paragraph)
    assert [span for span in node.spans if span.href] == [
        Span(text="a", href="https://example.org"),
        Span(text="c", href="tel:988"),
    ]


def test_lists_headings_and_quotes() -> None:
    nodes = to_nodes("### Sub\n\n1. one\n   more\n2. two\n   - nested\n\n> said\n")
    assert [type(node) for node in nodes] == [Heading, ListNode, Paragraph]
    assert isinstance(nodes[1], ListNode) and nodes[1].ordered
    assert nodes[1].plain == "1. one more\n2. two\n3. nested"


def test_empty() -> None:
    assert to_nodes("") == []
    assert to_nodes("[^a]") == []
