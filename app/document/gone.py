"""What a person says who finds that an object which the tracker lost is not in the picture."""

from __future__ import annotations

import numpy as np

from app.document.keyframes import Keyframes
from app.document.model import Source, Track
from tracker.result import TrackStatus


def lost_span(track: Track, frame: int) -> tuple[int, int] | None:
    """First and last of the frames in a row, round ``frame``, on which the target was lost; None if it was not."""
    if track.source_at(frame) is not Source.LOST:
        return None
    before, after = track.keyframes.before(frame), track.keyframes.after(frame)
    end = int(track.boxes.frames()[-1]) if after is None else after - 1
    frames, _, _, statuses = track.boxes.slice(0 if before is None else before + 1, end).arrays()
    lost = frames[statuses == int(TrackStatus.NOT_FOUND)]
    # frames in a row keep their distance from the number of their row
    begun = lost - np.arange(len(lost))
    together = lost[begun == begun[np.searchsorted(lost, frame)]]
    return int(together[0]), int(together[-1])


def gone_over(track: Track, first: int, last: int) -> Keyframes:
    """Keyframes that say: outside from ``first`` to ``last``, and back where the tracker found it after that.

    Where nothing is tracked after ``last`` the object stays outside; a keyframe there is the person's and stays.
    """
    said = Keyframes({first: track.keyframe_with(first, None)})
    back = track.box_at(last + 1)
    if back is not None and last + 1 not in track.keyframes:
        said[last + 1] = track.keyframe_with(last + 1, back)
    return said
