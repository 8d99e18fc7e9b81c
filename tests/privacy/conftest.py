import pytest

from bot.privacy import Redactor


@pytest.fixture(scope="session")
def redactor() -> Redactor:
    return Redactor()
