import pytest

from bot.language.vectors import SentenceVectors
from bot.privacy import Redactor
from bot.services import load_vectors
from bot.settings import settings


@pytest.fixture(scope="session")
def vectors() -> SentenceVectors:
    return load_vectors(settings().cache_dir)


@pytest.fixture(scope="session")
def redactor(vectors: SentenceVectors) -> Redactor:
    return Redactor(vectors)
