"""What our own recognisers share: the shape Presidio asks for around one generator of spans."""

from collections.abc import Iterator
from typing import Any

from presidio_analyzer import LocalRecognizer, RecognizerResult

Span = tuple[int, int]


class Recogniser(LocalRecognizer):  # type: ignore[misc, unused-ignore]
    """A recogniser of one ``kind`` whose ``spans`` yields what must go from a text."""

    kind: str

    def __init__(self) -> None:
        super().__init__(supported_entities=[self.kind], name=self.kind)

    def load(self) -> None:
        """Nothing to load: what a recogniser needs is handed to it."""

    def spans(self, text: str) -> Iterator[Span]:
        """The start and end of each finding in ``text``."""
        raise NotImplementedError

    def analyze(self, text: str, entities: list[str], nlp_artifacts: Any = None) -> list[RecognizerResult]:
        """Presidio's entry point."""
        return [RecognizerResult(self.kind, start, end, 0.8) for start, end in self.spans(text)]
