"""One table with everything: a row a box, columns that say in their names what they hold.

RFC 4180: commas, CRLF, quotes doubled. Frames count from 0, boxes are left, top, width, height in pixels from the
picture's top-left corner. ``source`` is ``keyframe`` (set by a person), ``tracked``, or ``outside`` (a person marked
the object as gone; no box). A Track without boxes, a Sequence without Tracks and a Category without either has a row of
its own with what there is; attributes follow in columns of their own (app/formats/csv_attributes.py). A spreadsheet
would run a text that starts with ``=``, ``+``, ``-`` or ``@`` as a formula, so such a text, and one that starts with an
apostrophe, has one more apostrophe in front.
"""

from __future__ import annotations

import csv
import heapq
from collections.abc import Iterator
from operator import itemgetter
from pathlib import Path

import numpy as np

from app.document.model import Sequence, Track
from app.formats.csv_attributes import cells, headers
from app.formats.csv_boxes import STATUSES
from app.formats.csv_reader import COLUMNS, read_csv, sniff_csv
from app.formats.csv_text import safe_text
from app.formats.format import Field, ImportedProject, Likeness, TargetKind
from app.formats.options import AnyOption, FormatOption, ImportOptions
from app.formats.progress import Progress
from app.formats.selection import SelectedSequence, Selection
from app.formats.shown_values import shown_values

MARK = FormatOption("excel-mark", "Mark the file as UTF-8 for Excel", False)

Row = list[str | int | float]


class CsvFormat:
    """One CSV file."""

    name = "csv"
    title = "CSV table"
    kind = TargetKind.FILE
    suffix = ".csv"
    holds = frozenset(Field)
    options: tuple[AnyOption, ...] = (MARK,)

    def notes(self, selection: Selection) -> list[str]:  # noqa: ARG002  # nothing is lost
        """None."""
        return []

    def picture_paths(self, sequence: SelectedSequence, index: int) -> list[str]:
        """One folder a Sequence, files counted from 1 by the video's own numbers."""
        return [f"{sequence.folder}/{int(sequence.frames[index]) + 1:06d}.jpg"]

    def write(self, selection: Selection, path: Path, progress: Progress) -> None:
        """Write row by row."""
        encoding = "utf-8-sig" if selection.options.value(MARK) else "utf-8"
        with path.open("x", encoding=encoding, newline="") as file:
            table = csv.writer(file)
            table.writerow([*COLUMNS, *headers(selection)])
            table.writerows(_rows(selection, progress))

    def sniff(self, path: Path) -> Likeness:
        """By the header."""
        return sniff_csv(path)

    def read(self, path: Path, options: ImportOptions, progress: Progress) -> ImportedProject:
        """Import one file; see ``read_csv``."""
        return read_csv(path, options, progress)


def _rows(selection: Selection, progress: Progress) -> Iterator[Row]:
    names = {it.id: safe_text(it.name) for it in selection.categories}
    used: set[int] = set()
    done = 0
    for selected in selection.sequences:
        about = _about(selected.sequence)
        if not selected.tracks:
            yield about
        for track in selected.tracks:
            progress.at(done, selection.track_count)
            done += 1
            used.add(track.category_id)
            start: Row = [*about, track.id, safe_text(track.name), names[track.category_id]]
            yield from _track_rows(selection, selected, track, start)
    for category in selection.categories:
        if category.id not in used:
            place = COLUMNS.index("category")
            yield [*[""] * place, names[category.id]]


def _about(sequence: Sequence) -> Row:
    return [
        safe_text(sequence.name),
        sequence.id,
        sequence.width,
        sequence.height,
        sequence.frame_count,
        repr(sequence.fps),
    ]


def _track_rows(selection: Selection, selected: SelectedSequence, track: Track, start: Row) -> Iterator[Row]:
    fps = selected.sequence.fps
    outside = selection.outside_frames(selected, track)
    shown = selection.shown(selected, track)
    if not outside and not len(shown):
        # what does not change from frame to frame is known without any
        values = shown_values(selection.project, track, np.array([0], dtype=np.int64)).distinct[0]
        yield [*start, *[""] * (len(COLUMNS) - len(start)), *cells(selection, values)]
    gone: Iterator[Row] = ([*start, frame, round(frame / fps, 6), "outside", *[""] * 8] for frame in outside)
    boxes: Iterator[Row] = (
        [
            *start,
            row.frame,
            round(row.frame / fps, 6),
            "keyframe" if row.is_keyframe else "tracked",
            row.box.x,
            row.box.y,
            row.box.w,
            row.box.h,
            int(row.occluded),
            row.visibility,
            row.score,
            STATUSES[row.status],
        ]
        for row in shown.rows()
    )
    # one by one: to sort and free a long Track's rows at once would hold the window up
    rows = heapq.merge(gone, boxes, key=itemgetter(len(start)))
    if not selection.project.attributes:
        yield from rows
        return
    frames = np.sort(np.concatenate([shown.frames, np.array(outside, dtype=np.int64)]))
    values_of = shown_values(selection.project, track, frames)
    ends = [cells(selection, it) for it in values_of.distinct]
    for written, stretch in zip(rows, values_of.stretches.tolist(), strict=True):
        yield [*written, *ends[stretch]]
