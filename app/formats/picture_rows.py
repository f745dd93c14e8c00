"""Boxes of formats with a file a picture: they come frame after frame, and go to their Tracks all at once."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable
from functools import partial

import numpy as np
import numpy.typing as npt

from app.document.model import Sequence
from app.formats.box_rows import BoxRows
from app.formats.imported_project import ProjectBuilder
from app.formats.track_rows import Sides, TrackRows, check_box
from tracker.result import TrackStatus

_NUMBERS = 6
"""Of a row: x, y, w, h, visibility, score."""


class PictureRows:
    """The boxes of all files as columns, in the order in which they come.

    Args:
        builder: Where their Tracks go.
    """

    def __init__(self, builder: ProjectBuilder) -> None:
        self._builder = builder
        self._tracks: list[TrackRows] = []
        self._numbers_of: dict[tuple[str, int], int] = {}
        self._files: list[str] = []
        self._firsts: list[int] = []
        self._owners, self._frames, self._lines = array("q"), array("q"), array("q")
        self._numbers = array("d")
        self._keyframes, self._occluded = bytearray(), bytearray()

    def begin(self, file: str) -> None:
        """What follows is of this file, whose name sentences use."""
        self._files.append(file)
        self._firsts.append(len(self._frames))

    def track(self, sequence: Sequence, group: str, category: str, wanted: int | None) -> int:
        """Number for ``add`` of a Track that is made where it is new.

        Args:
            sequence: Where it belongs.
            group: Of the pictures of that Sequence.
            category: Name, for a new one.
            wanted: Its number in the file; None for a box that is a Track of its own.
        """
        known = self._numbers_of.get((group, wanted)) if wanted is not None else None
        if known is None:
            known = len(self._tracks)
            self._tracks.append(self._builder.track(sequence, self._builder.category(category), wanted))
            if wanted is not None:
                self._numbers_of[group, wanted] = known
        return known

    def add(
        self,
        track: int,
        frame: int,
        line: int,
        box: Sides,
        *,
        keyframe: bool = False,
        occluded: bool = False,
        visibility: float = 1.0,
        score: float = 1.0,
    ) -> None:
        """Take in one box of the file begun last.

        Args:
            track: As ``track`` gave it.
            frame: From 0, within its Sequence.
            line: In the file, from 1.
            box: In image pixels.
            keyframe: Whether a person set it.
            occluded: Partly hidden.
            visibility: Visible share, 0 to 1.
            score: Of the tracker.

        Raises:
            AppError: The box is impossible.
        """
        check_box(box, f"{self._files[-1]}, line {line}")
        self._owners.append(track)
        self._frames.append(frame)
        self._lines.append(line)
        self._numbers.extend((*box, visibility, score))
        self._keyframes.append(keyframe)
        self._occluded.append(occluded)

    def extend(self, columns: BoxRows, lines: Iterable[int]) -> None:
        """Take in boxes of the file begun last.

        Args:
            columns: With the numbers of tracks that ``track`` gave; statuses and values mean nothing.
            lines: Where each stands, from 1.
        """
        self._owners.frombytes(columns.tracks.tobytes())
        self._frames.frombytes(columns.frames.tobytes())
        self._lines.extend(lines)
        shares = columns.visibility[:, None], columns.scores[:, None].astype(np.float64)
        self._numbers.frombytes(np.concatenate([columns.boxes, *shares], axis=1).tobytes())
        self._keyframes += columns.keyframes.tobytes()
        self._occluded += columns.occluded.tobytes()

    def finish(self) -> None:
        """Give all Tracks their boxes.

        Raises:
            AppError: A Track has two boxes on one frame.
        """
        if not self._tracks:
            return
        owners = np.frombuffer(self._owners, dtype=np.int64)
        numbers = np.frombuffer(self._numbers).reshape(-1, _NUMBERS)
        rows = BoxRows(
            owners,
            np.frombuffer(self._frames, dtype=np.int64),
            numbers[:, :4],
            numbers[:, 5].astype(np.float32),
            np.full(len(owners), TrackStatus.FOUND, dtype=np.uint8),
            np.frombuffer(self._keyframes, dtype=np.bool_),
            np.frombuffer(self._occluded, dtype=np.bool_),
            numbers[:, 4],
        )
        order = np.argsort(owners, kind="stable")
        ends = np.searchsorted(owners, np.arange(len(self._tracks)), side="right", sorter=order)
        for track, own in zip(self._tracks, np.split(order, ends[:-1]), strict=True):
            track.take(rows.at(own), partial(self._place, own))

    def _place(self, own: npt.NDArray[np.int64], number: int) -> str:
        row = int(own[number])
        return f"{self._files[bisect_right(self._firsts, row) - 1]}, line {self._lines[row]}"
