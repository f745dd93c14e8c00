"""GOT-10k: ``<split>/list.txt`` and a folder a Track with ground truth, labels a frame and ``meta_info.ini``.

Boxes are x,y,w,h with four decimals, the top-left pixel is (0, 0) as its toolkit and trackers take it.
``absence.label`` is 1 where the object is not there, ``cover.label`` its visible share in eighths,
``cut_by_image.label`` 1 where the box reaches the border. Frames without the object: box 0,0,0,0, absence 1, cover 0.
Read are also folders with ``groundtruth.txt`` alone, as VOT has them; of eight numbers, the corners of a turned box,
the box round them is taken (in OTB and LaSOT too).
"""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import numpy.typing as npt

from app.document.names import clean_name
from app.errors import AppError
from app.formats.export_info import is_export_of, read_info
from app.formats.format import Field, ImportedProject, Likeness, TargetKind
from app.formats.imported_project import MAX_SIDE
from app.formats.options import AnyOption, ImportOptions
from app.formats.progress import Progress
from app.formats.selection import SelectedSequence, Selection
from app.formats.target_folders import (
    ImportedLines,
    TargetLines,
    TargetReader,
    box_lines,
    late_starts,
    read_boxes,
    read_flags,
    target_lines,
    target_name,
    write_text,
)
from app.formats.text_lines import text_lines

_EIGHTHS = 8
_DEFAULT_SPLIT = "train"
_RESOLUTION = re.compile(r"\(?\s*(\d{1,7})\s*,\s*(\d{1,7})\s*\)?")
_RATE = re.compile(r"(\d{1,4}(?:\.\d{1,4})?)\s*[Hh]z")


class Got10kFormat:
    """A folder of GOT-10k splits."""

    name = "got10k"
    title = "GOT-10k"
    kind = TargetKind.FOLDER
    suffix = ""
    holds = frozenset(
        {
            Field.CATEGORIES,
            Field.TRACKS,
            Field.TRACK_IDS,
            Field.FRACTIONS,
            Field.BEYOND_BORDER,
            Field.EMPTY_TRACKS,
        }
    )
    options: tuple[AnyOption, ...] = ()

    def notes(self, selection: Selection) -> list[str]:
        """Tracks that begin late."""
        return late_starts("GOT-10k", selection)

    def picture_paths(self, sequence: SelectedSequence, index: int) -> list[str]:
        """``00000001.jpg`` and on, for every Track."""
        return [f"{_split(sequence)}/{target_name(sequence, track)}/{index + 1:08d}.jpg" for track in sequence.tracks]

    def write(self, selection: Selection, path: Path, progress: Progress) -> None:
        """Write a folder a Track, and a list of them a split."""
        names: dict[str, list[str]] = {}
        done = 0
        for selected in selection.sequences:
            for track in selected.tracks:
                progress.at(done, selection.track_count)
                done += 1
                name, split = target_name(selected, track), _split(selected)
                names.setdefault(split, []).append(name)
                folder = path / split / name
                folder.mkdir(parents=True)
                lines = target_lines(selection, selected, track)
                category = selection.project.categories[track.category_id].name
                write_text(folder / "groundtruth.txt", box_lines(lines.boxes, "%.4f,%.4f,%.4f,%.4f"))
                _write_flags(folder / "absence.label", ~lines.there)
                _write_flags(folder / "cover.label", np.round(lines.visibility * _EIGHTHS))
                _write_flags(folder / "cut_by_image.label", _cut(lines, selected))
                write_text(folder / "meta_info.ini", _meta(selected, category))
        for split, found in names.items():
            write_text(path / split / "list.txt", [f"{name}\n" for name in found])

    def sniff(self, path: Path) -> Likeness:
        """By ``absence.label`` beside ``groundtruth.txt``; the ground truth alone might be of another set."""
        if not path.is_dir():
            return Likeness.NO
        if any(next(path.glob(f"{deep}absence.label"), None) is not None for deep in ("", "*/", "*/*/")):
            return Likeness.CERTAIN
        if is_export_of(path, self.name):
            return Likeness.CERTAIN
        return Likeness.POSSIBLE if next(path.glob("**/groundtruth.txt"), None) is not None else Likeness.NO

    def read(self, path: Path, options: ImportOptions, progress: Progress) -> ImportedProject:
        """Import a set, a split of it, or the folder of one target.

        Raises:
            AppError: It is not of this format; the sentence names file and line.
            CancelledError: The person gave up.
        """
        files = sorted(it for deep in ("", "*/", "*/*/") for it in path.glob(f"{deep}groundtruth.txt"))
        if not files and not is_export_of(path, self.name):
            raise AppError("{0} holds no groundtruth.txt: choose a folder in the layout of GOT-10k.", path)
        base = options.box_base or 0
        reader = TargetReader(read_info(path), options)
        for done, file in enumerate(files):
            progress.at(done, len(files))
            _read_target(reader, file.parent, base)
        return ImportedProject(reader.builder.finish(), box_base=base, notes=reader.notes)


def _split(selected: SelectedSequence) -> str:
    return selected.split.value if selected.split is not None else _DEFAULT_SPLIT


def _write_flags(path: Path, flags: npt.NDArray[np.bool_] | npt.NDArray[np.float64]) -> None:
    write_text(path, [f"{flag:.0f}\n" for flag in flags.astype(np.float64).tolist()])


def _cut(lines: TargetLines, selected: SelectedSequence) -> npt.NDArray[np.bool_]:
    near, far = lines.boxes[:, :2], lines.boxes[:, :2] + lines.boxes[:, 2:]
    size = (selected.sequence.width, selected.sequence.height)
    return np.asarray(((near <= 0) | (far >= size)).any(axis=1) & lines.there)


def _meta(selected: SelectedSequence, category: str) -> list[str]:
    sequence = selected.sequence
    return [
        "[METAINFO]\n",
        "url: none\n",
        f"begin: 0\nend: {max(0, len(selected.frames) - 1)}\n",
        f"anno_fps: {max(1, round(sequence.fps))}Hz\n",
        f"object_class: {clean_name(category)}\n",
        "motion_class: none\nmajor_class: none\nroot_class: none\nmotion_adverb: none\n",
        f"resolution: ({sequence.width}, {sequence.height})\n",
    ]


def _read_target(reader: TargetReader, folder: Path, base: int) -> None:
    place = f"{folder.name}/groundtruth.txt"
    boxes, outlines = read_boxes(folder / "groundtruth.txt", place, base)
    absent = read_flags(folder / "absence.label", f"{folder.name}/absence.label", len(boxes))
    cover = read_flags(folder / "cover.label", f"{folder.name}/cover.label", len(boxes), _EIGHTHS)
    if absent is not None:
        boxes[absent == 1] = np.nan
    meta = _read_meta(folder / "meta_info.ini", f"{folder.name}/meta_info.ini")
    size = _RESOLUTION.match(meta.get("resolution", ""))
    rate = _RATE.match(meta.get("anno_fps", ""))
    shape = (int(size[1]), int(size[2])) if size else None
    if shape is not None and not 1 <= min(shape) <= max(shape) <= MAX_SIDE:
        shape = None
    fps = float(rate[1]) if rate and float(rate[1]) > 0 else None
    lines = ImportedLines(folder.name, place, boxes, None if cover is None else cover / _EIGHTHS, outlines)
    reader.add(lines, meta.get("object_class", "object"), shape, fps)


def _read_meta(path: Path, place: str) -> dict[str, str]:
    """``key: value`` lines; the first of a key counts."""
    meta: dict[str, str] = {}
    if path.is_file():
        for _, line in text_lines(path, place):
            key, colon, value = line.partition(":")
            if colon:
                meta.setdefault(key.strip(), value.strip())
    return meta
