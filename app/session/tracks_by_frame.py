"""Which Tracks may show something on a frame: of thousands of short ones it is a few, and each step asks."""

from __future__ import annotations

from bisect import bisect_left

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject

from app.document.document import Document
from app.document.model import Sequence, Track
from app.session.screen import Screen


class TracksByFrame(QObject):
    """First and last frame of each Track of the Sequence on the screen, in columns that follow the document.

    It is asked by others who listen to the same signals, so it has to be made before them. UI thread only.

    Args:
        document: The open project.
        screen: Knows the Sequence.
        parent: Qt owner.
    """

    def __init__(self, document: Document, screen: Screen, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._screen = screen
        self._sequence: Sequence | None = None
        self._tracks: list[Track] = []
        self._rows: dict[int, int] = {}
        self._spans: npt.NDArray[np.int64] = np.empty((0, 2), dtype=np.int64)
        self._known: dict[int, tuple[int, int]] = {}
        """Track id -> span: as good when thousands come in between, another Sequence is shown, or the order changes."""
        self._is_stale = False
        document.boxes_changed.connect(self._changed)
        document.boxes_arrived.connect(self._boxes_arrived)
        document.keyframes_changed.connect(self._changed)
        document.tracks_added.connect(self._added)
        document.track_renumbered.connect(self._renumbered)
        document.tracks_changed.connect(self._reordered)

    def on(self, frame: int) -> list[Track]:
        """The Tracks that may show something on ``frame``, in the order of painting: the last one lies on top."""
        sequence = self._screen.sequence
        if sequence is None:
            return []
        if self._sequence is not sequence or self._is_stale:
            self._sequence = sequence
            self._line_up(sequence.painted())
            for track in self._tracks:
                if track.id not in self._known:
                    self._known[track.id] = track.span()
            self._spans = np.array([self._known[it.id] for it in self._tracks], dtype=np.int64).reshape(-1, 2)
        first, last = self._spans.T
        found = [self._tracks[row] for row in np.flatnonzero((first <= frame) & (frame <= last)).tolist()]
        return [it for it in found if sequence.tracks.get(it.id) is it]  # those that were removed stay in the columns

    def _line_up(self, tracks: list[Track]) -> None:
        self._tracks, self._is_stale = tracks, False
        self._rows = {it.id: row for row, it in enumerate(tracks)}

    def _changed(self, track_id: int, first: int, last: int) -> None:
        """A Track shows something else on these frames: a run of hundreds says so of each at each frame."""
        known = self._known.get(track_id)
        if known is None or (known[0] <= first and last <= known[1]):
            return
        row = self._rows.get(track_id)
        if row is None or self._is_stale:
            del self._known[track_id]
        else:
            self._known[track_id] = self._tracks[row].span()
            self._spans[row] = self._known[track_id]

    def _boxes_arrived(self, frame: int, track_ids: tuple[int, ...]) -> None:
        for track_id in track_ids:
            self._changed(track_id, frame, frame)

    def _added(self, track_ids: tuple[int, ...]) -> None:
        for track_id in track_ids:
            self._known.pop(track_id, None)  # it may come back with other frames than it went with
        sequence, new = self._sequence, track_ids[0]
        if len(track_ids) > 1:
            self._is_stale = True
        elif sequence is not None and new in sequence.tracks and not self._is_stale:
            track = sequence.tracks[new]
            self._known[new] = track.span()
            row = bisect_left(self._tracks, _order(track), key=_order)
            after = row
            if row < len(self._tracks) and self._tracks[row].id == new:
                after += 1  # it was removed before, and stands there still
            self._line_up([*self._tracks[:row], track, *self._tracks[after:]])
            self._spans = np.concatenate([self._spans[:row], [self._known[new]], self._spans[after:]])

    def _reordered(self, _track_ids: tuple[int, ...]) -> None:
        """Their places in the order of painting may be others, and those of thousands with them."""
        self._is_stale = True

    def _renumbered(self, old: int, number: int) -> None:
        self._known.pop(old, None)
        self._known.pop(number, None)
        self._is_stale = True


def _order(track: Track) -> tuple[int, int]:
    return track.z, track.id
