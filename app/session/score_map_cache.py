"""Score maps of frames that were tracked, so that going back shows the heat-map again; bounded by bytes."""

from __future__ import annotations

from app.document.model import Track
from tracker.result import TrackResult

SCORE_MAP_BYTES = 48 * 2**20
"""Enough for some 25,000 frames of one Track."""
_OBJECT_BYTES = 700
"""What a TrackResult with its boxes and its place in a dict takes beside the numbers of the map."""


class ScoreMapCache:
    """(Track, frame) -> TrackResult of one Sequence; the oldest go first."""

    def __init__(self, max_bytes: int = SCORE_MAP_BYTES) -> None:
        self._max_bytes = max_bytes
        self._bytes = 0
        self._results: dict[tuple[int, int], TrackResult] = {}

    def __len__(self) -> int:
        return len(self._results)

    def put(self, track_id: int, frame: int, result: TrackResult) -> None:
        """Keep the tracker's newest answer on a frame."""
        key = track_id, frame
        replaced = self._results.pop(key, None)
        if replaced is not None:
            self._bytes -= _size(replaced)
        self._results[key] = result
        self._bytes += _size(result)
        while self._bytes > self._max_bytes and len(self._results) > 1:
            oldest = next(iter(self._results))
            self._bytes -= _size(self._results.pop(oldest))

    def get(self, track: Track, frame: int) -> TrackResult | None:
        """The answer that belongs to what the document holds on ``frame`` now, or None.

        A run that was undone or a keyframe that was moved leaves answers behind that are no longer true: the box tells.
        """
        result = self._results.get((track.id, frame))
        if result is None:
            return None
        keyframe, tracked = track.keyframes.get(frame), track.boxes.get(frame)
        boxes = [known.box for known in (keyframe, tracked) if known is not None]
        return result if result.box in boxes else None

    def clear(self) -> None:
        """Forget all: another Sequence is open."""
        self._results.clear()
        self._bytes = 0


def _size(result: TrackResult) -> int:
    return int(result.score_map.nbytes) + _OBJECT_BYTES
