"""Label Studio JSON for video: a list of tasks, a Sequence each, with a ``videorectangle`` a Track.

Frames count from 1 (the documentation says 0; its own examples, the program and its SDK count from 1), times are
frame / fps, boxes are percent of the picture, cut at its border. A key box with ``enabled`` goes on to the next one on
a straight line, and after the last one to the end; one without it is the last of its run. The format does not tell the
size of the picture: ours stands in ``meta`` with all else that it has no place for (app/formats/track_record.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from app.document.model import Track
from app.formats.box_runs import gone_frames, run_ends
from app.formats.format import Field, ImportedProject, Likeness, TargetKind
from app.formats.label_studio_reader import read_label_studio, sniff_label_studio
from app.formats.options import AnyOption, ImportOptions
from app.formats.progress import Progress
from app.formats.selection import SelectedSequence, Selection
from app.formats.shown_boxes import ShownBoxes, clipped, rounded
from app.formats.track_record import encoded, track_record
from app.spoken import spoken

_DIGITS = 7
"""Of a percentage: a ten-thousandth of a pixel in a picture of 100,000."""

_KEY = '{"frame": %d, "enabled": %s, "rotation": 0, "x": %r, "y": %r, "width": %r, "height": %r, "time": %r}'


class LabelStudioFormat:
    """One JSON file of tasks."""

    name = "label-studio"
    title = "Label Studio (video)"
    kind = TargetKind.FILE
    suffix = ".json"
    holds = frozenset(Field) - {
        Field.BEYOND_BORDER,
        Field.EMPTY_TRACKS,
        Field.TRACK_ATTRIBUTES,
        Field.FRAME_ATTRIBUTES,
    }
    options: tuple[AnyOption, ...] = ()

    def notes(self, selection: Selection) -> list[str]:
        """Boxes that lie wholly outside the picture are left out."""
        gone = sum(
            int((~clipped(selection.shown(it, track).boxes, it.sequence.width, it.sequence.height)[1]).sum())
            for it in selection.sequences
            for track in it.tracks
        )
        return (
            [spoken("Label Studio holds no boxes outside the picture: {0:,} will be left out.", gone)] if gone else []
        )

    def picture_paths(self, sequence: SelectedSequence, index: int) -> list[str]:
        """One folder a Sequence, files counted from 1 by the video's own numbers."""
        return [f"{sequence.folder}/{int(sequence.frames[index]) + 1:06d}.jpg"]

    def write(self, selection: Selection, path: Path, progress: Progress) -> None:
        """Write Track by Track."""
        done = 0
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write("[")
            for number, selected in enumerate(selection.sequences):
                file.write((",\n" if number else "\n") + _task_head(selected) + '"annotations": [{"result": [')
                separator = "\n"
                for track in selected.tracks:
                    progress.at(done, selection.track_count)
                    done += 1
                    for result in _results(selection, selected, track):
                        file.write(separator + result)
                        separator = ",\n"
                file.write("]}]}")
            file.write("\n]\n")

    def sniff(self, path: Path) -> Likeness:
        """By the type of its results, or by the shape of its first task."""
        return sniff_label_studio(path)

    def read(self, path: Path, options: ImportOptions, progress: Progress) -> ImportedProject:
        """Import one file; see ``read_label_studio``."""
        return read_label_studio(path, options, progress)


def _task_head(selected: SelectedSequence) -> str:
    sequence = selected.sequence
    data = {"video": Path(sequence.path).name}
    meta = {
        "dimple": {
            "name": sequence.name,
            "width": sequence.width,
            "height": sequence.height,
            "fps": sequence.fps,
            "frame_count": sequence.frame_count,
        }
    }
    return f'{{"id": {sequence.id}, "data": {encoded(data)}, "meta": {encoded(meta)}, '


def _results(selection: Selection, selected: SelectedSequence, track: Track) -> Iterator[str]:
    """One as JSON, or none for a Track that is never seen."""
    sequence = selected.sequence
    shown = selection.shown(selected, track)
    inside_boxes, inside = clipped(shown.boxes, sequence.width, sequence.height)
    boxes, left = rounded(inside_boxes)
    shown = shown.with_boxes(boxes).at(np.flatnonzero(inside & left))
    if len(shown):
        result = {
            "id": f"track-{track.id}",
            "type": "videorectangle",
            "from_name": "box",
            "to_name": "video",
            "origin": "manual",
            "original_width": sequence.width,
            "original_height": sequence.height,
            "meta": {
                "text": [track.name] if track.name else [],
                "dimple": track_record(track, shown, selection.outside_frames(selected, track)),
            },
        }
        value = {
            "labels": [selection.project.categories[track.category_id].name],
            "duration": round(sequence.frame_count / sequence.fps, 6),
            "framesCount": sequence.frame_count,
        }
        keys = ", ".join(_key_boxes(selection, selected, track, shown))
        yield f'{encoded(result)[:-1]}, "value": {encoded(value)[:-1]}, "sequence": [{keys}]}}}}'


def _key_boxes(selection: Selection, selected: SelectedSequence, track: Track, shown: ShownBoxes) -> Iterator[str]:
    """As JSON, one by one."""
    sequence = selected.sequence
    gone = gone_frames(selection, selected, track, shown)
    ends = run_ends(shown, gone, sequence.frame_count)
    # after the last exported frame nothing is known: no line to the end
    ends[-1] = shown.frames[-1] < sequence.frame_count - 1
    size = np.array([sequence.width, sequence.height] * 2, dtype=np.float64)
    percent = np.round(100 * shown.boxes / size, _DIGITS)
    for frame, (x, y, w, h), end in zip(shown.frames.tolist(), percent.tolist(), ends.tolist(), strict=True):
        yield _KEY % (frame + 1, "false" if end else "true", x, y, w, h, round((frame + 1) / sequence.fps, 6))
