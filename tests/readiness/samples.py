"""The interview as shipped, a small one whose scores can be worked out by hand, and answers to them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from bot.readiness import Answer, Assessment, Interview

KNOWLEDGE = Path(__file__).parents[2] / "knowledge"


def shipped() -> Interview:
    """``knowledge/interview.yml`` as an instrument."""
    return Interview.from_raw(yaml.safe_load((KNOWLEDGE / "interview.yml").read_text("utf-8")))


def small_raw() -> dict[str, Any]:
    """Two dimensions, one with a red flag, three questions, one profile question, three actions."""
    levels = [{"id": f"l{n}", "title": f"Level {n}", "from": 20 * (n - 1), "means": "…"} for n in range(1, 6)]
    options = [
        {"value": v, "label": f"Answer {v}", "means": "…", "barriers": ["cost"] if v < 2 else []}
        for v in (0, 1, 2, 3, 4)
    ]
    flagged = [{**option, "red_flag": "stop"} if option["value"] == 0 else option for option in options]

    def question(id_: str, dimension: str, **more: Any) -> dict[str, Any]:
        return {"id": id_, "dimension": dimension, "text": f"How is {id_}?", "why": "…", "options": options, **more}

    def action(id_: str, horizon: str, **more: Any) -> dict[str, Any]:
        return {
            **{"id": id_, "title": id_, "dimension": "one", "first_step": "…", "who": "manager", "minutes": 30},
            **{"cost": "no cost", "horizon": horizon, "when": {"question": "a", "at_most": 2}},
            **more,
        }

    return {
        "version": 1,
        "scale": {"source": "…", "levels": levels},
        "dimensions": [
            {"id": "one", "title": "One", "weight": 1.0, "why": "…", "source": "…"},
            {"id": "two", "title": "Two", "weight": 3.0, "why": "…", "source": "…"},
        ],
        "profile": [
            {
                **{"id": "kind", "field": "kind", "text": "Which kind?", "why": "…"},
                "options": [{"value": "small", "label": "Small"}, {"value": "big", "label": "Big"}],
            }
        ],
        "questions": [
            question("a", "one", short=True),
            question("b", "one", ask_when={"kind": {"in": ["big"]}}),
            question("c", "two", options=flagged),
        ],
        "red_flags": [{"id": "stop", "title": "Stop it", "do": "Stop."}],
        "actions": [
            action("last", "week", after=["first"]),
            action("first", "month"),
            action("urgent", "quarter", when={"question": "c", "at_most": 0}),
        ],
    }


def answered(interview: Interview, answers: Mapping[str, int | Answer], **profile: Any) -> Assessment:
    """An assessment with these answers, by question id."""
    assessment = Assessment.start(interview, profile)
    for id_, value in answers.items():
        question = interview.question(id_)
        assert question is not None, id_
        assessment = assessment.with_answer(question, value if isinstance(value, Answer) else Answer.option(value))
    return assessment
