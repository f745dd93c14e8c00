"""A Project out of what a file of anybody says: ids that are free, numbers that are possible, boxes in order."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from app.document.model import MAX_FRAMES, Attribute, AttributeValue, Category, Gap, Keyframe, Project, Sequence, Track
from app.document.names import clean_name
from app.document.tracked_boxes import TrackedBoxes
from app.errors import AppError
from tracker.geometry import BoundingBox
from tracker.result import TrackStatus

MAX_SIDE = 1_000_000
"""Longest side of a picture in pixels."""

MAX_ID = 2**31 - 2

_LONGEST_LINE = 10_000
"""Frames; a longer line between two boxes becomes a gap between two Keyframes, which costs nothing."""

_FREE_ROWS, _ROWS_A_BOX = 5_000_000, 100
"""Tracked boxes cost memory for each frame they span: this many frames, and so many more a box, are enough for
everything a person has labelled, and too few for a few frame numbers that are wrong to fill the memory."""


@dataclass(frozen=True, slots=True)
class ImportedBox:
    """What a file says of one Track on one frame.

    Attributes:
        box: In image pixels; None for "outside", said by a person.
        keyframe: Set by a person.
        occluded: Partly hidden.
        visibility: Visible share, 0 to 1.
        score: Of the tracker.
        status: Of the tracker.
        attributes: Attribute id -> value in force, of Attributes per frame.
    """

    box: BoundingBox | None
    keyframe: bool = False
    occluded: bool = False
    visibility: float = 1.0
    score: float = 1.0
    status: TrackStatus = TrackStatus.FOUND
    attributes: Mapping[int, AttributeValue] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Line:
    """Boxes on a straight line between two frames, both exclusive, every ``step`` frames."""

    first: int
    last: int
    step: int
    start: BoundingBox
    end: BoundingBox

    def frames(self) -> npt.NDArray[np.int64]:
        return np.arange(self.first + self.step, self.last, self.step, dtype=np.int64)

    def boxes(self) -> npt.NDArray[np.float64]:
        share = ((self.frames() - self.first) / (self.last - self.first))[:, None]
        a, b = (np.array([it.x, it.y, it.w, it.h]) for it in (self.start, self.end))
        return np.asarray(a + (b - a) * share)


@dataclass(slots=True)
class TrackRows:
    """One Track as it is read, frame by frame in any order.

    Attributes:
        track: To be filled by ``ProjectBuilder.finish``.
        rows: Frame -> what the file says.
        lines: Boxes that the file gives by two others.
    """

    track: Track
    rows: dict[int, ImportedBox] = field(default_factory=dict)
    lines: list[_Line] = field(default_factory=list)

    def add(self, frame: int, row: ImportedBox, place: str) -> None:
        """Take in one frame.

        Args:
            frame: From 0, within the Sequence.
            row: What the file says.
            place: For the sentence if it is wrong.

        Raises:
            AppError: The frame has a box already, or the box is impossible.
        """
        if frame in self.rows:
            said = f"track {self.track.id}" if not self.track.name else f"track {self.track.name!r:.60}"
            raise AppError("{0} is a second box of {1} on frame {2}: remove one of them.", place, said, frame)
        if row.box is not None and not row.box.is_valid:
            raise AppError("{0}: the box has no width or no height.", place)
        self.rows[frame] = row

    def line(self, first: int, last: int, end: BoundingBox | None, step: int = 1) -> None:
        """The frames between two, every ``step``, have boxes on a straight line.

        Args:
            first: Has a box already.
            last: Exclusive; has a row of its own, or none where nothing follows.
            end: The box there; None where the one of ``first`` stays as it is.
            step: Of the frames that there are.
        """
        row = self.rows[first]
        if row.box is None or last - first <= step:
            return
        if step == 1 and last - first > _LONGEST_LINE and last in self.rows and self.rows[last].box is not None:
            self.rows[first] = replace(row, keyframe=True)
            self.rows[last] = replace(self.rows[last], keyframe=True)
        if end is None and last not in self.rows:
            # to the end of the video: two Keyframes cost nothing, whatever lies between
            stop = first + (last - 1 - first) // step * step
            self.rows[first] = replace(row, keyframe=True)
            self.rows[stop] = end_row = replace(row, keyframe=True)
            self.lines.append(_Line(first, stop, step, row.box, end_row.box or row.box))
            return
        self.lines.append(_Line(first, last, step, row.box, end or row.box))

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
        frames = [frame for frame, row in self.rows.items() if row.box is not None and not row.keyframe]
        frames += [end for it in self.lines if not self._is_gap(it) for end in (it.first, it.last)]
        return max(frames) - min(frames) + 1 if frames else 0

    def finish(self, defaults: Mapping[int, AttributeValue | None]) -> None:
        """Fill the Track: a row becomes a Keyframe where a person set it, or where it tells what only those hold.

        Args:
            defaults: Attribute id -> value where none is set.
        """
        holding = dict(defaults)
        tracked: list[tuple[int, ImportedBox, BoundingBox]] = []
        gaps = {it.first for it in self.lines if self._is_gap(it)}
        state, gone = (False, 1.0), False
        for frame in sorted(self.rows):
            row = self.rows[frame]
            values = {number: value for number, value in row.attributes.items() if holding.get(number) != value}
            holding.update(values)
            if row.box is None:
                self.track.keyframes[frame] = Keyframe(None, attributes=values)
                gone = True
            elif row.keyframe or gone or values or (row.occluded, row.visibility) != state:
                gap = Gap.INTERPOLATED if frame in gaps else Gap.TRACKED
                self.track.keyframes[frame] = Keyframe(row.box, row.occluded, row.visibility, gap, values)
                state, gone = (row.occluded, row.visibility), False
            else:
                tracked.append((frame, row, row.box))
        lines = [it for it in self.lines if it.first not in gaps]
        frames = [np.array([frame for frame, _, _ in tracked], dtype=np.int64), *(it.frames() for it in lines)]
        boxes = [np.array([(box.x, box.y, box.w, box.h) for _, _, box in tracked], dtype=np.float64).reshape(-1, 4)]
        boxes += [it.boxes() for it in lines]
        between = sum(map(len, frames[1:]))
        scores = np.array([row.score for _, row, _ in tracked], dtype=np.float32)
        statuses = np.array([row.status for _, row, _ in tracked], dtype=np.uint8)
        self.track.boxes = TrackedBoxes.from_arrays(
            np.concatenate(frames),
            np.concatenate(boxes),
            np.concatenate([scores, np.ones(between, dtype=np.float32)]),
            np.concatenate([statuses, np.full(between, TrackStatus.FOUND, dtype=np.uint8)]),
        )

    def _is_gap(self, line: _Line) -> bool:
        """Whether the model draws the line by itself, between two Keyframes."""
        first, last = self.rows[line.first], self.rows.get(line.last)
        return last is not None and last.box is not None and first.keyframe and last.keyframe


def size_that_holds(boxes: Iterable[BoundingBox]) -> tuple[int, int]:
    """Width and height of the smallest picture with all boxes in it: where a file tells no size and has no pictures."""
    right = bottom = 1.0
    for box in boxes:
        right, bottom = max(right, box.right), max(bottom, box.bottom)
    return min(MAX_SIDE, math.ceil(right)), min(MAX_SIDE, math.ceil(bottom))


class ProjectBuilder:
    """Collects Categories, Sequences and Tracks; ids are those of the file where a Project may have them."""

    def __init__(self) -> None:
        self._project = Project()
        self._tracks: dict[int, TrackRows] = {}
        self._names: dict[str, int] = {}
        self._next_track = 1
        self._next_category = 1

    @property
    def categories(self) -> dict[int, Category]:
        """Those there are, by id."""
        return self._project.categories

    @property
    def tracks(self) -> list[TrackRows]:
        """All so far."""
        return list(self._tracks.values())

    def category(self, name: str, wanted: int | None = None) -> int:
        """Id of the Category with this name, made where it is new."""
        name = clean_name(name) or "object"
        number = self._names.get(name)
        if number is None:
            free = wanted is not None and 1 <= wanted <= MAX_ID and wanted not in self._project.categories
            number = wanted if free and wanted is not None else self._next_category
            self._next_category = max(self._next_category, number + 1)
            self._names[name] = number
            self._project.categories[number] = Category(number, name)
        return number

    def attribute(self, made: Attribute) -> Attribute:
        """Define an Attribute, by an id and a name that are its own."""
        self._project.attributes[made.id] = made
        return made

    def attribute_named(self, made: Attribute) -> Attribute:
        """The Attribute of this name, defined like ``made`` with an id of its own where it is new."""
        known = next((it for it in self._project.attributes.values() if it.name == made.name), None)
        return known or self.attribute(replace(made, id=max(self._project.attributes, default=0) + 1))

    def sequence(
        self, name: str, frame_count: int, size: tuple[int, int], fps: float, place: str, wanted: int | None = None
    ) -> Sequence:
        """A new Sequence.

        Args:
            name: As the person will see it.
            frame_count: At least 1.
            size: Width and height in pixels.
            fps: Frames per second.
            place: For the sentence if a number is impossible.
            wanted: Its id where that is free.

        Raises:
            AppError: One is.
        """
        if not 1 <= frame_count <= MAX_FRAMES:
            raise AppError("{0} tells of {1} frames: a sequence has 1 to {2}.", place, frame_count, MAX_FRAMES)
        if not 1 <= min(size) <= max(size) <= MAX_SIDE:
            raise AppError("{0} tells of pictures of {1} x {2} pixels: correct the size.", place, size[0], size[1])
        if not 0 < fps < 1e6:
            raise AppError("{0} tells of {1:g} frames per second: correct the rate.", place, fps)
        free = wanted is not None and 1 <= wanted <= MAX_ID and wanted not in self._project.sequences
        number = wanted if free and wanted is not None else max(self._project.sequences, default=0) + 1
        made = Sequence(number, clean_name(name), "", frame_count, size[0], size[1], fps)
        self._project.sequences[number] = made
        return made

    def track(self, sequence: Sequence, category: int, wanted: int | None = None, name: str = "") -> TrackRows:
        """A new Track of a Sequence, with the id ``wanted`` where that is free."""
        free = wanted is not None and 1 <= wanted <= MAX_ID and wanted not in self._tracks
        number = wanted if free and wanted is not None else self._next_track
        self._next_track = max(self._next_track, number + 1)
        made = TrackRows(Track(number, clean_name(name), category))
        self._tracks[number] = made
        sequence.tracks[number] = made.track
        return made

    def finish(self) -> Project:
        """The Project, all Tracks filled.

        Raises:
            AppError: The frames lie so far apart that they would fill the memory.
        """
        allowed = _FREE_ROWS + _ROWS_A_BOX * sum(len(it.rows) for it in self._tracks.values())
        spans = {number: it.span() for number, it in self._tracks.items()}
        if sum(spans.values()) > allowed:
            widest = max(spans, key=lambda number: spans[number])
            raise AppError(
                "Track {0} has boxes {1} frames apart and few between: correct its frame numbers.",
                widest,
                spans[widest],
            )
        defaults = {it.id: it.default for it in self._project.attributes.values() if it.per_frame}
        for rows in self._tracks.values():
            rows.finish(defaults)
        return self._project
