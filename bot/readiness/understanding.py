"""From what visitors type to answers: options, 'don't know', 'does not apply', and a description of the organisation.

The vocabulary (labels and aliases) is the instrument's; only plain English such as yes, no and numbers lives here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from difflib import SequenceMatcher

from bot.readiness import words as w
from bot.readiness.assessment import Answer
from bot.readiness.conditions import NO_USE, OptionValue, Profile, ProfileValue, evaluate
from bot.readiness.model import Interview
from bot.readiness.parts import AnyQuestion, ProfileQuestion

FUZZY = 0.85
"""The least likeness (difflib ratio) of a whole reply and a label or alias to take a misspelling for it."""
OVERLAP = 0.6
"""The least share of words (Dice) a reply and a label have in common to be taken as the same."""
MARGIN = 0.1
"""How much better than the next option the best must be."""
SHORTEST_TELLING = 4
"""Letters a word of a label needs to stand for its option by itself."""

_UNKNOWN = w.listed(
    "dont know|do not know|dont really know|not sure|no idea|unsure|idk|dunno|no clue|cant say|not certain|"
    "havent a clue|couldnt say|couldnt tell you|hard to say|who knows|wouldnt know",
    "|",
)
_NOT_APPLICABLE = w.listed(
    "not applicable|does not apply|doesnt apply|n a|na|not relevant|irrelevant for us|doesnt concern us|"
    "not something we do",
    "|",
)
_YES = frozenset(w.listed("yes yeah yep yup sure correct right absolutely definitely certainly indeed y"))
_NO = frozenset(w.listed("no nope nah never none nothing n"))
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5}
_PICK = re.compile(r"^(?:option|number|answer|no)? ?(?:([1-9])|([a-e]))$")


_HEDGES = frozenset(("hope", "hopefully", "shouldnt", "supposed"))


def understand_answer(question: AnyQuestion, text: str) -> Answer | None:
    """The answer a typed reply gives to a question, or ``None`` where it can't be told."""
    found = w.split(text)
    if w.find(found, ((phrase, True) for phrase in _UNKNOWN), negations=False) or text.strip() in {"?", "??"}:
        return Answer(kind="unknown", said=text)
    value = None if w.normal(text) in _NOT_APPLICABLE else match_option(question, text)
    if value is not None:
        return Answer.option(value, text)
    if w.find(found, ((phrase, True) for phrase in _NOT_APPLICABLE), negations=False):
        return Answer(kind="not_applicable", said=text)
    return None


def match_option(question: AnyQuestion, text: str) -> OptionValue | list[str] | None:
    """The value of the option a text means, a list of them where several may be chosen, or ``None``.

    Tries, in this order: a number that is itself the value, the option's number or letter, its exact label or alias,
    phrases inside the text, yes or no, and at last likeness.
    """
    found = w.split(text)
    if not found:
        return None
    if isinstance(question, ProfileQuestion) and question.multiple:
        return _match_several(question, found, text)
    exact = _exact(question, text)
    if exact is not None:
        return exact
    if isinstance(question, ProfileQuestion) and question.numeric:
        amount = w.count(found, question.counted, question.totals)
        amount = w.number(found) if amount is None else amount
        if amount is not None:
            return amount
    else:
        picked = _picked(question, found)
        if picked is not None:
            return picked
    if _HEDGES & {word.text for word in found}:
        return None  # 'they shouldn't but they do', 'i hope not': half of it would mean the opposite
    by_label = _only(set(_telling(question, found).values())) if len(found) == 1 else None
    for attempt in (_inside(question, found), _yes_or_no(question, found), by_label, _alike(question, text)):
        if attempt is not None:
            return attempt
    return None


def understand_organisation(text: str, interview: Interview) -> dict[str, ProfileValue]:
    """The profile fields a free description tells, with what follows from them (``implied_by``)."""
    found = w.split(text)
    profile: dict[str, ProfileValue] = {}
    for question in interview.profile:
        value = _described(question, found)
        if value is not None:
            profile[question.field] = value
    for question in interview.profile:
        implied = _implied(question, profile)
        if implied is not None:
            profile[question.field] = implied
    return profile


def _described(question: ProfileQuestion, found: list[w.Word]) -> ProfileValue | None:
    if question.counted or question.totals:
        amount = w.count(found, question.counted, question.totals)
        if amount is not None:
            return amount
    phrases = [(alias, option.value) for option in question.options for alias in option.aliases if not alias.isdigit()]
    hits = w.find(found, phrases)
    if question.lead_in:
        hits = [hit for hit in hits if w.follows(found, hit.start, question.lead_in)]
    if not hits:
        return None
    if question.multiple:
        return _several(question, {hit.value for hit in hits})
    value = max(hits, key=lambda hit: (hit.end - hit.start, -hit.start)).value
    return value if isinstance(value, bool | int | str) else None


def _implied(question: ProfileQuestion, profile: Profile) -> OptionValue | None:
    """What follows for this field: where nothing was said, or where what was said contradicts the rest."""
    said = profile.get(question.field)
    if said is not None:
        own = None if isinstance(said, list) else question.option(said)
        if own is None or own.implied_by is None or evaluate(own.implied_by, profile) is not False:
            return None
    fitting = [o for o in question.options if o.implied_by is not None and evaluate(o.implied_by, profile) is True]
    return fitting[0].value if fitting else None


def _match_several(question: ProfileQuestion, found: list[w.Word], text: str) -> list[str] | None:
    numbers = [int(word.text) for word in found if word.text.isdigit()]
    shown = [option for option in question.options if option.shown]
    if numbers and all(word.text.isdigit() or word.text == "and" for word in found):
        return [str(shown[n - 1].value) for n in numbers] if all(1 <= n <= len(shown) for n in numbers) else None
    hits = w.find(found, _phrases(question))
    covered = {place for hit in hits for place in range(hit.start, hit.end)}
    rest = [word for place, word in enumerate(found) if place not in covered]
    values = {hit.value for hit in hits} | set(_telling(question, rest).values())
    if values:
        return _several(question, values)
    single = _yes_or_no(question, found)
    single = _alike(question, text) if single is None else single
    return None if single is None else [str(single)]


def _several(question: ProfileQuestion, values: Set[object]) -> list[str]:
    """The values, each once, in the order of the options; 'none' gives way to any other."""
    ordered = [str(option.value) for option in question.options if option.value in values]
    return [value for value in ordered if value != NO_USE] or ordered


def _telling(question: AnyQuestion, found: list[w.Word]) -> dict[str, OptionValue]:
    """The words of the text that stand in one option's label only, with that option's value."""
    labels: dict[str, set[OptionValue]] = {}
    for option in question.options:
        if option.value not in (NO_USE, "other"):
            for word in w.split(option.label):
                labels.setdefault(word.text, set()).add(option.value)
    words = {word.text for word in found if len(word.text) >= SHORTEST_TELLING} - w.COMMON
    return {word: next(iter(labels[word])) for word in words if len(labels.get(word, ())) == 1}


def _phrases(question: AnyQuestion) -> Iterable[tuple[str, OptionValue]]:
    return [(phrase, option.value) for option in question.options for phrase in option.phrases]


def _exact(question: AnyQuestion, text: str) -> OptionValue | None:
    wanted = w.normal(text)
    return _only({value for phrase, value in _phrases(question) if w.normal(phrase) == wanted})


def _picked(question: AnyQuestion, found: list[w.Word]) -> OptionValue | None:
    shown = [option for option in question.options if getattr(option, "shown", True)]
    words = [word.text for word in found if word.text not in {"the", "one"}]
    match = _PICK.match(" ".join(words))
    if match:
        place = int(match.group(1)) if match.group(1) else "abcde".index(match.group(2)) + 1
    elif words == ["last"]:
        place = len(shown)
    elif len(words) == 1 and words[0] in _ORDINALS:
        place = _ORDINALS[words[0]]
    else:
        return None
    return shown[place - 1].value if place <= len(shown) else None


def _inside(question: AnyQuestion, found: list[w.Word]) -> OptionValue | None:
    """The option whose phrase is in the text; the longest counts, and a tie between options counts as none."""
    hits = [hit for hit in w.find(found, _phrases(question)) if hit.phrase.lower() not in {"yes", "no"}]
    if not hits:
        return None
    longest = max(hit.end - hit.start for hit in hits)
    return _only({hit.value for hit in hits if hit.end - hit.start == longest})


def _yes_or_no(question: AnyQuestion, found: list[w.Word]) -> OptionValue | None:
    word = "yes" if found[0].text in _YES else "no" if found[0].text in _NO else None
    if word is None:
        return None
    meant = {option.value for option in question.options if word in option.phrases}
    return _only(meant or {option.value for option in question.options if word == "no" and option.value == NO_USE})


def _alike(question: AnyQuestion, text: str) -> OptionValue | None:
    """The option most like the text, by spelling or by shared words, if clearly ahead of the others."""
    wanted = w.normal(text)
    likeness: dict[OptionValue, float] = {}
    for phrase, value in _phrases(question):
        other = w.normal(phrase)
        spelling = SequenceMatcher(None, wanted, other).ratio()
        shared = _dice(set(wanted.split()), set(other.split()))
        score = max(spelling if spelling >= FUZZY else 0.0, shared if shared >= OVERLAP else 0.0)
        likeness[value] = max(likeness.get(value, 0.0), score)
    ranked = sorted(likeness.items(), key=lambda each: -each[1])
    best, second = ranked[0], ranked[1]
    return best[0] if best[1] > 0 and best[1] - second[1] >= MARGIN else None


def _dice(one: set[str], other: set[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def _only(values: Set[object]) -> OptionValue | None:
    value = next(iter(values)) if len(values) == 1 else None
    return value if isinstance(value, bool | int | str) else None
