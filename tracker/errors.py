"""The errors of this package that a person can cause."""

from __future__ import annotations


class TrackerError(ValueError):
    """Something a person can mend: its text is one sentence with what, where and what to do.

    Args:
        text: The sentence in English, with ``{0}``, ``{1}`` where values go: whoever shows it can look it up in another
            language, so it is a literal where the window may show it.
        values: To put in; a TrackerError among them is put in as its own sentence.

    Attributes:
        text: As given.
        values: As given.
    """

    def __init__(self, text: str, *values: object) -> None:
        super().__init__(text.format(*values) if values else text)
        self.text = text
        self.values = values
