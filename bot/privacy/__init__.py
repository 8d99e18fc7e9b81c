"""Keeps people's health information out of everything that comes after: redaction and retention, no I/O."""

from bot.privacy.redactor import Mark, Redaction, Redactor
from bot.privacy.retention import cutoff, expired

__all__ = ["Mark", "Redaction", "Redactor", "cutoff", "expired"]
