"""Sets for single-object tracking: a folder a Track, with one line for every frame of its video.

What OTB, GOT-10k and LaSOT share. Line n is exported frame n; a frame without the object has the box 0,0,0,0, which
every reader takes for a number and no tracker for a target (NaN ends some readers). The folder is named
``<sequence>-<id of the track>``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from app.document.model import MAX_FRAMES, Sequence, Track
from app.errors import AppError
from app.formats.box_rows import BoxRows
from app.formats.export_info import ExportInfo
from app.formats.imported_project import ProjectBuilder, size_that_holds
from app.formats.options import ImportOptions
from app.formats.selection import SelectedSequence, Selection
from app.formats.shown_boxes import Boxes, rounded
from app.formats.text_lines import MAX_NUMBER, number_rows, number_table, text_lines
from app.spoken import spoken

FPS = 30.0
"""Of a set that does not tell."""

_SIDES, _CORNERS = 4, 8
_OWN_ID = re.compile(r"(.+)-(\d{1,10})")


@dataclass(frozen=True, slots=True)
class TargetLines:
    """One Track, a row for each exported frame.

    Attributes:
        boxes: ``(F, 4)``, zeros where there is none.
        there: bool ``(F,)``.
        occluded: bool ``(F,)``.
        visibility: ``(F,)``, 0 where there is no box.
    """

    boxes: Boxes
    there: npt.NDArray[np.bool_]
    occluded: npt.NDArray[np.bool_]
    visibility: npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ImportedLines:
    """One target as a file tells it.

    Attributes:
        name: Of its folder.
        place: Of its file in sentences.
        boxes: ``(F, 4)``, one for each line; NaN where there is none.
        visibility: Visible share for each line, ``(F,)``; None where the set does not tell.
        outlines: Lines with the corners of a turned box, of which ``boxes`` has the one round them.
    """

    name: str
    place: str
    boxes: Boxes
    visibility: npt.NDArray[np.float64] | None = None
    outlines: int = 0


def target_name(selected: SelectedSequence, track: Track) -> str:
    """Name of the folder of a Track."""
    return f"{selected.folder}-{track.id}"


def target_lines(selection: Selection, selected: SelectedSequence, track: Track) -> TargetLines:
    """What is shown of a Track on all exported frames."""
    shown = selection.shown(selected, track)
    near, left = rounded(shown.boxes)
    shown = shown.with_boxes(near).at(np.flatnonzero(left))
    count = len(selected.frames)
    boxes, visibility = np.zeros((count, 4)), np.zeros(count)
    there, occluded = np.zeros(count, dtype=np.bool_), np.zeros(count, dtype=np.bool_)
    places = selected.places(shown.frames)
    boxes[places], visibility[places] = shown.boxes, shown.visibility
    there[places], occluded[places] = True, shown.occluded
    return TargetLines(boxes, there, occluded, visibility)


def late_starts(title: str, selection: Selection) -> list[str]:
    """A sentence where the first line of a Track has no box: trackers are started with that one."""
    late = sum(
        len(it.frames) > 0 and not target_lines(selection, it, track).there[0]
        for it in selection.sequences
        for track in it.tracks
    )
    return (
        [spoken("{0} starts trackers on the first frame, and {1:,} tracks are not there yet.", title, late)]
        if late
        else []
    )


def write_text(path: Path, lines: Iterator[str] | list[str]) -> None:
    """Write lines, each with its end."""
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.writelines(lines)


def box_lines(boxes: Boxes, pattern: str) -> Iterator[str]:
    """A line a box by a pattern for four numbers."""
    for box in boxes.tolist():
        yield pattern % tuple(box) + "\n"


def read_boxes(path: Path, place: str, base: int) -> tuple[Boxes, int]:
    """Boxes of a ground truth file.

    Four numbers a line; without a width or a height, or with NaN, the object is not there. Or eight, the corners of a
    turned box as VOT has them: the box round them is taken.

    Args:
        path: Commas, semicolons, tabs or spaces between the numbers.
        place: The file's name in sentences.
        base: Number of the top-left pixel.

    Returns:
        ``(N, 4)``, NaN where the object is not there; and how many lines have corners.

    Raises:
        AppError: It is not of this shape; with the line.
    """
    table, outlines = number_table(path, place, _SIDES), 0
    if table is None or len(table) > MAX_FRAMES or (table[:, 2:] < 0).any() or (np.abs(table) > MAX_NUMBER).any():
        rows = list(_box_rows(path, place))
        table = np.array([sides for sides, _ in rows], dtype=np.float64).reshape(-1, _SIDES)
        outlines = sum(is_outline for _, is_outline in rows)
    gone = np.isnan(table).any(axis=1) | (table[:, 2:] == 0).any(axis=1)
    return np.where(gone[:, None], np.nan, table - np.array([base, base, 0, 0])), outlines


def _box_rows(path: Path, place: str) -> Iterator[tuple[list[float], bool]]:
    """Line by line, with a sentence where one is wrong: a box, and whether it is the one round corners."""
    for count, (number, values) in enumerate(number_rows(path, place)):
        is_outline = len(values) == _CORNERS
        sides = _round_corners(values) if is_outline else values
        if len(sides) != _SIDES:
            raise AppError(
                "{0}, line {1} has {2} numbers, not the four of a box: correct the file.", place, number, len(sides)
            )
        if count >= MAX_FRAMES:
            raise AppError("{0} has more than {1} lines: choose another file.", place, MAX_FRAMES)
        if min(sides[2:]) < 0:
            raise AppError("{0}, line {1}: the box has a negative width or height: correct the file.", place, number)
        yield sides, is_outline and sides[0] == sides[0]  # NaN is no box


def _round_corners(numbers: list[float]) -> list[float]:
    """The box round corners x, y, x, y and so on; NaN where one of them is."""
    corners = np.array(numbers).reshape(-1, 2)
    near = corners.min(axis=0)
    return [*near.tolist(), *(corners.max(axis=0) - near).tolist()]


def read_flags(path: Path, place: str, count: int, largest: int = 1) -> npt.NDArray[np.int64] | None:
    """One whole number a frame, on lines of their own or on one line, int64 ``(N,)``; None where there is no file.

    Raises:
        AppError: Others than ``count`` numbers from 0 to ``largest``.
    """
    if not path.is_file():
        return None
    found: list[int] = []
    known = {f"{number:0{width}d}": number for width in (1, 2) for number in range(largest + 1)}
    for number, line in text_lines(path, place, longest=4 * MAX_FRAMES):
        cells = line.replace(",", " ").split()
        wrong = next((it for it in cells if it not in known), None)
        if wrong is not None:
            raise AppError(
                "{0}, line {1}: {2!r:.40} is not from 0 to {3}: correct the file.", place, number, wrong, largest
            )
        found += map(known.__getitem__, cells)
        if len(found) > count:
            raise AppError("{0}, line {1} goes on after {2} frames: correct the file.", place, number, count)
    if len(found) != count:
        raise AppError("{0} has {1} numbers for {2} frames: correct the file.", place, len(found), count)
    return np.array(found, dtype=np.int64)


class TargetReader:
    """Puts targets into a Project: those of one video of ours into one Sequence, any other into one of its own.

    Args:
        info: Of the export, empty for sets of others.
        options: The video, where the person named one.
    """

    def __init__(self, info: ExportInfo, options: ImportOptions) -> None:
        self.builder = ProjectBuilder()
        self._info = info
        self._options = options
        self._sequences: dict[str, Sequence] = {}
        self._sized: set[str] = set()
        self._outlines = 0

    @property
    def notes(self) -> list[str]:
        """What was taken for something, one sentence each."""
        if not self._outlines:
            return []
        return [spoken("{0:,} boxes are turned: the boxes round their corners were taken.", self._outlines)]

    def add(
        self,
        lines: ImportedLines,
        category: str,
        size: tuple[int, int] | None = None,
        fps: float | None = None,
        video: str | None = None,
    ) -> None:
        """Take in one target.

        Args:
            lines: What the file says.
            category: Name.
            size: Of its pictures, where the set tells.
            fps: Of its video, likewise.
            video: Folder name of the Sequence in our export; None for what stands before the number in its name.

        Raises:
            AppError: A number is impossible.
        """
        self._outlines += lines.outlines
        own = _OWN_ID.fullmatch(lines.name)
        if video is None:
            video = own[1] if own is not None else ""
        ours = self._info.sequence(video).is_known
        folder = video if ours else lines.name
        wanted = int(own[2]) if own is not None else None
        about, source = self._info.sequence(folder), self._options.source
        frames = about.source_frames(len(lines.boxes))
        sequence = self._sequences.get(folder)
        if sequence is None:
            told = (source.width, source.height) if source else size
            if told is not None or ours:
                self._sized.add(folder)
            count = about.frame_count(
                max(int(frames[-1]) + 1 if len(frames) else 1, source.frame_count if source else 1)
            )
            rate = about.fps(fps or (source.fps if source else FPS))
            name = about.name(lines.name)
            sequence = self.builder.sequence(name, count, about.size(*(told or (1, 1))), rate, lines.place)
            self._sequences[folder] = sequence
        elif len(frames) and int(frames[-1]) >= sequence.frame_count:
            sequence.frame_count = about.frame_count(int(frames[-1]) + 1)
        name = about.track_name(wanted) if ours and wanted is not None else ""
        rows = self.builder.track(sequence, self.builder.category(category), wanted, name)
        there = np.flatnonzero(~np.isnan(lines.boxes).any(axis=1))
        boxes = lines.boxes[there]
        visibility = np.ones(len(frames)) if lines.visibility is None else lines.visibility
        columns = BoxRows.tracked(np.zeros(len(there), dtype=np.int64), frames[there], boxes)
        columns = replace(columns, visibility=visibility[there])
        rows.take(columns, lambda row: f"{lines.place}, line {there[row] + 1}")
        if folder not in self._sized:
            width, height = size_that_holds(boxes)
            sequence.width, sequence.height = max(width, sequence.width), max(height, sequence.height)
