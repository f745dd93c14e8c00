"""OTB: a folder a Track with ``groundtruth_rect.txt``, a line x,y,w,h a frame.

The top-left pixel is (1, 1), as in the MATLAB programs that the set was made for. We write commas and parts of a pixel;
commas, tabs and spaces are read. A frame without the object is ``0,0,0,0``: readers turn it into numbers, and no width
means no target.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from app.errors import AppError
from app.formats.export_info import is_export_of, read_info
from app.formats.format import Field, ImportedProject, Likeness, TargetKind
from app.formats.options import AnyOption, ImportOptions
from app.formats.progress import Progress
from app.formats.selection import SelectedSequence, Selection
from app.formats.target_folders import (
    ImportedLines,
    TargetReader,
    box_lines,
    late_starts,
    read_boxes,
    target_lines,
    target_name,
    write_text,
)

_FILE = "groundtruth_rect.txt"
_PATTERN = "groundtruth_rect*.txt"
"""Some sequences of the set have several targets, ``groundtruth_rect.1.txt`` and on."""


class OtbFormat:
    """A folder of OTB sequences."""

    name = "otb"
    title = "OTB"
    kind = TargetKind.FOLDER
    suffix = ""
    holds = frozenset({Field.TRACKS, Field.TRACK_IDS, Field.FRACTIONS, Field.BEYOND_BORDER, Field.EMPTY_TRACKS})
    options: tuple[AnyOption, ...] = ()

    def notes(self, selection: Selection) -> list[str]:
        """Tracks that begin late."""
        return late_starts("OTB", selection)

    def picture_paths(self, sequence: SelectedSequence, index: int) -> list[str]:
        """``img/0001.jpg`` and on, for every Track."""
        return [f"{target_name(sequence, track)}/img/{index + 1:04d}.jpg" for track in sequence.tracks]

    def write(self, selection: Selection, path: Path, progress: Progress) -> None:
        """Write a folder a Track."""
        done = 0
        for selected in selection.sequences:
            for track in selected.tracks:
                progress.at(done, selection.track_count)
                done += 1
                lines = target_lines(selection, selected, track)
                boxes = lines.boxes + np.where(lines.there[:, None], [1, 1, 0, 0], 0)
                folder = path / target_name(selected, track)
                folder.mkdir()
                write_text(folder / _FILE, box_lines(boxes, "%.10g,%.10g,%.10g,%.10g"))

    def sniff(self, path: Path) -> Likeness:
        """By the ground truth's name."""
        if not path.is_dir():
            return Likeness.NO
        found = next(path.glob(f"*/{_PATTERN}"), None) or next(path.glob(_PATTERN), None)
        return Likeness.CERTAIN if found is not None or is_export_of(path, self.name) else Likeness.NO

    def read(self, path: Path, options: ImportOptions, progress: Progress) -> ImportedProject:
        """Import a folder of sequences, or the folder of one.

        Raises:
            AppError: It is not of this format; the sentence names file and line.
            CancelledError: The person gave up.
        """
        files = sorted([*path.glob(_PATTERN), *path.glob(f"*/{_PATTERN}")])
        if not files and not is_export_of(path, self.name):
            raise AppError("{0} holds no {1}: choose a folder in the layout of OTB.", path, _FILE)
        base = 1 if options.box_base is None else options.box_base
        reader = TargetReader(read_info(path), options)
        for done, file in enumerate(files):
            progress.at(done, len(files))
            part = file.name.removeprefix("groundtruth_rect").removesuffix(".txt").strip(".")
            name = file.parent.name + (f"-{part}" if part else "")
            place = f"{file.parent.name}/{file.name}"
            boxes, outlines = read_boxes(file, place, base)
            reader.add(ImportedLines(name, place, boxes, outlines=outlines), "object")
        return ImportedProject(reader.builder.finish(), box_base=base, notes=reader.notes)
