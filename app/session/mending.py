"""The frames before a correction that are to be tracked anew, backward from it."""

from __future__ import annotations

from app.document.keyframes import Gap
from app.document.model import Track
from app.session.doubt import DoubtRules, doubts_of
from tracker.geometry import iou
from tracker.result import TrackStatus

LONGEST = 15
"""Frames at most; the new boxes after the correction wait for as long as these take."""

_BREAK = 3
"""Frames without doubt that end the doubtful stretch."""

_ELSEWHERE_IOU = 0.5
"""A tracked box with less was on something else when it was corrected, since when nobody knows."""


def first_to_mend(track: Track, frame: int, picture_size: tuple[int, int]) -> int | None:
    """First frame of the doubtful stretch that ends at a corrected frame, or None where there is none.

    It begins after the last box that a person drew or accepted. Where the tracker was not on the object any more, all
    frames back to there are in doubt; else those that the review queue would list.

    Args:
        track: With the corrected box as a keyframe, and under it the tracked box that was corrected.
        frame: Of the correction.
        picture_size: (width, height).
    """
    tracked, keyframe, before = track.boxes.get(frame), track.keyframes.get(frame), track.keyframes.before(frame)
    if tracked is None or keyframe is None or keyframe.box is None or tracked.box == keyframe.box or before is None:
        return None
    if track.keyframes[before].box is None or track.keyframes[before].gap is not Gap.TRACKED:
        return None
    accepted = [it for it in track.accepted if before < it < frame and track.is_accepted(it)]
    first = max([before + 1, frame - LONGEST, *(it + 1 for it in accepted)])
    if tracked.status is TrackStatus.NOT_FOUND or iou(tracked.box, keyframe.box) < _ELSEWHERE_IOU:
        return first if first < frame else None
    begin = None
    for doubtful in reversed(doubts_of(track, first, frame - 1, picture_size, DoubtRules()).frames.tolist()):
        if (frame if begin is None else begin) - doubtful > _BREAK:
            break
        begin = doubtful
    return begin
