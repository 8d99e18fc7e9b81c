"""What is said where the organisation's own policy answers: its words first, marked as theirs, then what else holds."""

from __future__ import annotations

from collections.abc import Sequence

from bot.blocks import Block, Citation, Citations, Paragraph, Span, Text
from bot.library.local.index import LocalIndex, LocalPassage

YOUR_POLICY = "Your policy"
BESIDE = "Apart from your policy, this is what I have checked:"
NOTHING_BESIDE = "Apart from your policy I have nothing checked on this: no law, rule or guidance."
NEAR_BESIDE = "Apart from your policy I have nothing checked on exactly this."


def from_policy(passage: LocalPassage, question: str, index: LocalIndex) -> Text:
    """The passage, or about 90 words of it, under its document's title and its place there."""
    where = ", ".join(filter(None, (passage.title, passage.locator)))
    lead = Paragraph(spans=[Span(text=YOUR_POLICY, style="strong"), Span(text=f" ({where}):")])
    said = [Paragraph(spans=[Span(text=line)]) for line in index.excerpt(passage, question).split("\n") if line.strip()]
    return Text(nodes=[lead, *said])


def whole(passages: Sequence[LocalPassage]) -> Text:
    """Passages that follow each other, in full."""
    first = passages[0]
    where = ", ".join(dict.fromkeys(filter(None, (first.title, *(each.locator for each in passages)))))
    lead = Paragraph(spans=[Span(text=YOUR_POLICY, style="strong"), Span(text=f" ({where}), in full around this:")])
    lines = [line for each in passages for line in each.text.split("\n") if line.strip()]
    return Text(nodes=[lead, *(Paragraph(spans=[Span(text=line)]) for line in lines)])


def cited_first(passage: LocalPassage, blocks: Sequence[Block]) -> list[Block]:
    """The blocks with the policy as the first of the sources; a list of sources is added where there is none."""
    citation = Citation(
        title=passage.title,
        publisher="Your organization",
        published=passage.added.isoformat(),
        url="",
        locator=passage.locator or None,
        status="local",
        as_of=passage.added,
    )
    place = next((place for place, block in enumerate(blocks) if isinstance(block, Citations)), None)
    if place is None:
        at = 1 if blocks else 0
        return [*blocks[:at], Citations(items=[citation]), *blocks[at:]]
    there = blocks[place]
    assert isinstance(there, Citations)
    return [*blocks[:place], Citations(items=[citation, *there.items]), *blocks[place + 1 :]]
