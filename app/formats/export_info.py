"""``export_info.json`` in each exported folder: what the format has no place for, for a later import into DiMPLE.

It also lists the files that were written, so that an export may replace an earlier one and nothing else.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt

from app.document.model import MAX_FRAMES
from app.errors import AppError
from app.formats.json_record import JsonRecord, read_json
from app.formats.options import AnyOption, OptionValue
from app.formats.selection import SelectedSequence, Selection

INFO_FILE = "export_info.json"
_LEVELS = 4
"""Folders that an export may have one in the other."""

_NO_RECORD = JsonRecord({}, INFO_FILE)


@dataclass(frozen=True, slots=True)
class ExportInfo:
    """What an earlier export of ours says of itself; empty where there is none.

    Attributes:
        options: Name -> value of the format's own options.
    """

    options: dict[str, OptionValue] = field(default_factory=dict)
    _sequences: dict[str, JsonRecord] = field(default_factory=dict)

    @property
    def folders(self) -> frozenset[str]:
        """Names that Sequences were exported under."""
        return frozenset(self._sequences)

    def sequence(self, folder: str) -> SequenceInfo:
        """What is known of the Sequence that was exported under the name ``folder``."""
        return SequenceInfo(self._sequences.get(folder, _NO_RECORD))


@dataclass(frozen=True, slots=True)
class SequenceInfo:
    """One Sequence of an earlier export; each answer falls back on what the format itself told."""

    _record: JsonRecord

    @property
    def is_known(self) -> bool:
        """Whether the export tells of this Sequence."""
        return self._record is not _NO_RECORD

    def name(self, default: str) -> str:
        """As the project had it."""
        return self._record.text("name", default)

    def fps(self, default: float) -> float:
        """Frames per second."""
        fps = self._record.number("fps", default)
        if fps <= 0:
            raise self._record.wrong("fps", "a number above 0")
        return fps

    def size(self, width: int, height: int) -> tuple[int, int]:
        """Width and height in pixels."""
        size = self._record.integer("width", width), self._record.integer("height", height)
        if min(size) < 1:
            raise self._record.wrong("width" if size[0] < 1 else "height", "a number of pixels")
        return size

    def track_name(self, track_id: int) -> str:
        """Name of a Track by the number it was exported with; empty where none is known."""
        return self._record.record("track_names").text(str(track_id), "")

    def source_frames(self, count: int) -> npt.NDArray[np.int64]:
        """Numbers in the video of the ``count`` frames of the export, int64 ``(count,)``, ascending.

        Raises:
            AppError: The file tells of another number of frames.
        """
        frames = self._record.fields.get("source_frames")
        if frames is None:
            first, step = self._record.integer("first_frame", 0), self._record.integer("frame_step", 1)
            if not (0 <= first < MAX_FRAMES and 1 <= step < MAX_FRAMES):
                raise AppError("{0} numbers frames from {1} by {2}: correct the file.", self._record.place, first, step)
            return first + step * np.arange(count, dtype=np.int64)
        if (
            not isinstance(frames, list)
            or len(frames) != count
            or not all(type(it) is int and 0 <= it < MAX_FRAMES for it in frames)
            or sorted(set(frames)) != frames
        ):
            raise self._record.wrong("source_frames", f"the ascending numbers of {count} frames")
        return np.array(frames, dtype=np.int64)

    def frame_count(self, at_least: int) -> int:
        """Frames of the video.

        Raises:
            AppError: More than a Sequence can have.
        """
        count = max(at_least, self._record.integer("frame_count", 1))
        if count > MAX_FRAMES:
            raise AppError("{0} tells of {1} frames: a sequence has up to {2}.", self._record.place, count, MAX_FRAMES)
        return count


def read_info(folder: Path) -> ExportInfo:
    """What ``export_info.json`` of a folder says; nothing where there is none.

    Raises:
        AppError: There is one, and it is damaged.
    """
    path = folder / INFO_FILE
    if not path.is_file():
        # one Sequence of an export, pointed at alone
        path = folder.absolute().parent / INFO_FILE
        if not path.is_file() or folder.name not in read_info(path.parent).folders:
            return ExportInfo()
    info = read_json(path)
    options = info.record("options").fields
    return ExportInfo(
        {name: value for name, value in options.items() if isinstance(value, bool | int | float | str)},
        {it.text("folder"): it for it in info.records("sequences", required=False)},
    )


def write_info(folder: Path, format_name: str, options: tuple[AnyOption, ...], selection: Selection) -> None:
    """Tell of an export that lies in ``folder``, complete but for this file."""
    files = sorted(it.relative_to(folder).as_posix() for it in folder.rglob("*") if not it.is_dir())
    content = {
        "made_by": "DiMPLE",
        "format": format_name,
        "options": {it.name: selection.options.own.get(it.name, it.default) for it in options},
        "sequences": [_sequence(it, selection) for it in selection.sequences],
        "files": [*files, INFO_FILE],
    }
    (folder / INFO_FILE).write_text(json.dumps(content, indent=1), encoding="utf-8")


def is_earlier_export(folder: Path) -> bool:
    """Whether a folder holds an export of ours and nothing that it did not write."""
    path = folder / INFO_FILE
    if not path.is_file():
        return False
    try:
        listed = read_json(path).fields.get("files")
    except AppError:
        return False
    there = {it.relative_to(folder).as_posix() for it in folder.rglob("*") if not it.is_dir()}
    return isinstance(listed, list) and there <= {it for it in listed if isinstance(it, str)}


def is_export_of(path: Path, name: str) -> bool:
    """Whether a folder is an export of ours in the format ``name``: one of nothing has nothing else to tell."""
    if not (path / INFO_FILE).is_file():
        return False
    try:
        return read_json(path / INFO_FILE).fields.get("format") == name
    except AppError:
        return False


def exported_with(path: Path) -> Path | None:
    """The folder of ours that a file was exported in with others; None where there is none."""
    file = path.absolute()
    for folder in list(file.parents)[:_LEVELS]:
        if (folder / INFO_FILE).is_file():
            try:
                listed = read_json(folder / INFO_FILE).fields.get("files")
            except AppError:
                return None
            return folder if isinstance(listed, list) and file.relative_to(folder).as_posix() in listed else None
    return None


def _sequence(selected: SelectedSequence, selection: Selection) -> dict[str, object]:
    sequence, options = selected.sequence, selection.options
    info: dict[str, object] = {
        "folder": selected.folder,
        "name": sequence.name,
        "file": Path(sequence.path).name,
        "fps": sequence.fps,
        "width": sequence.width,
        "height": sequence.height,
        "frame_count": sequence.frame_count,
        "first_frame": options.first_frame,
        "frame_step": options.frame_step,
        "split": selected.split.value if selected.split is not None else None,
        "track_names": {str(it.id): it.name for it in selected.tracks if it.name},
    }
    if options.keyframes_only:
        # their spacing follows no rule
        info["source_frames"] = selected.frames.tolist()
    return info
