"""An article's body: Markdown to the nodes of ``bot.blocks``, with its source markers taken out.

Paragraphs, lists, emphasis, code and links are kept. HTML is shown as the text it is; what content
may not have (tables, images) is shown as text too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

from bot.blocks import Heading, ListNode, Node, Paragraph, Span
from bot.library.models import Part

MARKER = re.compile(r"\s*\[\^([^\]\s]+)\]")
HEADINGS = ("Short answer", "What to do", "Detail")
SAFE_LINK = re.compile(r"^(https?://|mailto:|tel:)")

_markdown = MarkdownIt("commonmark", {"html": False})


def parse_body(body: str, first_line: int) -> list[tuple[str, int, list[Part]]]:
    """The sections of a body as ``(heading, line, parts)``; text before the first heading has the heading ''.

    Args:
        body: Markdown.
        first_line: the line of the file on which ``body`` begins.
    """
    sections: list[tuple[str, int, list[Part]]] = [("", first_line, [])]
    for tokens in _blocks(_markdown.parse(body)):
        line = first_line + (tokens[0].map or [0])[0]
        if tokens[0].type == "heading_open" and tokens[0].tag in ("h1", "h2"):
            sections.append((tokens[1].content.strip(), line, []))
        else:
            sections[-1][2].extend(_parts(tokens, first_line))
    return sections if sections[0][2] else sections[1:]


def to_nodes(markdown: str) -> list[Node]:
    """A text of light Markdown as nodes."""
    return [part.node for _, _, parts in parse_body(markdown, 1) for part in parts]


def words_of(part: Part) -> str:
    """The words of a part without any marks: what is searched."""
    node = part.node
    rows = node.items if isinstance(node, ListNode) else [node.spans]
    return " ".join("".join(span.text for span in row) for row in rows)


def _blocks(tokens: list[Token]) -> Iterator[list[Token]]:
    """The tokens of each block at the top level."""
    block: list[Token] = []
    depth = 0
    for token in tokens:
        block.append(token)
        depth += token.nesting
        if depth == 0:
            yield block
            block = []


def _parts(tokens: list[Token], first_line: int) -> Iterator[Part]:
    line = first_line + (tokens[0].map or [0])[0]
    kind = tokens[0].type
    if kind in ("bullet_list_open", "ordered_list_open"):
        items = [_inline(item) for item in _items(tokens[1:-1])]
        markers = _markers(token.content for token in tokens if token.type == "inline")
        yield Part(node=ListNode(ordered=kind == "ordered_list_open", items=items), markers=markers, line=line)
    elif kind == "blockquote_open":
        for block in _blocks(tokens[1:-1]):
            yield from _parts(block, first_line)
    else:
        spans = _inline(tokens)
        if spans:
            node: Node = Heading(level=3, spans=spans) if kind == "heading_open" else Paragraph(spans=spans)
            yield Part(node=node, markers=_markers(token.content for token in tokens), line=line)


def _items(tokens: list[Token]) -> Iterator[list[Token]]:
    """Each item's tokens; an item of a nested list becomes an item of its own."""
    item: list[Token] = []
    for token in tokens:
        if token.type in ("list_item_open", "list_item_close"):
            if any(each.content for each in item):
                yield item
            item = []
        else:
            item.append(token)


def _inline(tokens: list[Token]) -> list[Span]:
    spans: list[Span] = []
    for token in tokens:
        if token.type == "inline":
            if spans:
                spans.append(Span(text=" "))
            spans.extend(_spans(token.children or []))
        elif token.content:
            spans.append(Span(text=token.content.rstrip("\n")))
    return _without_markers(spans)


def _spans(children: list[Token]) -> Iterator[Span]:
    strong = emphasis = 0
    href: str | None = None
    for token in children:
        match token.type:
            case "strong_open" | "strong_close":
                strong += token.nesting
            case "em_open" | "em_close":
                emphasis += token.nesting
            case "link_open":
                target = str(token.attrs.get("href", ""))
                href = target if SAFE_LINK.match(target) else None
            case "link_close":
                href = None
            case "code_inline":
                yield Span(text=token.content, style="code", href=href)
            case "softbreak" | "hardbreak":
                yield Span(text=" ")
            case _ if token.content:
                yield Span(
                    text=token.content, style="strong" if strong else "emphasis" if emphasis else "plain", href=href
                )


def _without_markers(spans: list[Span]) -> list[Span]:
    """The spans with markers cut out and neighbours of one kind joined."""
    joined: list[Span] = []
    for span in spans:
        if joined and (joined[-1].style, joined[-1].href) == (span.style, span.href):
            joined[-1] = span.model_copy(update={"text": joined[-1].text + span.text})
        else:
            joined.append(span)
    cut = [span.model_copy(update={"text": MARKER.sub("", span.text)}) for span in joined]
    return [span for span in cut if span.text]


def _markers(texts: Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(marker for text in texts for marker in MARKER.findall(text)))
