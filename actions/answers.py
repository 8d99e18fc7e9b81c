"""Questions to the library, and what visitors ask next about an answer."""

from __future__ import annotations

from abc import ABC, abstractmethod

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.reply import reply
from actions.slots import ARTICLE, MISSES, Event, context_of, entity_of, run_of, set_slot, text_of
from bot.blocks import Block, Text
from bot.library import Answer
from bot.menu import menu
from bot.readiness import applying_duties
from bot.services import current, policies


def _give(dispatcher: CollectingDispatcher, tracker: Tracker, answer: Answer) -> list[Event]:
    """Utters an answer of the library; remembers the article, or that nothing was found."""
    reply(dispatcher, answer.blocks, answer.kind, answer.articles, answer.confidence)
    if answer.kind == "answer":
        # a policy may answer without an article: then 'more' is about the policy, and not about an older article
        return [set_slot(ARTICLE, next(iter(answer.articles), answer.policy)), set_slot(MISSES, 0)]
    return [set_slot(MISSES, int(tracker.get_slot(MISSES) or 0) + 1)]


class AnswerQuestion(Action):
    """Answers from the library, offers what is near, or says that there is nothing."""

    def name(self) -> str:
        return "action_answer"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[Event]:
        services = current()
        return _give(dispatcher, tracker, services.answerer.answer(text_of(tracker), context_of(tracker, services)))


class AnswerAboutPlace(Action):
    """'And what about Texas?': the same subject, in another place."""

    def name(self) -> str:
        return "action_answer_about_place"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[Event]:
        services = current()
        return _give(
            dispatcher, tracker, services.answerer.answer_in_place(text_of(tracker), context_of(tracker, services))
        )


class NoneOfThese(Action):
    """None of the articles offered was meant."""

    def name(self) -> str:
        return "action_none_of_these"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[Event]:
        services = current()
        reply(dispatcher, services.answerer.nothing(context_of(tracker, services)), "unknown", confidence=0.0)
        return [set_slot(MISSES, int(tracker.get_slot(MISSES) or 0) + 1)]


class ShowArticle(Action):
    """Answers with the article that was chosen from a list."""

    def name(self) -> str:
        return "action_article"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[Event]:
        services = current()
        return _give(
            dispatcher, tracker, services.answerer.show(entity_of(tracker, "article"), context_of(tracker, services))
        )


class _FollowUp(Action, ABC):
    """More about the article on the table."""

    @abstractmethod
    def name(self) -> str:
        """The action's name in `domain.yml`."""

    @abstractmethod
    def blocks(self, article: str, tracker: Tracker) -> list[Block]:
        """What to show of the article."""

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[Event]:
        services = current()
        article = tracker.get_slot(ARTICLE)
        own = policies()
        if own and article and (blocks := services.answerer.more_of_policy(article, own)):
            reply(dispatcher, blocks, "answer")
            return []
        if article not in services.library.articles:
            # nothing is on the table, so the words are a question of their own
            return _give(dispatcher, tracker, services.answerer.answer(text_of(tracker), context_of(tracker, services)))
        reply(dispatcher, self.blocks(article, tracker), "answer", [article])
        return []


class ArticleDetail(_FollowUp):
    """The article's detail."""

    def name(self) -> str:
        return "action_article_detail"

    def blocks(self, article: str, tracker: Tracker) -> list[Block]:
        return current().answerer.detail(article)


class ArticleSteps(_FollowUp):
    """What to do."""

    def name(self) -> str:
        return "action_article_steps"

    def blocks(self, article: str, tracker: Tracker) -> list[Block]:
        return current().answerer.steps(article)


class ArticleSources(_FollowUp):
    """The article's sources."""

    def name(self) -> str:
        return "action_article_sources"

    def blocks(self, article: str, tracker: Tracker) -> list[Block]:
        return current().answerer.sources(article)


class ArticleSince(_FollowUp):
    """Since when, and whether it is law."""

    def name(self) -> str:
        return "action_article_since"

    def blocks(self, article: str, tracker: Tracker) -> list[Block]:
        return current().answerer.since(article)


class ArticleApplies(_FollowUp):
    """Whether the article's duties apply to this organisation."""

    def name(self) -> str:
        return "action_article_applies"

    def blocks(self, article: str, tracker: Tracker) -> list[Block]:
        library, run = current().library, run_of(tracker)
        duties = [duty for duty in library.duties.values() if duty.article == article]
        if policies() and (own := current().answerer.answer(text_of(tracker), context_of(tracker, current()))).policy:
            return own.blocks  # 'and for students?': whom the organisation's own policy covers
        if run is None or not run.state.profile:
            named = current().answerer.answer(text_of(tracker), context_of(tracker, current()))
            if named.kind != "unknown" and article not in named.articles:
                return named.blocks  # 'and for students?' names a subject of its own
            example = (
                "I know nothing of your organization yet. Tell me, for example: 'small clinic in Ohio, 5 clinicians'."
            )
            return [Text.of(example), menu("start_interview")]
        if not duties:
            return [
                Text.of("This is guidance or information; I have no duty on record that follows from it."),
                *current().answerer.sources(article),
            ]
        applying = {duty.id: how for duty, how in applying_duties(duties, run.state.profile)}
        words = {
            "yes": "Yes, from what you told me",
            "maybe": "It may; I would need to know more of you",
            None: "No, from what you told me",
        }
        lines = [f"{words[applying.get(duty.id)]}: {duty.title}. {duty.do}" for duty in duties]
        return [Text.of(*lines), *current().answerer.sources(article)]
