"""One Track as a file tells it, frame by frame: columns, since a file may have millions of boxes."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.document.model import AttributeValue, Track
from app.document.tracked_boxes import TrackedBoxes
from app.errors import AppError
from app.formats.box_rows import BoxRows, changed_rows, keyframes_of
from tracker.geometry import FARTHEST
from tracker.result import TrackStatus

Sides = tuple[float, float, float, float]
"""x, y, w, h in image pixels."""

_LONGEST_LINE = 10_000
"""Frames; a longer line between two boxes becomes a gap between two Keyframes, which costs nothing."""

_NUMBERS = 6
"""Of a row: x, y, w, h, visibility, score."""

_FLAGS = 3
_STATUS, _KEYFRAME, _OCCLUDED = range(_FLAGS)


def check_box(box: Sides, place: str) -> None:
    """Whether it may be a box.

    Raises:
        AppError: It may not.
    """
    for name, value in zip(("left", "top", "width", "height"), box, strict=True):
        if not abs(value) <= FARTHEST:
            raise AppError(
                "{0}: {1!r} of the box is {2:g}, far beyond any picture: correct the file.", place, name, value
            )
    if not (box[2] > 0 and box[3] > 0):
        raise AppError("{0}: the box has no width or no height.", place)


def are_boxes(boxes: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
    """Which of many may be boxes, ``(N, 4)`` -> bool ``(N,)``."""
    return np.asarray((np.abs(boxes) <= FARTHEST).all(axis=1) & (boxes[:, 2:] > 0).all(axis=1))


@dataclass(frozen=True, slots=True)
class _Line:
    """Boxes on a straight line between two frames, both exclusive, every ``step`` frames."""

    first: int
    last: int
    step: int
    start: Sides
    end: Sides

    def frames(self) -> npt.NDArray[np.int64]:
        return np.arange(self.first + self.step, self.last, self.step, dtype=np.int64)

    def boxes(self) -> npt.NDArray[np.float64]:
        share = ((self.frames() - self.first) / (self.last - self.first))[:, None]
        a, b = np.array(self.start), np.array(self.end)
        return np.asarray(a + (b - a) * share)


class TrackRows:
    """The rows of one Track, in any order of frames.

    Args:
        track: To be filled by ``finish``.
    """

    __slots__ = ("_flags", "_lines", "_numbers", "_outside", "_rows", "_values", "track")

    def __init__(self, track: Track) -> None:
        self.track = track
        self._rows: dict[int, int] = {}
        self._numbers = array("d")
        self._flags = bytearray()
        self._outside: set[int] = set()
        self._values: dict[int, Mapping[int, AttributeValue]] = {}
        self._lines: list[_Line] = []

    def __len__(self) -> int:
        return len(self._rows) + len(self._outside)

    @property
    def frames(self) -> Collection[int]:
        """Those with a box, in the order in which they came."""
        return self._rows.keys()

    def boxes(self) -> npt.NDArray[np.float64]:
        """All boxes in that order, float64 ``(N, 4)``."""
        return np.frombuffer(self._numbers).reshape(-1, _NUMBERS)[:, :4].copy()

    def add(
        self,
        frame: int,
        box: Sides,
        place: str,
        *,
        keyframe: bool = False,
        occluded: bool = False,
        visibility: float = 1.0,
        score: float = 1.0,
        status: TrackStatus = TrackStatus.FOUND,
    ) -> None:
        """Take in one box.

        Args:
            frame: From 0, within the Sequence.
            box: In image pixels.
            place: For the sentence if it is wrong.
            keyframe: Whether a person set it.
            occluded: Partly hidden.
            visibility: Visible share, 0 to 1.
            score: Of the tracker.
            status: Of the tracker.

        Raises:
            AppError: The frame has a box already, or the box is impossible.
        """
        self._check_free(frame, place)
        check_box(box, place)
        self._rows[frame] = len(self._rows)
        self._numbers.extend((*box, visibility, score))
        self._flags += bytes((status, keyframe, occluded))

    def extend(self, columns: BoxRows) -> bool:
        """Take in many boxes.

        Args:
            columns: Rows on frames from 0, within the Sequence; their numbers of tracks and values mean nothing.

        Returns:
            False, with nothing taken in, where a box is impossible or a frame has two: ``add`` says which.
        """
        if not are_boxes(columns.boxes).all():
            return False
        frames = columns.frames.tolist()
        if not (self._rows.keys().isdisjoint(frames) and self._outside.isdisjoint(frames)):
            return False
        start = len(self._rows)
        rows = dict(zip(frames, range(start, start + len(frames)), strict=True))
        if len(rows) < len(frames):
            return False
        self._rows |= rows
        shares = columns.visibility[:, None], columns.scores[:, None].astype(np.float64)
        self._numbers.frombytes(np.concatenate([columns.boxes, *shares], axis=1).tobytes())
        self._flags += np.stack(
            [columns.statuses, columns.keyframes, columns.occluded], axis=1, dtype=np.uint8
        ).tobytes()
        return True

    def take(self, columns: BoxRows, place: Callable[[int], str]) -> None:
        """Take in many boxes.

        Args:
            columns: As for ``extend``.
            place: Of a row in words, for the sentence if it is wrong.

        Raises:
            AppError: A box is impossible, or a frame has two.
        """
        if self.extend(columns):
            return
        for row, (frame, (x, y, w, h)) in enumerate(zip(columns.frames.tolist(), columns.boxes.tolist(), strict=True)):
            self.add(frame, (x, y, w, h), place(row))

    def add_outside(self, frame: int, place: str) -> None:
        """A person said that the object is not in the picture from this frame on.

        Args:
            frame: From 0, within the Sequence.
            place: For the sentence if it is wrong.

        Raises:
            AppError: The frame has a box already.
        """
        self._check_free(frame, place)
        self._outside.add(frame)

    def set_values(self, frames: Iterable[int], values: Mapping[int, AttributeValue]) -> None:
        """Set Attributes per frame: Attribute id -> value in force, on frames that have a row or will get one."""
        self._values |= dict.fromkeys(frames, values)

    def line(self, first: int, last: int, step: int = 1) -> None:
        """The frames between two, every ``step``, have boxes on a straight line.

        Args:
            first: Has a box.
            last: Exclusive; has a box, or none where the one of ``first`` stays as it is.
            step: Of the frames that there are.
        """
        row, following = self._rows[first], self._rows.get(last)
        if last - first <= step:
            return
        if step == 1 and last - first > _LONGEST_LINE and following is not None:
            self._set_keyframe(row)
            self._set_keyframe(following)
        if following is None:
            # to the end of the video: two Keyframes cost nothing, whatever lies between
            last = first + (last - 1 - first) // step * step
            self._set_keyframe(row)
            following = self._rows[last] = len(self._rows)
            self._numbers.extend(self._numbers[_NUMBERS * row : _NUMBERS * (row + 1)])
            self._flags += self._flags[_FLAGS * row : _FLAGS * (row + 1)]
            if first in self._values:
                self._values[last] = self._values[first]
        self._lines.append(_Line(first, last, step, self._sides(row), self._sides(following)))

    def set_attributes(self, values: Mapping[int, AttributeValue], place: str) -> None:
        """Set Attributes of the Track.

        Raises:
            AppError: One has another value already.
        """
        for number, value in values.items():
            if self.track.attributes.setdefault(number, value) != value:
                raise AppError("{0} gives another value to an attribute of the whole track: correct the file.", place)

    def span(self) -> int:
        """Frames that its tracked boxes will cost memory for."""
        tracked = self._frames()[self._flag_columns()[:, _KEYFRAME] == 0]
        ends = [end for it in self._lines if not self._is_gap(it) for end in (it.first, it.last)]
        frames = np.concatenate([tracked, np.array(ends, dtype=np.int64)])
        return int(frames.max() - frames.min()) + 1 if len(frames) else 0

    def finish(self, defaults: Mapping[int, AttributeValue | None]) -> None:
        """Fill the Track: a row becomes a Keyframe where a person set it, or where it tells what only those hold.

        Args:
            defaults: Attribute id -> value where none is set.
        """
        columns = self._columns()
        changes = self._changes(defaults)
        outside = sorted(self._outside)
        human = changed_rows(columns, outside, changes)
        gaps = {it.first for it in self._lines if self._is_gap(it)}
        self.track.keyframes = keyframes_of(columns, human, outside, changes, gaps)
        lines = [it for it in self._lines if it.first not in gaps]
        frames = [columns.frames[~human], *(it.frames() for it in lines)]
        between = sum(map(len, frames[1:]))
        self.track.boxes = TrackedBoxes.from_arrays(
            np.concatenate(frames),
            np.concatenate([columns.boxes[~human], *(it.boxes() for it in lines)]),
            np.concatenate([columns.scores[~human], np.ones(between, dtype=np.float32)]),
            np.concatenate([columns.statuses[~human], np.full(between, TrackStatus.FOUND, dtype=np.uint8)]),
        )

    def _check_free(self, frame: int, place: str) -> None:
        if frame in self._rows or frame in self._outside:
            said = f"track {self.track.id}" if not self.track.name else f"track {self.track.name!r:.60}"
            raise AppError("{0} is a second box of {1} on frame {2}: remove one of them.", place, said, frame)

    def _sides(self, row: int) -> Sides:
        x, y, w, h = self._numbers[_NUMBERS * row : _NUMBERS * row + 4]
        return x, y, w, h

    def _frames(self) -> npt.NDArray[np.int64]:
        """Of all rows, in their order, which is that of the dictionary."""
        return np.fromiter(self._rows, dtype=np.int64, count=len(self._rows))

    def _flag_columns(self) -> npt.NDArray[np.uint8]:
        return np.frombuffer(self._flags, dtype=np.uint8).reshape(-1, _FLAGS)

    def _is_keyframe(self, row: int) -> bool:
        return bool(self._flags[_FLAGS * row + _KEYFRAME])

    def _set_keyframe(self, row: int) -> None:
        self._flags[_FLAGS * row + _KEYFRAME] = True

    def _columns(self) -> BoxRows:
        """The rows with a box, ascending by frame."""
        frames, flags = self._frames(), self._flag_columns()
        order = np.argsort(frames)
        numbers = np.frombuffer(self._numbers).reshape(-1, _NUMBERS)[order]
        return BoxRows(
            np.zeros(len(order), dtype=np.int64),
            frames[order],
            numbers[:, :4].copy(),
            numbers[:, 5].astype(np.float32),
            flags[order, _STATUS],
            flags[order, _KEYFRAME] == 1,
            flags[order, _OCCLUDED] == 1,
            numbers[:, 4].copy(),
        )

    def _changes(self, defaults: Mapping[int, AttributeValue | None]) -> dict[int, Mapping[int, AttributeValue]]:
        """Frame -> Attribute id -> value, wherever a value differs from what held before."""
        held = dict(defaults)
        changes: dict[int, Mapping[int, AttributeValue]] = {}
        for frame in sorted(self._values):
            values = self._values[frame] if frame in self._rows or frame in self._outside else {}
            if new := {number: value for number, value in values.items() if held.get(number) != value}:
                changes[frame] = new
                held.update(new)
        return changes

    def _is_gap(self, line: _Line) -> bool:
        """Whether the model draws the line by itself, between two Keyframes."""
        last = self._rows.get(line.last)
        return last is not None and self._is_keyframe(self._rows[line.first]) and self._is_keyframe(last)
