"""What the instrument is made of: levels, dimensions, questions, options, red flags and actions."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from bot.readiness.conditions import Conditions, OptionValue

MATURITY_MAX = 4
"""The highest maturity an option can have; the lowest is 0."""

HorizonId = Literal["week", "month", "quarter", "half_year"]


class Model(BaseModel):
    """A part of the instrument: unknown fields are mistakes, nothing changes after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Level(Model):
    """A named band of the scale, from ``from`` (0–100) up to the next level's."""

    id: str
    title: str
    from_: int = Field(alias="from", ge=0, le=100)
    means: str


class Scale(Model):
    """The five bands and where they come from."""

    source: str
    levels: list[Level] = Field(min_length=5, max_length=5)

    @model_validator(mode="after")
    def _bands_rise_from_zero(self) -> Self:
        starts = [level.from_ for level in self.levels]
        if starts[0] != 0 or starts != sorted(set(starts)):
            raise ValueError(f"the levels must start at 0 and rise; they start at {starts}")
        return self

    def number(self, value: float) -> int:
        """The level's number, 1–5, for a score of 0–100."""
        return sum(value >= level.from_ for level in self.levels)

    def level(self, value: float) -> Level:
        """The level for a score of 0–100."""
        return self.levels[self.number(value) - 1]


class Dimension(Model):
    """What is scored. ``weight`` is its share of the overall score, relative to the others."""

    id: str
    title: str
    weight: float = Field(gt=0)
    why: str
    source: str


class Option(Model):
    """An answer on offer. ``value`` is the maturity, 0–4."""

    value: int = Field(ge=0, le=MATURITY_MAX)
    label: str = Field(max_length=60)
    aliases: list[str] = []
    means: str
    barriers: list[str] = []
    red_flag: str | None = None

    @property
    def phrases(self) -> list[str]:
        """All that means this option when typed as an answer."""
        return [self.label, *self.aliases]


class ProfileOption(Model):
    """A value of a profile field. ``shown: false`` is understood when typed, but has no button.

    ``implied_by`` are conditions over the rest of the profile under which this value is taken for granted.
    """

    value: OptionValue
    label: str = Field(max_length=60)
    aliases: list[str] = []
    shown: bool = True
    implied_by: Conditions | None = None

    @property
    def phrases(self) -> list[str]:
        """All that means this option when typed as an answer."""
        return [self.label, *self.aliases]


class _Asked(Model):
    id: str
    text: str
    other_words: str | None = None
    why: str
    help: str | None = None
    article: str | None = None
    ask_when: Conditions = {}

    @property
    def is_profile(self) -> bool:
        return isinstance(self, ProfileQuestion)


class Question(_Asked):
    """A scored question. ``short`` ones make up the short form."""

    dimension: str
    options: list[Option] = Field(min_length=3, max_length=5)
    short: bool = False

    @field_validator("options")
    @classmethod
    def _options_span_the_scale(cls, options: list[Option]) -> list[Option]:
        values = [option.value for option in options]
        if len(set(values)) != len(values) or min(values) != 0 or max(values) != MATURITY_MAX:
            raise ValueError(f"options need different values, with 0 and {MATURITY_MAX} among them; they have {values}")
        return options

    @property
    def red_flags(self) -> list[str]:
        """The red flags that some answer raises."""
        return list(dict.fromkeys(option.red_flag for option in self.options if option.red_flag))

    def option(self, value: object) -> Option | None:
        """The option with this value."""
        return next((option for option in self.options if option.value == value), None)


class ProfileQuestion(_Asked):
    """A question about the organisation itself; its answer goes into the profile's ``field``.

    ``ask``: ``first`` before the scored questions, ``last`` after them, ``never`` (only noted when said).
    ``counted``, ``totals``: in a free description, numbers before these words add up to, or are, the value.
    ``lead_in``: in a free description, an alias counts only right after one of these.
    """

    field: str
    options: list[ProfileOption] = Field(min_length=2)
    multiple: bool = False
    ask: Literal["first", "last", "never"] = "first"
    counted: list[str] = []
    totals: list[str] = []
    lead_in: list[str] = []

    @property
    def numeric(self) -> bool:
        """Whether the value is a number, so that any number typed is an answer."""
        return all(isinstance(option.value, int) and not isinstance(option.value, bool) for option in self.options)

    def option(self, value: object) -> ProfileOption | None:
        """The option with this value; for a number, the nearest option at or below it."""
        if self.numeric and isinstance(value, int):
            below = [option for option in self.options if int(option.value) <= value]
            return max(below, key=lambda option: int(option.value)) if below else self.options[0]
        return next((option for option in self.options if option.value == value), None)


AnyQuestion = Question | ProfileQuestion


class RedFlag(Model):
    """Something to act on before all else; no score makes up for it."""

    id: str
    title: str
    do: str
    article: str | None = None


class When(Model):
    """When an action belongs in the plan: an answer at or below ``at_most``, or at or above ``at_least``.

    ``profile`` conditions must not fail. Without ``question``, the profile alone decides.
    """

    question: str | None = None
    at_most: int | None = None
    at_least: int | None = None
    profile: Conditions = {}

    @model_validator(mode="after")
    def _is_complete(self) -> Self:
        if (self.question is None) != (self.at_most is None and self.at_least is None):
            raise ValueError("'when' needs a question together with at_most or at_least")
        if self.question is None and not self.profile:
            raise ValueError("'when' needs a question or profile conditions")
        return self


class Action(Model):
    """A step of the plan. ``minutes`` is a person's working time; ``after`` are actions that come first.

    ``who_large`` names the role in organisations with more than ten clinicians, where it differs.
    """

    id: str
    title: str
    dimension: str
    when: When
    first_step: str
    who: str
    who_large: str | None = None
    minutes: int = Field(gt=0)
    cost: str
    horizon: HorizonId
    article: str | None = None
    after: list[str] = []
