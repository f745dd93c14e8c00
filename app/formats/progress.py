"""How far a long import or export is, and whether the person has had enough of it."""

from __future__ import annotations

from collections.abc import Callable


class CancelledError(Exception):
    """The person gave up what was being read or written; nothing has changed."""


class Progress:
    """Given to everything that takes long: say ``at(done, total)`` a few times a second.

    Args:
        report: Told (done, total), both in the units of the caller; None where nobody wants to know.
        cancelled: Whether to stop; asked at each ``at``.
    """

    def __init__(
        self, report: Callable[[int, int], None] | None = None, cancelled: Callable[[], bool] | None = None
    ) -> None:
        self._report = report
        self._cancelled = cancelled

    def at(self, done: int, total: int) -> None:
        """Say how far it is.

        Raises:
            CancelledError: The person does not want it any more.
        """
        if self._cancelled is not None and self._cancelled():
            raise CancelledError
        if self._report is not None:
            self._report(done, total)

    def part(self, first: float, last: float) -> Progress:
        """For one step of several: its 0 to ``total`` are ``first`` to ``last``, shares of the whole."""
        report = self._report

        def scaled(done: int, total: int) -> None:
            if report is not None:
                share = first + (last - first) * min(1.0, done / max(1, total))
                report(round(share * 1000), 1000)

        return Progress(scaled, self._cancelled)


SILENT = Progress()
"""Tells nobody and is never cancelled."""
