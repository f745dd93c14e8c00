"""LaSOT: ``<class>/<class>-<n>/`` with ``groundtruth.txt``, ``full_occlusion.txt``, ``out_of_view.txt``, ``nlp.txt``.

Boxes are x,y,w,h with commas, the top-left pixel (0, 0): no reader shifts them. The set has whole numbers; readers take
decimals as well, so parts of a pixel are written where a box has them. The two other files are one line of 0 and 1:
hidden as a whole (a visible share of 0), and not in the picture (box 0,0,0,0). The class is the Category in letters
that a folder may have, ``n`` the number of the Track; ``targets.json``, which readers pass over, has the Category in
full and the Sequence.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from app.document.model import Category, Track
from app.document.names import clean_name
from app.errors import AppError
from app.formats.export_info import is_export_of, read_info
from app.formats.format import Field, ImportedProject, Likeness, TargetKind
from app.formats.json_record import JsonRecord, read_json
from app.formats.options import AnyOption, ImportOptions
from app.formats.progress import Progress
from app.formats.selection import SelectedSequence, Selection
from app.formats.target_folders import (
    ImportedLines,
    TargetReader,
    box_lines,
    late_starts,
    read_boxes,
    read_flags,
    target_lines,
    write_text,
)
from app.formats.track_record import encoded

_TARGETS = "targets.json"


class LasotFormat:
    """A folder of LaSOT classes."""

    name = "lasot"
    title = "LaSOT"
    kind = TargetKind.FOLDER
    suffix = ""
    holds = frozenset({Field.TRACKS, Field.TRACK_IDS, Field.FRACTIONS, Field.BEYOND_BORDER, Field.EMPTY_TRACKS})
    options: tuple[AnyOption, ...] = ()

    def notes(self, selection: Selection) -> list[str]:
        """Tracks that begin late."""
        return late_starts("LaSOT", selection)

    def picture_paths(self, sequence: SelectedSequence, index: int) -> list[str]:
        """``img/00000001.jpg`` and on, for every Track."""
        return [
            f"{_folder(sequence.categories[track.category_id], track)}/img/{index + 1:08d}.jpg"
            for track in sequence.tracks
        ]

    def write(self, selection: Selection, path: Path, progress: Progress) -> None:
        """Write a folder a Track."""
        done = 0
        targets: dict[str, dict[str, str]] = {}
        for selected in selection.sequences:
            for track in selected.tracks:
                progress.at(done, selection.track_count)
                done += 1
                category = selection.project.categories[track.category_id]
                folder = path / _folder(category, track)
                targets[folder.name] = {"sequence": selected.folder, "category": category.name}
                folder.mkdir(parents=True)
                lines = target_lines(selection, selected, track)
                hidden = lines.there & (lines.visibility == 0)
                write_text(folder / "groundtruth.txt", box_lines(lines.boxes, "%.10g,%.10g,%.10g,%.10g"))
                write_text(folder / "full_occlusion.txt", [",".join(map(str, hidden.astype(np.int64).tolist())), "\n"])
                write_text(
                    folder / "out_of_view.txt", [",".join(map(str, (~lines.there).astype(np.int64).tolist())), "\n"]
                )
                write_text(folder / "nlp.txt", [clean_name(track.name or category.name), "\n"])
        write_text(path / _TARGETS, [encoded(targets), "\n"])

    def sniff(self, path: Path) -> Likeness:
        """By ``out_of_view.txt`` beside the ground truth."""
        if not path.is_dir():
            return Likeness.NO
        found = any(next(path.glob(f"{deep}out_of_view.txt"), None) is not None for deep in ("", "*/", "*/*/"))
        return Likeness.CERTAIN if found or is_export_of(path, self.name) else Likeness.NO

    def read(self, path: Path, options: ImportOptions, progress: Progress) -> ImportedProject:
        """Import a set, a class of it, or the folder of one target.

        Each target of somebody else is a Sequence of its own.

        Raises:
            AppError: It is not of this format; the sentence names file and line.
            CancelledError: The person gave up.
        """
        files = sorted(it for deep in ("", "*/", "*/*/") for it in path.glob(f"{deep}groundtruth.txt"))
        if not files and not is_export_of(path, self.name):
            raise AppError("{0} holds no groundtruth.txt: choose a folder in the layout of LaSOT.", path)
        base = options.box_base or 0
        known = read_json(path / _TARGETS) if (path / _TARGETS).is_file() else JsonRecord({}, _TARGETS)
        reader = TargetReader(read_info(path), options)
        for done, file in enumerate(files):
            progress.at(done, len(files))
            folder = file.parent
            place = f"{folder.name}/{file.name}"
            boxes, outlines = read_boxes(file, place, base)
            hidden = read_flags(folder / "full_occlusion.txt", f"{folder.name}/full_occlusion.txt", len(boxes))
            gone = read_flags(folder / "out_of_view.txt", f"{folder.name}/out_of_view.txt", len(boxes))
            if gone is not None:
                boxes[gone == 1] = np.nan
            lines = ImportedLines(
                folder.name, place, boxes, None if hidden is None else (hidden == 0).astype(np.float64), outlines
            )
            about = known.record(folder.name)
            category = about.text("category", folder.name.rpartition("-")[0] or "object")
            reader.add(lines, category, video=about.text("sequence", ""))
        return ImportedProject(reader.builder.finish(), box_base=base, notes=reader.notes)


def _folder(category: Category, track: Track) -> str:
    return f"{_class_name(category)}/{_class_name(category)}-{track.id}"


def _class_name(category: Category) -> str:
    """Readers take the class from before the first ``-`` of the folder."""
    kept = "".join(it if it.isalnum() or it == "_" else "_" for it in category.name)
    return kept[:60].strip("_") or "object"
