"""Whether a text asks or states, from its first words and its end."""

from __future__ import annotations

import re

_ASKS = re.compile(
    r"^\W*(what|whats|who|when|where|why|how|which|can|may|could|should|must|do|does|did|is|are|will|would|has|have (we|i|you)|am i)\b",
    re.IGNORECASE,
)
_STATES = re.compile(
    r"^\W*(we|we're|we've|i|i'm|i've|our|my|they|it's|it|not|no|none|nobody|everyone|all|some|only|just|yes)\b",
    re.IGNORECASE,
)


def asks(text: str) -> bool:
    """Whether the text reads as a question ('what agreement', 'is it safe?')."""
    return text.rstrip().endswith("?") or bool(_ASKS.match(text))


def states(text: str) -> bool:
    """Whether the text reads as a statement about the speaker ('we have one with them')."""
    return not asks(text) and bool(_STATES.match(text))
