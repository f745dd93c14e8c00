"""How long the machine itself holds up what only computes: a shared one takes its processor away and calls it used."""

from __future__ import annotations

import time

_LOOP = 20_000
_SECONDS = 10.0


def stalls(seconds: float = _SECONDS) -> str:
    """What a loop that does nothing else took, in a sentence for the tables of this machine."""
    spent: list[float] = []
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        begin = time.thread_time()
        sum(number * number for number in range(_LOOP))
        spent.append(1000 * (time.thread_time() - begin))
    spent.sort()
    median, worst = spent[len(spent) // 2], spent[-1]
    return (
        f"The machine: a loop that computes for {median:.1f} ms, and nothing else, took up to {worst:.0f} ms of own "
        f"time within {seconds:.0f} s. So much of a row may be its doing."
    )
