"""Whether sharing a call among processor cores pays at the moment.

On an idle machine it does. Where other programs want the cores too it does not: the cores' threads wait for each other
at every layer, and whichever of them has no core at that moment keeps all of them. Two threads on two busy cores were
seen to take twenty times as long as one.
"""

from __future__ import annotations

FIRST_TRIAL = 16
LAST_TRIAL = 256
"""Calls between two trials of the other way: more and more, as long as it keeps being the slower one."""

SLOWED_DOWN = 1.5
"""A call that takes so much longer than at the last trial calls for another trial."""

_NEWEST = 0.5
"""Weight of the newest time in the mean."""


class CoreChoice:
    """All cores or one, whichever was faster of late. What is computed is the same to the bit."""

    def __init__(self) -> None:
        self.is_shared = True
        self._seconds = 0.0  # of late, the way it is
        self._at_trial = 0.0
        self._interval = FIRST_TRIAL
        self._until_trial = 2  # the first call finds its memory

    def next(self) -> bool:
        """Whether the next call, which is to be timed, should share all cores."""
        self._until_trial -= 1
        return self.is_shared if self._until_trial >= 0 else not self.is_shared

    def took(self, seconds: float, *, shared: bool) -> None:
        """Takes note of what a call took."""
        if shared is self.is_shared:
            self._seconds = _NEWEST * seconds + (1 - _NEWEST) * (self._seconds or seconds)
            if self._seconds > SLOWED_DOWN * self._at_trial > 0:
                self._plan_trial(1)
            return
        if seconds < self._seconds:
            self.is_shared, self._seconds = shared, seconds
            self._plan_trial(FIRST_TRIAL)
        else:
            self._plan_trial(min(2 * self._interval, LAST_TRIAL))

    def _plan_trial(self, interval: int) -> None:
        self._interval = self._until_trial = interval
        self._at_trial = self._seconds
