"""Where two lists differ, for views that show only that anew."""

from __future__ import annotations

from collections.abc import Sequence


def changed_part(before: Sequence[object], after: Sequence[object]) -> tuple[int, int]:
    """How many items at the beginning, and how many of the others at the end, are the same in both."""
    least = min(len(before), len(after))
    same = 0
    while same < least and before[same] == after[same]:
        same += 1
    end = 0
    while end < least - same and before[-1 - end] == after[-1 - end]:
        end += 1
    return same, end
