"""Reviewers' passwords: hashed with Argon2id, as RFC 9106 recommends."""

from __future__ import annotations

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from bot.errors import AdvisorError

MIN_LENGTH = 12
MAX_LENGTH = 200
"""In characters: long enough for a sentence, short enough to hash quickly."""

_hasher = PasswordHasher()


def hash_password(password: str) -> str:
    """A salted hash of a new password.

    Raises:
        AdvisorError: the password has too few or too many characters.
    """
    if not MIN_LENGTH <= len(password) <= MAX_LENGTH:
        raise AdvisorError(
            f"The password has {len(password)} characters. Take {MIN_LENGTH} to {MAX_LENGTH}, such as four words."
        )
    return _hasher.hash(password)


def verify(hash: str, password: str) -> bool:
    """Whether ``password`` is the one that was hashed. Takes as long for a wrong one as for the right one."""
    try:
        return _hasher.verify(hash, password)
    except (VerificationError, InvalidHashError):
        return False
