"""The one kind of error that is shown to the person as a sentence; every other exception is a bug."""

from __future__ import annotations

from app.spoken import spoken
from tracker.errors import TrackerError


class AppError(Exception):
    """Something a person can mend: its text is one sentence with what happened, where, and what to do.

    Args:
        text: The sentence in English, with ``{0}``, ``{1}`` where values go; it is said in the person's language.
        values: To put in.
    """

    def __init__(self, text: str, *values: object) -> None:
        super().__init__(spoken(text, *values))


def sentence_of(error: AppError | TrackerError) -> str:
    """What to show a person, in the person's language; the tracker's own errors are said in English as they arise."""
    if isinstance(error, AppError):
        return str(error)
    values = [sentence_of(it) if isinstance(it, TrackerError) else it for it in error.values]
    return spoken(error.text, *values)
