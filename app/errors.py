"""The one kind of error that is shown to the person as a sentence; every other exception is a bug."""

from __future__ import annotations


class AppError(Exception):
    """Something a person can mend: its text is one sentence with what happened, where, and what to do."""
