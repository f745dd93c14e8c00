"""CVAT for video 1.1: one XML file a Sequence.

Frames count from 0 by the video's own numbers, boxes are two corners in pixels from the picture's corner. A Track ends
with a box that is ``outside`` on the first frame without it, else CVAT shows it to the end. Every shown box is written;
``keyframe="1"`` are those of a person and as many tracked ones as straight lines need to give the others to within
``keyframe-tolerance``, so that CVAT shows the same whether it keeps the other boxes or draws the lines. Ours beside the
format, which CVAT passes over: on a box ``source="auto"`` for tracked ones and for ends that nobody marked, ``score``
and ``status``; the attributes ``track_name`` and ``visibility``, declared for every label where they are used
(app/formats/cvat_attributes.py).
CVAT for images is read as well, each of its boxes as a Track of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from app.document.model import Track
from app.formats.box_runs import gone_frames, run_ends
from app.formats.cvat_attributes import NAME, VISIBILITY, AttributeWriter, attribute
from app.formats.cvat_reader import read_cvat, sniff_cvat
from app.formats.format import Field, ImportedProject, Likeness, TargetKind
from app.formats.options import AnyOption, FormatOption, ImportOptions
from app.formats.progress import Progress
from app.formats.safe_xml import xml_attribute, xml_text
from app.formats.selection import SelectedSequence, Selection
from app.formats.shown_boxes import ShownBoxes, rounded
from app.formats.shown_values import shown_values
from app.formats.simplify import straighten
from tracker.result import TrackStatus

TOLERANCE = FormatOption("keyframe-tolerance", "Tolerance of keyframes (px)", 0.5, maximum=20.0)

_STATUSES = [it.name.lower() for it in TrackStatus]


class CvatFormat:
    """A folder of XML files."""

    name = "cvat"
    title = "CVAT for video 1.1"
    kind = TargetKind.FOLDER
    suffix = ""
    holds = frozenset(Field) - {Field.EMPTY_TRACKS, Field.FRAME_RATE}
    options: tuple[AnyOption, ...] = (TOLERANCE,)

    def notes(self, selection: Selection) -> list[str]:  # noqa: ARG002  # all is told by ``holds``
        """None."""
        return []

    def picture_paths(self, sequence: SelectedSequence, index: int) -> list[str]:
        """``frame_000000.jpg`` by the video's own numbers, as CVAT names them."""
        return [f"{sequence.folder}/frame_{int(sequence.frames[index]):06d}.jpg"]

    def write(self, selection: Selection, path: Path, progress: Progress) -> None:
        """Write a file a Sequence."""
        done, attributes = 0, AttributeWriter.of(selection)
        for selected in selection.sequences:
            with (path / f"{selected.folder}.xml").open("x", encoding="utf-8", newline="\n") as file:
                file.write('<?xml version="1.0" encoding="utf-8"?>\n<annotations>\n  <version>1.1</version>\n')
                file.writelines(_meta(selection, selected, attributes))
                for track in selected.tracks:
                    progress.at(done, selection.track_count)
                    done += 1
                    file.writelines(_track(selection, selected, track, attributes))
                file.write("</annotations>\n")

    def sniff(self, path: Path) -> Likeness:
        """By the outermost element."""
        return sniff_cvat(path)

    def read(self, path: Path, options: ImportOptions, progress: Progress) -> ImportedProject:
        """Import a file or a folder of them; see ``read_cvat``."""
        return read_cvat(path, options, progress)


def _meta(selection: Selection, selected: SelectedSequence, attributes: AttributeWriter) -> Iterator[str]:
    sequence, options = selected.sequence, selection.options
    whole = selected.is_whole
    frames = selected.frames
    step = f"step={options.frame_step}" if options.frame_step > 1 and not options.keyframes_only else ""
    yield "  <meta>\n    <task>\n"
    yield f"      <id>{sequence.id}</id>\n      <name>{xml_text(sequence.name)}</name>\n"
    yield f"      <size>{len(frames)}</size>\n      <mode>interpolation</mode>\n      <overlap>0</overlap>\n"
    yield f"      <start_frame>{0 if whole or not len(frames) else int(frames[0])}</start_frame>\n"
    yield f"      <stop_frame>{int(frames[-1]) if len(frames) else 0}</stop_frame>\n"
    yield f"      <frame_filter>{step}</frame_filter>\n      <labels>\n"
    for category in selection.categories:
        yield f"        <label>\n          <name>{xml_text(category.name)}</name>\n          <attributes>\n"
        yield from attributes.definitions(selection, category)
        yield "          </attributes>\n        </label>\n"
    yield "      </labels>\n      <original_size>\n"
    yield f"        <width>{sequence.width}</width>\n        <height>{sequence.height}</height>\n"
    yield f"      </original_size>\n      <source>{xml_text(Path(sequence.path).name)}</source>\n"
    yield "    </task>\n    <dumped></dumped>\n  </meta>\n"


def _track(
    selection: Selection, selected: SelectedSequence, track: Track, attributes: AttributeWriter
) -> Iterator[str]:
    shown = selection.shown(selected, track)
    boxes, left = rounded(shown.boxes)
    shown = shown.with_boxes(boxes).at(np.flatnonzero(left))
    if not len(shown):
        return  # CVAT cannot import a Track without boxes
    label = xml_attribute(selection.project.categories[track.category_id].name)
    source = "manual" if shown.keyframes.all() else "semi-auto"
    yield f'  <track id="{track.id}" label={label} source="{source}">\n'
    yield from _boxes(selection, selected, track, shown, attributes)
    yield "  </track>\n"


def _boxes(
    selection: Selection, selected: SelectedSequence, track: Track, shown: ShownBoxes, attributes: AttributeWriter
) -> Iterator[str]:
    gone = gone_frames(selection, selected, track, shown)
    ends = run_ends(shown, gone, selected.sequence.frame_count)
    starts = np.concatenate([[True], ends[:-1]])
    tolerance = selection.options.value(TOLERANCE)
    needed = shown.keyframes | starts | ends
    needed[[0, -1]] = True
    edges = np.concatenate([shown.boxes[:, :2], shown.boxes[:, :2] + shown.boxes[:, 2:]], axis=1)
    keys = straighten(shown.frames, edges, needed, tolerance)
    name = attribute(NAME, track.name) if attributes.with_name else ""
    outside = dict.fromkeys(gone.tolist(), ' source="auto"') | dict.fromkeys(
        selection.outside_frames(selected, track), ""
    )
    waiting = sorted(outside)
    ends_of = _values_at(selection, track, [*shown.frames.tolist(), *waiting], attributes)
    corners = _corners(shown, 0)
    for place, (row, key) in enumerate(zip(shown.rows(), keys.tolist(), strict=True)):
        while waiting and waiting[0] < row.frame:
            yield _outside(waiting[0], corners, outside[waiting[0]], name + ends_of[waiting.pop(0)], track.z)
        corners = _corners(shown, place)
        own = "" if row.is_keyframe else f' source="auto" score="{row.score:.6g}" status="{_STATUSES[row.status]}"'
        share = attribute(VISIBILITY, f"{row.visibility:g}") if attributes.with_visibility else ""
        yield (
            f'    <box frame="{row.frame}" outside="0" occluded="{int(row.occluded)}" keyframe="{int(key)}" '
            f'{corners} z_order="{track.z}"{own}>{name}{share}{ends_of[row.frame]}</box>\n'
        )
    for frame in waiting:
        yield _outside(frame, corners, outside[frame], name + ends_of[frame], track.z)


def _values_at(selection: Selection, track: Track, frames: list[int], attributes: AttributeWriter) -> dict[int, str]:
    """Frame -> the values in force as they stand in a box."""
    ordered = sorted(frames)
    values = shown_values(selection.project, track, np.array(ordered, dtype=np.int64))
    texts = [attributes.values(it) for it in values.distinct]
    return {frame: texts[stretch] for frame, stretch in zip(ordered, values.stretches.tolist(), strict=True)}


def _outside(frame: int, corners: str, source: str, inside: str, z: int) -> str:
    return (
        f'    <box frame="{frame}" outside="1" occluded="0" keyframe="1" {corners} z_order="{z}"{source}>'
        f"{inside}</box>\n"
    )


def _corners(shown: ShownBoxes, row: int) -> str:
    x, y, w, h = shown.boxes[row].tolist()
    return f'xtl="{x:.10g}" ytl="{y:.10g}" xbr="{x + w:.10g}" ybr="{y + h:.10g}"'
