"""The blocks that ask a question, and those that repeat what was understood."""

from __future__ import annotations

from bot.blocks import Block, Choices, Control, Controls, Option, Progress, Text
from bot.readiness.assessment import Assessment
from bot.readiness.conditions import OptionValue, Profile
from bot.readiness.flow import back, progress
from bot.readiness.model import Interview
from bot.readiness.parts import AnyQuestion, ProfileQuestion

CHOICES_PREFIX = "interview:"
"""The id of a question's choices block is this and the question's id."""
UNDERSTOOD_ID = "menu"


def question_blocks(
    interview: Interview,
    assessment: Assessment,
    question: AnyQuestion,
    prefix: str | None = None,
    other_words: bool = False,
) -> list[Block]:
    """A question as it is asked: an optional line before it, its options, the ways out, and how far it is.

    ``other_words`` puts it in other words, for the second try. The choices block has the id ``interview:<id>``.
    """
    text = question.other_words if other_words and question.other_words else question.text
    blocks: list[Block] = [Text.of(prefix)] if prefix else []
    blocks.append(
        Choices(
            id=CHOICES_PREFIX + question.id,
            prompt=text,
            multiple=isinstance(question, ProfileQuestion) and question.multiple,
            options=_options(question),
        )
    )
    controls = [Control(action="why", label="Why do you ask?"), Control(action="dont_know", label="I don't know")]
    controls.append(Control(action="skip", label="Skip"))
    if back(interview, assessment, question.id) is not None:
        controls.append(Control(action="back", label="Back"))
    controls.append(Control(action="stop", label="Stop for now"))
    blocks.append(Controls(items=controls))
    done, total = progress(interview, assessment)
    number = done if question.id in assessment.answers else done + 1
    total = max(total, number)
    blocks.append(Progress(done=min(done, total), total=total, label=f"Question {number} of about {total}"))
    return blocks


def parse_choice(question: AnyQuestion, choice: str | list[str]) -> OptionValue | list[str] | None:
    """The option's value behind what a ``choice`` frame carries, or ``None`` where it was not offered."""
    values = {str(option.value): option.value for option in question.options}
    if isinstance(question, ProfileQuestion) and question.multiple:
        chosen = [choice] if isinstance(choice, str) else choice
        return list(dict.fromkeys(chosen)) if chosen and all(each in values for each in chosen) else None
    return values.get(choice) if isinstance(choice, str) else None


def understood_blocks(interview: Interview, profile: Profile, worries: list[str] | None = None) -> list[Block]:
    """'Here is what I understood', with a way to confirm or change it. ``worries`` are titles of barriers heard."""
    parts = [part for question in interview.profile for part in _described(question, profile)]
    if worries:
        parts.append(f"you mention: {', '.join(worry[:1].lower() + worry[1:] for worry in worries)}")
    options = [
        Option(value="profile_right", label="That's right"),
        Option(value="profile_change", label="Change something"),
    ]
    return [
        Text.of(f"Here is what I understood: {' · '.join(parts)}."),
        Choices(id=UNDERSTOOD_ID, prompt="Is that right?", options=options),
    ]


def _options(question: AnyQuestion) -> list[Option]:
    shown = [option for option in question.options if getattr(option, "shown", True)]
    return [Option(value=str(option.value), label=option.label) for option in shown]


def _described(question: ProfileQuestion, profile: Profile) -> list[str]:
    value = profile.get(question.field)
    if value is None:
        return []
    if question.numeric:
        return [f"{value} {question.field.replace('_', ' ')}"]
    values = value if isinstance(value, list) else [value]
    return [option.label if (option := question.option(each)) else str(each) for each in values]
