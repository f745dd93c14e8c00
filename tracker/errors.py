"""The errors of this package that a person can cause."""

from __future__ import annotations


class TrackerError(ValueError):
    """Something a person can mend: its text is one sentence with what, where and what to do."""
