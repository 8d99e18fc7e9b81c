"""Questions to replies: an article's short answer with its sources, near titles, or 'nothing checked on that'."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.blocks import (
    Block,
    Choices,
    Citation,
    Citations,
    Control,
    Controls,
    Notice,
    Option,
    Paragraph,
    Span,
    Text,
)
from bot.language.places import places
from bot.library import replies
from bot.library.body import words_of
from bot.library.context import Context, current_day
from bot.library.local import LocalHit, LocalIndex
from bot.library.local.reply import BESIDE, NEAR_BESIDE, NOTHING_BESIDE, cited_first, from_policy, whole
from bot.library.models import Article, Library, Part
from bot.library.search import Hit, Search

MOST_SUGGESTED = 3
NEAR = 0.12
"""How far behind the best hit's score a title may be and still be offered."""

NONE = "none"
"""The value of the option that says that no title offered was meant."""


@dataclass(frozen=True)
class Answer:
    """A reply to a question. ``articles`` are the ids answered with or offered, ``confidence`` is of the first.

    ``policy`` is the key of the passage where the organisation's own policy answers; there may be no article then.
    """

    kind: Literal["answer", "suggest", "unknown"]
    articles: list[str]
    confidence: float
    blocks: list[Block]
    policy: str = ""


class Answerer:
    """Decides, by the search's confidence alone, whether a question is answered.

    Args:
        library: the articles.
        search: over the same articles.
        answer_confidence: from which on the best article is the answer, 0 to 1.
        suggest_confidence: from which on near titles are offered, 0 to 1.
        policy_confidence: from which on a passage of the organisation's own policies is cited, 0 to 1.
    """

    def __init__(
        self,
        library: Library,
        search: Search,
        answer_confidence: float = 0.5,
        suggest_confidence: float = 0.2,
        policy_confidence: float = 0.5,
    ) -> None:
        self._library = library
        self._search = search
        self._answer_confidence = answer_confidence
        self._suggest_confidence = suggest_confidence
        self._policy_confidence = policy_confidence

    def answer(self, question: str, context: Context) -> Answer:
        """The reply to a question in its conversation: the organisation's own policy first, where it answers."""
        found = self._from_library(question, context)
        hit = self._in_policies(question, context.policies)
        if hit is None or context.policies is None:
            return found
        said = from_policy(hit.passage, question, context.policies)
        beside = {"answer": BESIDE, "suggest": NEAR_BESIDE, "unknown": NOTHING_BESIDE}[found.kind]
        said = Text(nodes=[*said.nodes, *Text.of(beside).nodes])
        rest = [] if found.kind == "unknown" else found.blocks
        return Answer(
            "answer",
            found.articles if found.kind == "answer" else [],
            max(found.confidence, hit.confidence) if found.kind == "answer" else hit.confidence,
            cited_first(hit.passage, [said, *rest]),
            policy=hit.passage.key,
        )

    def _in_policies(self, text: str, policies: LocalIndex | None) -> LocalHit | None:
        """The passage of the organisation's own policies that answers a text, where one does."""
        hit = policies.find(text) if policies else None
        return hit if hit and hit.confidence >= self._policy_confidence else None

    def _from_library(self, question: str, context: Context) -> Answer:
        hits = self._search.find(question, context)
        if not hits or hits[0].confidence < self._suggest_confidence:
            return Answer("unknown", [], hits[0].confidence if hits else 0.0, self.nothing(context))
        if hits[0].confidence < self._answer_confidence:
            return self._suggest(hits, context)
        return self.show(hits[0].article_id, context, hits[0].confidence)

    def knows(self, text: str, context: Context | None = None, policies: LocalIndex | None = None) -> bool:
        """Whether ``answer`` would answer this text, with an article or from the policies."""
        if self._in_policies(text, policies):
            return True
        hits = self._search.find(text, context or Context(today=current_day()), limit=1)
        return bool(hits) and hits[0].confidence >= self._answer_confidence

    def answer_in_place(self, text: str, context: Context) -> Answer:
        """'And in Texas?': the subject of the last article, in the place that the text names.

        Where the place has articles, the nearest of them; where it has none, that is said, with what holds elsewhere.
        """
        named = places(text)
        last = self._library.articles.get(context.last_article or "")
        if not named or last is None:
            return self.answer(text, context)
        subject = replies.without_place(last.title)
        fresh = dataclasses.replace(context, last_article=None)
        hits = self._search.find(f"{subject} {replies.place_name(named[0])}", fresh, limit=len(self._library.articles))
        there = [hit for hit in hits if self._library.articles[hit.article_id].jurisdiction == named[0]]
        if there:
            return self.show(there[0].article_id, context)
        lead = Text.of(replies.NOTHING_ON_PLACE.format(place=replies.place_name(named[0])))
        if last.jurisdiction in ("US", "global"):
            found = self.show(last.id, context)
            return dataclasses.replace(found, blocks=[lead, *found.blocks])
        general = [hit for hit in hits if self._library.articles[hit.article_id].jurisdiction in ("US", "global")]
        near = [self._library.articles[hit.article_id] for hit in general[:MOST_SUGGESTED]]
        choices = _choices(replies.HOLDS_EVERYWHERE, near, Option(value=NONE, label=replies.NONE_OF_THESE))
        return Answer(
            "suggest", [article.id for article in near], general[0].confidence if general else 0.0, [lead, choices]
        )

    def show(self, article_id: str, context: Context, confidence: float = 1.0) -> Answer:
        """The reply with this article, as for a title that was chosen.

        An id that is not in the library (any more) gets the reply for what is unknown.
        """
        article = self._library.articles.get(article_id)
        if article is None:
            return Answer("unknown", [], 0.0, self.nothing(context))
        return Answer("answer", [article.id], confidence, self._short_answer(article, context))

    def more_of_policy(self, key: str, policies: LocalIndex) -> list[Block]:
        """The passage of this key with what stands around it in the policy; no block where it is gone."""
        passages = policies.around(key)
        return cited_first(passages[0], [whole(passages)]) if passages else []

    def nothing(self, context: Context) -> list[Block]:
        """'Nothing checked on that', in other words each time, with a person's contact where there is one."""
        lines = [replies.in_turn(replies.UNKNOWN, context.misses)]
        if context.contact:
            lines.append(replies.in_turn(replies.ASK_A_PERSON, context.misses).format(contact=context.contact))
        else:
            lines.append(replies.in_turn(replies.NEXT, context.misses))
        return [Text.of(*lines)]

    def detail(self, article_id: str) -> list[Block]:
        """The article's detail, its sources, and articles close to it.

        Raises:
            KeyError: no such article; so do the three methods below.
        """
        article = self._library.articles[article_id]
        blocks: list[Block] = [_text(article.detail), *self._citations(article, article.detail)]
        blocks.append(_controls(("steps", replies.STEPS), ("since", replies.SINCE)))
        near = [self._library.articles[other] for other in article.see_also if other in self._library.articles]
        return blocks + ([_choices(replies.CLOSE_TO_THIS, near[:MOST_SUGGESTED])] if near else [])

    def steps(self, article_id: str) -> list[Block]:
        """What to do."""
        article = self._library.articles[article_id]
        controls = _controls(("more", replies.MORE), ("sources", replies.SOURCES))
        return [_text(article.what_to_do), *self._citations(article, article.what_to_do), controls]

    def sources(self, article_id: str) -> list[Block]:
        """All sources of the article."""
        article = self._library.articles[article_id]
        return [*self._citations(article), _controls(("more", replies.MORE), ("steps", replies.STEPS))]

    def since(self, article_id: str) -> list[Block]:
        """Status, effective day, and when it was checked; what replaced it."""
        article = self._library.articles[article_id]
        blocks: list[Block] = [Text.of(*replies.since(article)), *self._citations(article, article.short_answer)]
        newer = self._newer(article)
        return blocks + ([_choices(replies.NEWER, [newer])] if newer else [])

    def _suggest(self, hits: Sequence[Hit], context: Context) -> Answer:
        near = [hit for hit in hits[:MOST_SUGGESTED] if hits[0].score - hit.score <= NEAR]
        articles = [self._library.articles[hit.article_id] for hit in near]
        wordings = replies.UNSURE if len(articles) > 1 else replies.UNSURE_ONE
        choices = _choices(
            replies.in_turn(wordings, context.misses), articles, Option(value=NONE, label=replies.NONE_OF_THESE)
        )
        return Answer("suggest", [article.id for article in articles], hits[0].confidence, [choices])

    def _short_answer(self, article: Article, context: Context) -> list[Block]:
        newer = self._newer(article)
        text = _text(article.short_answer)
        leads = [replies.place_lead(article, context.jurisdiction), replies.status_lead(article, newer, context.today)]
        spoken = [lead for lead in leads if lead and not _says_already(article, lead)]
        if spoken:
            first = Paragraph(spans=[Span(text=" ".join(spoken), style="strong")])
            text = Text(nodes=[first, *text.nodes])
        blocks: list[Block] = [text]
        if context.today > article.review_by:
            blocks.append(Notice(kind="stale", nodes=Text.of(replies.stale(article, context.today)).nodes))
        blocks += self._citations(article, article.short_answer)
        blocks.append(_controls(("more", replies.MORE), ("steps", replies.STEPS)))
        return blocks + ([_choices(replies.NEWER, [newer])] if newer else [])

    def _newer(self, article: Article) -> Article | None:
        return self._library.articles.get(article.superseded_by or "")

    def _citations(self, article: Article, parts: Iterable[Part] | None = None) -> list[Citations]:
        """The sources that the parts name, or all of the article's; no block where there are none."""
        wanted = None if parts is None else list(dict.fromkeys(marker for part in parts for marker in part.markers))
        refs = {ref.id: ref for ref in article.sources}
        items = []
        for source_id in refs if wanted is None else wanted:
            source = self._library.sources[source_id]
            items.append(
                Citation(
                    title=source.title,
                    publisher=source.publisher,
                    published=source.published,
                    url=source.url,
                    locator=refs[source_id].locator,
                    status=article.status,
                    as_of=article.as_of,
                )
            )
        return [Citations(items=items)] if items else []


def _text(parts: Iterable[Part]) -> Text:
    return Text(nodes=[part.node for part in parts])


def _says_already(article: Article, lead: str) -> bool:
    """Whether the short answer's own beginning says the same ('It is proposed, not law.')."""
    start = words_of(article.short_answer[0])[:120].lower()
    return lead.rstrip(".").lower() in start


def _controls(*items: tuple[str, str]) -> Controls:
    return Controls(items=[Control(action=action, label=label) for action, label in items])


def _choices(prompt: str, articles: Iterable[Article], *more: Option) -> Choices:
    return Choices(
        id="article", prompt=prompt, options=[*(Option(value=each.id, label=each.title) for each in articles), *more]
    )
