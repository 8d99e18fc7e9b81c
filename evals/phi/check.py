"""Checks the labels of the redaction evaluation set and prints its counts: `python evals/phi/check.py`."""

import json
import re
import sys
from collections import Counter
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
KINDS = {
    *("name", "date", "age", "address", "phone", "fax", "email", "url", "ip"),
    *("ssn", "record_number", "health_plan_number", "account_number", "licence_number", "vehicle_id", "device_id"),
    *("biometric", "photo", "other_id"),
}
NEAR_DUPLICATE = 0.8  # share of equal characters, after letter case, digits and marks are levelled

Message = dict[str, Any]


def load(name: str) -> list[Message]:
    """The messages of one half, in file order."""
    return [json.loads(line) for line in (HERE / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def spans(message: Message) -> list[tuple[int, int]]:
    """Start and end of each redact label, in characters; labels are listed in the order they occur.

    Raises ValueError when a label does not occur after the one before it.
    """
    found, start = [], 0
    for label in message["redact"]:
        start = message["text"].index(label["span"], start)
        found.append((start, start + len(label["span"])))
        start = found[-1][1]
    return found


def problems(message: Message) -> list[str]:
    """What is wrong with the labels of one message, as sentences."""
    text, wrong = message["text"], []
    wrong += [f"unknown kind {label['kind']!r}" for label in message["redact"] if label["kind"] not in KINDS]
    try:
        places = spans(message)
    except ValueError:
        return [*wrong, "a redact label does not occur in the text in the order listed"]
    for label in message["redact"]:
        for hit in re.finditer(re.escape(label["span"]), text, re.IGNORECASE):
            if not any(start <= hit.start() and hit.end() <= end for start, end in places):
                wrong.append(f"{label['span']!r} also occurs unlabelled")
    for kept in message["keep"]:
        hits = [hit.span() for hit in re.finditer(re.escape(kept), text)]
        if len(hits) != 1:
            wrong.append(f"keep {kept!r} occurs {len(hits)} times, it must occur once")
        if any(first < end and start < last for first, last in hits for start, end in places):
            wrong.append(f"keep {kept!r} overlaps a redact label")
    return wrong


def levelled(text: str) -> str:
    """The text without what two copies of one sentence would differ in."""
    return " ".join(re.sub(r"\W+", " ", re.sub(r"\d", "0", text.casefold())).split())


def near_duplicates(messages: list[Message]) -> list[str]:
    """Pairs of messages that are almost the same sentence."""
    texts = [(message["id"], levelled(message["text"])) for message in messages]
    pairs = []
    for place, (first, text) in enumerate(texts):
        matcher = SequenceMatcher(None, b=text, autojunk=False)
        for second, other in texts[:place]:
            matcher.set_seq1(other)
            if matcher.real_quick_ratio() > NEAR_DUPLICATE < matcher.quick_ratio() and matcher.ratio() > NEAR_DUPLICATE:
                pairs.append(f"{second} and {first} are nearly the same")
    return pairs


def main() -> int:
    """Prints counts and problems; 1 when there are problems, else 0."""
    halves = {name: load(name) for name in ("development", "final")}
    everything = [message for half in halves.values() for message in half]
    wrong = [f"{message['id']}: {problem}" for message in everything for problem in problems(message)]
    wrong += [
        f"id {name} is used {count} times" for name, count in Counter(m["id"] for m in everything).items() if count > 1
    ]
    wrong += near_duplicates(everything)
    for name, half in halves.items():
        with_phi = sum(bool(message["redact"]) for message in half)
        mixed = sum(bool(message["redact"] and message["keep"]) for message in half)
        kept = sum(len(message["keep"]) for message in half)
        print(
            f"{name}: {len(half)} messages, {with_phi} with identifiers ({mixed} of them also with keep), {kept} keep"
        )
    counts = {name: Counter(label["kind"] for m in half for label in m["redact"]) for name, half in halves.items()}
    for kind in sorted(KINDS):
        print(f"  {kind:20} {counts['development'][kind]:4} {counts['final'][kind]:4}")
    print("\n".join(wrong) or "no problems")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
