"""MOTChallenge: a folder a Sequence with ``seqinfo.ini`` and ``gt/gt.txt``, as TrackEval, motmetrics and CVAT read it.

Frames and ids count from 1. Boxes are left, top, width, height; the top-left pixel is (1, 1) by the official text, or
(0, 0) as CVAT and Datumaro read it: ``ExportOptions.box_base`` chooses, ``export_info.json`` tells. A frame without
the object has no row. Nine columns: frame, id, left, top, width, height, 1 (counts), class, visibility.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from app.document.model import Project, Sequence
from app.document.names import clean_name
from app.formats.atomic import new_folder
from app.formats.format import TargetKind
from app.formats.mot_reader import read_mot
from app.formats.options import ExportOptions
from app.formats.sequence_names import folder_names
from app.formats.shown_boxes import ShownBox, exported_sequences, exported_tracks, rounded, shown_boxes

INFO_FILE = "export_info.json"
_SEQMAP = "seqmaps/DiMPLE-train.txt"


class MotFormat:
    """A folder of MOTChallenge ground truth."""

    name = "mot"
    title = "MOTChallenge"
    kind = TargetKind.FOLDER
    suffix = ""

    def losses(self, project: Project, options: ExportOptions) -> list[str]:
        """What MOTChallenge cannot hold of ``project``."""
        sequences = exported_sequences(project, options)
        tracks = [track for sequence in sequences for track in exported_tracks(sequence, options)]
        sentences = []
        if any(track.name for track in tracks):
            sentences.append("MOTChallenge holds no names of tracks: their numbers are what remains.")
        if any(len(track.boxes) for track in tracks):
            sentences.append("MOTChallenge holds no scores and does not tell keyframes from tracked boxes.")
        if any(keyframe.box is None for track in tracks for keyframe in track.keyframes.values()):
            sentences.append("MOTChallenge marks an object that has left by no row: outside keyframes are left out.")
        sentences += [
            f"MOTChallenge wants whole frames per second: the {it.fps:g} of {it.name} become {_frame_rate(it)}."
            for it in sequences
            if it.fps != _frame_rate(it)
        ]
        return sentences

    def write(self, project: Project, path: Path, options: ExportOptions) -> None:
        """Export to a folder.

        Raises:
            AppError: It cannot be written.
        """
        sequences = exported_sequences(project, options)
        names = folder_names(sequences, taken=("seqmaps", INFO_FILE))
        categories = sorted(project.categories.values(), key=lambda it: it.id)
        classes = {category.id: number for number, category in enumerate(categories, start=1)}
        with new_folder(path, _is_earlier_export) as folder:
            for sequence in sequences:
                place = folder / names[sequence.id]
                (place / "gt").mkdir(parents=True)
                frames = options.frames(sequence)
                _write(place / "seqinfo.ini", _seqinfo(sequence, names[sequence.id], len(frames)))
                _write(place / "gt" / "labels.txt", [clean_name(it.name) for it in categories])
                _write(place / "gt" / "gt.txt", _rows(sequence, frames, classes, options))
            (folder / "seqmaps").mkdir()
            _write(folder / _SEQMAP, ["name", *names.values()])
            _write(folder / INFO_FILE, [json.dumps(_info(sequences, names, options), indent=1)])

    def read(self, path: Path) -> Project:
        """Import a folder; see ``read_mot``."""
        return read_mot(path)


def _write(path: Path, lines: Iterator[str] | list[str]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{line}\n" for line in lines)


def _frame_rate(sequence: Sequence) -> int:
    return max(1, round(sequence.fps))


def _seqinfo(sequence: Sequence, name: str, frame_count: int) -> list[str]:
    """Exactly these seven keys: Datumaro refuses others."""
    return [
        "[Sequence]",
        f"name={name}",
        "imDir=img1",
        f"frameRate={_frame_rate(sequence)}",
        f"seqLength={frame_count}",
        f"imWidth={sequence.width}",
        f"imHeight={sequence.height}",
        "imExt=.jpg",
    ]


def _rows(sequence: Sequence, frames: list[int], classes: dict[int, int], options: ExportOptions) -> Iterator[str]:
    numbers = {frame: number for number, frame in enumerate(frames, start=1)}
    rows = [
        (numbers[shown.frame], track, shown)
        for track in exported_tracks(sequence, options)
        for shown in shown_boxes(track, options)
        if shown.frame in numbers
    ]
    rows.sort(key=lambda it: (it[0], it[1].id))
    base = int(options.box_base)
    for number, track, shown in rows:
        box = rounded(shown.box.moved(base, base))
        if box is not None:
            sides = ",".join(f"{side:.4f}".rstrip("0").rstrip(".") for side in (box.x, box.y, box.w, box.h))
            visibility = _visibility(shown, options)
            yield f"{number},{track.id},{sides},1,{classes[track.category_id]},{visibility:g}"


def _visibility(shown: ShownBox, options: ExportOptions) -> float:
    """What the person set; a default where only "occluded" was set."""
    if shown.occluded and shown.visibility == 1:
        return options.occluded_visibility
    return shown.visibility


def _info(sequences: list[Sequence], names: dict[int, str], options: ExportOptions) -> dict[str, object]:
    return {
        "made_by": "DiMPLE",
        "format": "MOTChallenge",
        "frame_base": 1,
        "id_base": 1,
        "box_base": int(options.box_base),
        "occluded_visibility": options.occluded_visibility,
        "first_frame": options.first_frame,
        "frame_step": options.frame_step,
        "sequences": [_sequence_info(it, names[it.id], options) for it in sequences],
    }


def _sequence_info(sequence: Sequence, folder: str, options: ExportOptions) -> dict[str, object]:
    info: dict[str, object] = {
        "folder": folder,
        "name": sequence.name,
        "file": Path(sequence.path).name,
        "fps": sequence.fps,
        "frame_count": sequence.frame_count,
        "track_names": {str(it.id): it.name for it in exported_tracks(sequence, options) if it.name},
    }
    if options.keyframes_only:
        # their spacing follows no rule: the source's number of each exported frame
        info["source_frames"] = options.frames(sequence)
    return info


def _is_earlier_export(folder: Path) -> bool:
    """Whether a folder holds an export of ours and nothing that it did not write."""
    if not (folder / INFO_FILE).is_file():
        return False
    files = {it.relative_to(folder).as_posix() for it in folder.rglob("*") if not it.is_dir()}
    sequences = {it.removesuffix("/seqinfo.ini") for it in files if it.count("/") == 1 and it.endswith("/seqinfo.ini")}
    ours = {INFO_FILE, _SEQMAP}
    ours |= {f"{name}/{part}" for name in sequences for part in ("seqinfo.ini", "gt/gt.txt", "gt/labels.txt")}
    return files <= ours
