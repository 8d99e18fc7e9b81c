"""What the records keep of the dialogue's slots: the assessment, and the barriers heard."""

from __future__ import annotations

from typing import Any

from bot.language.phrases import PhraseTagger
from bot.readiness import Assessment, Interview, Question
from bot.records import AssessmentState, GivenAnswer, Mention


def mentions_of(text: str, tagger: PhraseTagger) -> list[Mention]:
    """The barriers voiced in a typed message, each once."""
    return list({tagged.id: Mention(tagged.id, "rule", tagged.phrase) for tagged in tagger.tag(text)}.values())


def assessment_of(
    before: dict[str, Any], after: dict[str, Any] | None, interview: Interview
) -> tuple[AssessmentState | None, list[Mention]]:
    """The assessment's new state if the turn changed it, and the barriers its new answers reveal."""
    old, new = ((snapshot or {}).get("slots", {}).get("assessment") for snapshot in (before, after))
    if not new or new == old:
        return None, []
    assessment = Assessment.from_json(new["state"])
    known = Assessment.from_json(old["state"]).answers if old and old["id"] == new["id"] else {}
    fresh = {question: answer for question, answer in assessment.answers.items() if known.get(question) != answer}
    state = AssessmentState(
        id=new["id"],
        instrument=assessment.version,
        state=new["state"],
        profile=dict(assessment.profile),
        finished=bool((after or {}).get("slots", {}).get("interview") == "done"),
        changed=[
            GivenAnswer(
                question, answer.kind, answer.value if isinstance(answer.value, int) else None, answer.said or ""
            )
            for question, answer in fresh.items()
        ],
    )
    return state, _revealed(fresh, interview)


def _revealed(answers: dict[str, Any], interview: Interview) -> list[Mention]:
    mentions: dict[str, Mention] = {}
    for question_id, answer in answers.items():
        question = interview.question(question_id)
        if not isinstance(question, Question):
            continue
        for option in question.options:
            if answer.kind == "option" and option.value == answer.value:
                mentions |= {
                    barrier: Mention(barrier, "answer", answer.said or option.label) for barrier in option.barriers
                }
    return list(mentions.values())
