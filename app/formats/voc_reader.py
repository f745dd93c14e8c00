"""Pascal VOC folders -> ``Project``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from app.document.model import Sequence
from app.errors import AppError
from app.formats.box_rows import BoxRows
from app.formats.export_info import ExportInfo, read_info
from app.formats.format import ImportedProject, Likeness
from app.formats.imported_project import MAX_ID, ProjectBuilder
from app.formats.options import ImportOptions
from app.formats.picture_frames import PictureFrame, picture_frames
from app.formats.picture_rows import PictureRows
from app.formats.progress import Progress
from app.formats.safe_xml import number, root_name
from app.formats.text_lines import MAX_NUMBER, whole
from app.formats.voc_objects import ObjectReader, VocObject, VocRun
from app.formats.voc_picture import VocPicture, read_picture
from app.spoken import spoken

_FPS = 30.0
_SIDES = ("bndbox/xmin", "bndbox/ymin", "bndbox/xmax", "bndbox/ymax")
_FEW = 4
"""So many objects are read faster one by one."""

_TRACK, _KEYFRAME, _VISIBILITY = "attributes/track_id", "attributes/keyframe", "attributes/visibility"


def sniff_voc(path: Path) -> Likeness:
    """By the outermost element of the first file."""
    if not path.is_dir():
        return Likeness.NO
    first = next(_files(path), None)
    return Likeness.CERTAIN if first is not None and root_name(first) == "annotation" else _empty_likeness(path)


def read_voc(path: Path, options: ImportOptions, progress: Progress) -> ImportedProject:
    """Read a folder with ``Annotations``, or a folder of XML files.

    Objects without a ``track_id`` of ours are a Track each.

    Args:
        path: The folder.
        options: The number in the first picture's name; the number of the top-left pixel (1: by the development kit,
            last pixels inside; 0: edges, as CVAT writes).
        progress: Told how far it is.

    Raises:
        AppError: It is not of this format; the sentence names file, line and field.
        CancelledError: The person gave up.
    """
    files = {it.stem: it for it in sorted(_files(path))}
    if not files and not (path / "Annotations").is_dir():
        raise AppError("{0} holds no XML files of Pascal VOC: choose the folder above Annotations.", path)
    info = read_info(path)
    base = options.box_base
    if base is None:
        base = 0 if info.options.get("box-base") == 0 else 1
    pictures = picture_frames(files, options)
    target = _Target(ProjectBuilder(), info, options, base, pictures.counts())
    objects = ObjectReader()
    for done, (stem, file) in enumerate(files.items()):
        progress.at(done, len(files))
        target.add(read_picture(file, objects), pictures.frames[stem])
    target.rows.finish()
    notes = pictures.notes
    if target.other_sizes:
        notes.append(spoken("Pictures of {0:,} files have another size than the first.", target.other_sizes))
    return ImportedProject(target.builder.finish(), frame_base=pictures.base, box_base=base, notes=notes)


def _files(path: Path) -> Iterator[Path]:
    folder = path / "Annotations"
    return (folder if folder.is_dir() else path).glob("*.xml")


def _empty_likeness(path: Path) -> Likeness:
    """An export without frames has no files."""
    return Likeness.LIKELY if (path / "Annotations").is_dir() and (path / "ImageSets").is_dir() else Likeness.NO


@dataclass(slots=True)
class _Target:
    """Where the pictures of all files go."""

    builder: ProjectBuilder
    info: ExportInfo
    options: ImportOptions
    base: int
    counts: dict[str, int]
    sequences: dict[str, Sequence] = field(default_factory=dict)
    rows: PictureRows = field(init=False)
    other_sizes: int = 0

    def __post_init__(self) -> None:
        self.rows = PictureRows(self.builder)

    def add(self, picture: VocPicture, of: PictureFrame) -> None:
        """Take in one file."""
        group, source = of.group, self.options.source
        size = (source.width, source.height) if source and not picture.has_size else picture.size()
        sequence = self.sequences.get(group)
        if sequence is None:
            about = self.info.sequence(group)
            sequence = self.sequences[group] = self.builder.sequence(
                about.name(group or picture.texts.get("folder", "")),
                about.frame_count(self.counts[group]),
                size,
                about.fps(source.fps if source else _FPS),
                picture.name,
            )
        self.other_sizes += size != (sequence.width, sequence.height)
        self.rows.begin(picture.name)
        for run in picture.runs:
            if len(run.lines) < _FEW or not self._add_run(run, sequence, of):
                for found in run.objects():
                    self._add_object(found, sequence, of)
        for found in picture.single:
            self._add_object(found, sequence, of)

    def _add_run(self, run: VocRun, sequence: Sequence, of: PictureFrame) -> bool:
        """Take in objects that are all as we write them; False, with none taken in, where one is not."""
        texts, count = run.texts, len(run.lines)
        try:
            corners = np.array([[*map(float, texts[side])] for side in _SIDES]).T
            numbers = np.array([*map(float, texts[_TRACK])])
            visibility = np.array([*map(float, texts[_VISIBILITY])]) if _VISIBILITY in texts else np.ones(count)
        except (ValueError, KeyError):
            return False
        boxes = corners - self.base
        boxes[:, 2:] = corners[:, 2:] - corners[:, :2] + self.base
        is_usual = (
            (np.abs(corners) <= MAX_NUMBER).all()
            and (boxes[:, 2:] > 0).all()
            and ((numbers == np.floor(numbers)) & (numbers >= 0) & (numbers <= MAX_ID)).all()
            and ((visibility >= 0) & (visibility <= 1)).all()
        )
        if not is_usual:
            return False
        names = map(str.strip, texts.get("name", ("",) * count))
        tracks = [
            self.rows.track(sequence, of.group, name, int(number))
            for name, number in zip(names, numbers.tolist(), strict=True)
        ]
        columns = replace(
            BoxRows.tracked(np.array(tracks, dtype=np.int64), np.full(count, of.frame, dtype=np.int64), boxes),
            keyframes=run.flags(_KEYFRAME),
            occluded=run.flags("occluded"),
            visibility=visibility,
        )
        self.rows.extend(columns, run.lines)
        return True

    def _add_object(self, found: VocObject, sequence: Sequence, of: PictureFrame) -> None:
        left, top, right, bottom = map(found.number, _SIDES)
        box = left - self.base, top - self.base, right - left + self.base, bottom - top + self.base
        texts = found.texts
        wanted = None
        if (text := texts.get(_TRACK)) is not None:
            wanted = whole(number(text, f"{found.place}: track_id"), found.place, "track_id", 0, MAX_ID)
        visibility = 1.0
        if (text := texts.get(_VISIBILITY)) is not None:
            visibility = number(text, f"{found.place}: visibility")
            if not 0 <= visibility <= 1:
                raise AppError(
                    "{0}: visibility is {1:g}, not between 0 and 1: correct the file.", found.place, visibility
                )
        self.rows.add(
            self.rows.track(sequence, of.group, texts.get("name", ""), wanted),
            of.frame,
            found.line,
            box,
            keyframe=found.flag(_KEYFRAME),
            occluded=found.flag("occluded"),
            visibility=visibility,
        )
