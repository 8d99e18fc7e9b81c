"""Cleans what a visitor typed before anything looks at it."""

from __future__ import annotations

import unicodedata

# marks that change the direction of text or are invisible: they can hide words from people and from the redaction
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn"}
_KEPT = {"\n", "\t", "\u200d"}  # the joiner holds emoji together


def clean(text: str) -> str:
    """The text in Unicode NFC, without control characters, direction marks and lone surrogates.

    Line ends become ``\\n``; blanks at both ends go.
    """
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(char for char in text if char in _KEPT or unicodedata.category(char) not in _INVISIBLE).strip()
