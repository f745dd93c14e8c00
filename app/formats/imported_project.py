"""A Project out of what a file of anybody says: ids that are free, numbers that are possible, boxes in order."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from app.document.model import MAX_FRAMES, Attribute, Category, Project, Sequence, Track
from app.document.names import clean_name
from app.errors import AppError
from app.formats.track_rows import TrackRows

MAX_SIDE = 1_000_000
"""Longest side of a picture in pixels."""

MAX_ID = 2**31 - 2

_FREE_ROWS, _ROWS_A_BOX = 5_000_000, 100
"""Tracked boxes cost memory for each frame they span: this many frames, and so many more a box, are enough for
everything a person has labelled, and too few for a few frame numbers that are wrong to fill the memory."""


def size_that_holds(boxes: npt.NDArray[np.float64]) -> tuple[int, int]:
    """Width and height of the smallest picture with all boxes in it: where a file tells no size and has no pictures.

    Args:
        boxes: ``(N, 4)``: x, y, w, h.
    """
    right, bottom = (boxes[:, :2] + boxes[:, 2:]).max(axis=0, initial=1.0).tolist()
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

    def track(
        self,
        sequence: Sequence,
        category: int,
        wanted: int | None = None,
        name: str = "",
        rows: TrackRows | None = None,
    ) -> TrackRows:
        """A new Track of a Sequence, with the id ``wanted`` where that is free.

        Args:
            sequence: Where it belongs.
            category: Id.
            wanted: Its id in the file.
            name: As the person will see it.
            rows: What was read of it before all this was known.
        """
        free = wanted is not None and 1 <= wanted <= MAX_ID and wanted not in self._tracks
        number = wanted if free and wanted is not None else self._next_track
        self._next_track = max(self._next_track, number + 1)
        made = Track(number, clean_name(name), category)
        if rows is None:
            rows = TrackRows(made)
        rows.track = sequence.tracks[number] = made
        self._tracks[number] = rows
        return rows

    def finish(self) -> Project:
        """The Project, all Tracks filled.

        Raises:
            AppError: The frames lie so far apart that they would fill the memory.
        """
        allowed = _FREE_ROWS + _ROWS_A_BOX * sum(len(it) for it in self._tracks.values())
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
