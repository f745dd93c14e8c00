"""CSV tables -> ``Project``: our own, and others that have at least frame and box under our names."""

from __future__ import annotations

import csv
import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from operator import itemgetter
from pathlib import Path

import numpy as np
import numpy.typing as npt

from app.document.model import MAX_FRAMES, Attribute, AttributeValue, Sequence
from app.errors import AppError
from app.formats.box_rows import BoxRows
from app.formats.csv_attributes import read_cell, read_headers
from app.formats.csv_boxes import BOX_COLUMNS, BY_NAME, SIDES, box_columns
from app.formats.csv_text import plain_text
from app.formats.format import ImportedProject, Likeness
from app.formats.imported_project import MAX_ID, MAX_SIDE, ProjectBuilder, size_that_holds
from app.formats.options import ImportOptions
from app.formats.progress import Progress
from app.formats.text_lines import MAX_NUMBER, text_lines
from app.formats.track_rows import TrackRows
from tracker.result import TrackStatus

COLUMNS = (
    "sequence",
    "sequence_id",
    "sequence_width_px",
    "sequence_height_px",
    "sequence_frames",
    "sequence_fps",
    "track_id",
    "track",
    "category",
    "frame_from_0",
    "time_s",
    "source",
    "left_px",
    "top_px",
    "width_px",
    "height_px",
    "occluded",
    "visibility",
    "score",
    "status",
)

_REQUIRED = ("frame_from_0", "left_px", "top_px", "width_px", "height_px")
_FPS = 30.0
_CHUNK = range(2_000, 10_001)
"""Rows that are in memory at a time: few, for no other thread gets in while thousands are taken apart and freed."""
_ROWS_PER_TRACK = 50
"""Worth waiting for in a file that goes by frames: columns of a few rows are slower than the rows."""

_Line = tuple[int, list[str]]
"""Number of a line and its cells."""


@dataclass(frozen=True, slots=True)
class _Row:
    """One row: column -> cell, and where it stands."""

    cells: dict[str, str]
    place: str

    def text(self, column: str) -> str:
        """The text without the apostrophe that keeps spreadsheets from running it."""
        return plain_text(self.cells.get(column, ""))

    def number(self, column: str, default: float) -> float:
        """The number, or the default for an empty cell."""
        cell = self.cells.get(column, "").strip()
        try:
            value = float(cell) if cell else default
        except ValueError:
            value = math.nan
        if not abs(value) <= MAX_NUMBER:
            raise AppError("{0}: {1} is {2!r:.60}, not a number: correct the file.", self.place, column, cell)
        return value

    def whole(self, column: str, default: int, first: int, last: int) -> int:
        """The whole number from ``first`` to ``last``, or the default for an empty cell."""
        value = self.number(column, default)
        if self.cells.get(column, "").strip() and not (value.is_integer() and first <= value <= last):
            raise AppError(
                "{0}: {1} is {2:g}, not a whole number from {3} to {4}: correct the file.",
                self.place,
                column,
                value,
                first,
                last,
            )
        return int(value)


@dataclass(slots=True)
class _Reading:
    builder: ProjectBuilder = field(default_factory=ProjectBuilder)
    sequences: dict[tuple[int, str], Sequence] = field(default_factory=dict)
    tracks: dict[tuple[int, str], TrackRows] = field(default_factory=dict)
    unsized: set[int] = field(default_factory=set)
    attributes: dict[str, Attribute] = field(default_factory=dict)
    header: list[str] = field(default_factory=list)


def sniff_csv(path: Path) -> Likeness:
    """By the names of the columns."""
    if not path.is_file():
        return Likeness.NO
    try:
        _, line = next(text_lines(path, path.name), (1, ""))
    except AppError:
        return Likeness.NO
    header = {it.strip() for it in line.split(",")}
    return Likeness.CERTAIN if header.issuperset(_REQUIRED) else Likeness.NO


def read_csv(path: Path, options: ImportOptions, progress: Progress) -> ImportedProject:
    """Read one file.

    A row without ``track_id`` and ``track`` is a Track of its own; a file without ``sequence`` is one Sequence. Where
    the size of the pictures is not told, it is that of the chosen video, else the smallest that holds all boxes.

    Args:
        path: The file.
        options: The video that the boxes belong to, where the person named one.
        progress: Told how far it is.

    Raises:
        AppError: The file is not of this format; the sentence names line and column.
        CancelledError: The person gave up.
    """
    reading = _Reading()
    lines, done, size = _lines(path, reading), 0, _CHUNK[0]
    while chunk := list(itertools.islice(lines, size)):
        progress.at(done, done + len(chunk))
        done += len(chunk)
        tracks = _read_chunk(reading, chunk, path.name, options)
        size = min(max(_CHUNK[0], _ROWS_PER_TRACK * tracks), _CHUNK[-1])
    return ImportedProject(reading.builder.finish(), frame_base=0, box_base=0)


def _lines(path: Path, reading: _Reading) -> Iterator[_Line]:
    """All rows, with a cell for every column."""
    table = csv.reader((f"{line}\n" for _, line in text_lines(path, path.name)), strict=True)
    try:
        reading.header = header = [it.strip() for it in next(table, [])]
        missing = [it for it in _REQUIRED if it not in header]
        if missing:
            raise AppError(
                "{0}, line 1 has no column {1}: it is no table of boxes in this format.", path.name, missing[0]
            )
        if len(set(header)) < len(header):
            raise AppError("{0}, line 1 has two columns of one name: rename one.", path.name)
        reading.attributes = read_headers(header, f"{path.name}, line 1", reading.builder)
        for cells in table:
            if len(cells) > len(header):
                place = f"{path.name}, line {table.line_num}"
                raise AppError("{0} has {1} cells for {2} columns: correct the file.", place, len(cells), len(header))
            yield table.line_num, cells + [""] * (len(header) - len(cells))
    except csv.Error as error:
        raise AppError("{0}, line {1} is no CSV ({2}): correct the file.", path.name, table.line_num, error) from error


def _read_chunk(reading: _Reading, chunk: list[_Line], file: str, options: ImportOptions) -> int:
    """Rows of one Track at once, which is several times as fast; one by one where any of them is unusual.

    Returns:
        How many Tracks, or stretches of them, the rows were of.
    """
    groups = _by_track(reading.header, chunk)
    for rows, columns in groups:
        if columns is None or not _read_columns(reading, _row(reading, rows[0], file), columns, options):
            for line in rows:
                _read_row(reading, _row(reading, line, file), options)
    return len(groups)


def _by_track(header: list[str], chunk: list[_Line]) -> list[tuple[list[_Line], BoxRows | None]]:
    """Rows that differ in their boxes only, with those; as they come, without any, where that does not suffice."""
    about = [place for place, name in enumerate(header) if name not in BOX_COLUMNS]
    whose = [about.index(header.index(it)) for it in ("track_id", "track") if it in header]
    source = about.index(header.index("source")) if "source" in header else None
    key_of = itemgetter(*about) if len(about) > 1 else None
    if key_of is None:
        return [(chunk, None)]
    groups: dict[tuple[str, ...], list[_Line]] = {}
    for line in chunk:
        groups.setdefault(key_of(line[1]), []).append(line)
    found: list[tuple[list[_Line], BoxRows | None]] = []
    for key, rows in groups.items():
        kind = key[source].strip() if source is not None else ""
        if kind == "outside":
            found.append((rows, None))
            continue
        columns = None
        if any(key[it].strip() for it in whose) and kind in {"keyframe", "tracked", ""}:
            cells = dict(zip(header, zip(*(cells for _, cells in rows), strict=True), strict=True))
            columns = box_columns(cells, len(rows), keyframes=kind == "keyframe")
        if columns is None:
            return [(chunk, None)]
        found.append((rows, columns))
    return found


def _row(reading: _Reading, line: _Line, file: str) -> _Row:
    number, cells = line
    return _Row(dict(zip(reading.header, cells, strict=True)), f"{file}, line {number}")


def _read_columns(reading: _Reading, first: _Row, boxes: BoxRows, options: ImportOptions) -> bool:
    """Take in boxes of one Track, of which ``first`` is one; False where one stands on a frame that has one."""
    sequence = _sequence(reading, first, options)
    track = _track(reading, first, sequence)
    values = _values(reading, first)
    track.set_attributes({it.id: value for it, value in values.items() if not it.per_frame}, first.place)
    if not track.extend(boxes):
        return False
    if per_frame := {it.id: value for it, value in values.items() if it.per_frame}:
        track.set_values(boxes.frames.tolist(), per_frame)
    _hold(reading, sequence, int(boxes.frames.max()), boxes.boxes)
    return True


def _values(reading: _Reading, row: _Row) -> dict[Attribute, AttributeValue]:
    found = ((it, read_cell(row.cells[header], it, row.place)) for header, it in reading.attributes.items())
    return {it: value for it, value in found if value is not None}


def _hold(reading: _Reading, sequence: Sequence, frame: int, boxes: npt.NDArray[np.float64]) -> None:
    """Make a Sequence as long as a frame asks for, and as large as boxes ``(N, 4)`` do where nothing tells its size."""
    sequence.frame_count = max(sequence.frame_count, frame + 1)
    if sequence.id in reading.unsized:
        width, height = size_that_holds(boxes)
        sequence.width, sequence.height = max(sequence.width, width), max(sequence.height, height)


def _read_row(reading: _Reading, row: _Row, options: ImportOptions) -> None:
    builder = reading.builder
    if not any(it.strip() for it in row.cells.values()):
        return
    about = bool(row.cells.get("sequence") or row.cells.get("sequence_id") or row.cells.get("frame_from_0"))
    if not about:
        builder.category(row.text("category"))
        return
    sequence = _sequence(reading, row, options)
    has_frame = bool(row.cells.get("frame_from_0", "").strip())
    if not has_frame and not row.cells.get("track_id", "").strip():
        return
    track = _track(reading, row, sequence)
    values = _values(reading, row)
    track.set_attributes({it.id: value for it, value in values.items() if not it.per_frame}, row.place)
    if has_frame:
        _read_box(reading, row, sequence, track, {it.id: value for it, value in values.items() if it.per_frame})


def _sequence(reading: _Reading, row: _Row, options: ImportOptions) -> Sequence:
    key = (row.whole("sequence_id", 0, 0, MAX_ID), row.text("sequence"))
    known = reading.sequences.get(key)
    if known is None:
        source = options.source
        shape = (source.width, source.height, source.frame_count) if source else (1, 1, 1)
        size = (
            row.whole("sequence_width_px", shape[0], 1, MAX_SIDE),
            row.whole("sequence_height_px", shape[1], 1, MAX_SIDE),
        )
        count = row.whole("sequence_frames", shape[2], 1, MAX_FRAMES)
        fps = row.number("sequence_fps", source.fps if source else _FPS)
        known = reading.builder.sequence(key[1], count, size, fps, row.place)
        reading.sequences[key] = known
        if not source and not row.cells.get("sequence_width_px", "").strip():
            reading.unsized.add(known.id)
    return known


def _track(reading: _Reading, row: _Row, sequence: Sequence) -> TrackRows:
    number = row.whole("track_id", 0, 1, MAX_ID)
    name = row.text("track")
    known = reading.tracks.get((sequence.id, f"{number} {name}"))
    if known is None:
        category = reading.builder.category(row.text("category"))
        known = reading.builder.track(sequence, category, number or None, name)
        if number or name:
            reading.tracks[sequence.id, f"{number} {name}"] = known
    return known


def _read_box(
    reading: _Reading, row: _Row, sequence: Sequence, track: TrackRows, values: dict[int, AttributeValue]
) -> None:
    frame = row.whole("frame_from_0", 0, 0, MAX_FRAMES - 1)
    source = row.cells.get("source", "").strip()
    if source not in {"keyframe", "tracked", "outside", ""}:
        raise AppError(
            "{0}: source is {1!r:.60}, not keyframe, tracked or outside: correct the file.", row.place, source
        )
    if values:
        track.set_values([frame], values)
    if source == "outside":
        _hold(reading, sequence, frame, np.empty((0, 4)))
        track.add_outside(frame, row.place)
        return
    left, top, width, height = (row.number(side, math.nan) for side in SIDES)
    visibility = row.number("visibility", 1.0)
    if not 0 <= visibility <= 1:
        raise AppError("{0}: visibility is {1:g}, not between 0 and 1: correct the file.", row.place, visibility)
    status = row.cells.get("status", "").strip()
    if status and status not in BY_NAME:
        raise AppError(
            "{0}: status is {1!r:.60}, none of {2}: correct the file.", row.place, status, ", ".join(BY_NAME)
        )
    track.add(
        frame,
        (left, top, width, height),
        row.place,
        keyframe=source == "keyframe",
        occluded=row.whole("occluded", 0, 0, 1) == 1,
        visibility=visibility,
        score=row.number("score", 1.0),
        status=BY_NAME.get(status, TrackStatus.FOUND),
    )
    _hold(reading, sequence, frame, np.array([[left, top, width, height]]))
