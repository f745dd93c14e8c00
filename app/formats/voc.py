"""Pascal VOC: ``Annotations/<picture>.xml``, ``JPEGImages/``, ``ImageSets/Main/<split>.txt``, ``labelmap.txt``.

By the development kit the top-left pixel is (1, 1) and ``xmax``, ``ymax`` are the last pixels inside: a box from edge x
to edge right is xmin = x + 1, xmax = right (supervision and MATLAB). CVAT and Datumaro take the numbers
for edges: xmin = x, xmax = right. The option ``box-base`` chooses. Boxes are cut at the border;
``truncated`` is 1 where that was so.
The number of the Track, ``keyframe`` and the visible share are ``attributes`` of the object, as CVAT writes them.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from app.formats.format import Field, ImportedProject, Likeness, TargetKind
from app.formats.options import AnyOption, Choice, FormatOption, ImportOptions, Split
from app.formats.picture_frames import picture_stem
from app.formats.progress import Progress
from app.formats.safe_xml import xml_text
from app.formats.selection import SelectedSequence, Selection
from app.formats.shown_boxes import clipped, rounded
from app.formats.voc_reader import read_voc, sniff_voc

BOX_BASE = FormatOption(
    "box-base",
    "Top-left pixel is",
    1,
    (Choice(1, "1, last pixels inside (the development kit, supervision)"), Choice(0, "0, edges (CVAT, Datumaro)")),
)

_ATTRIBUTE = "      <attribute>\n        <name>%s</name>\n        <value>%s</value>\n      </attribute>\n"
_OBJECT = (
    "  <object>\n    <name>%s</name>\n    <pose>Unspecified</pose>\n"
    "    <truncated>%d</truncated>\n    <difficult>0</difficult>\n    <occluded>%d</occluded>\n"
    "    <bndbox>\n      <xmin>%.10g</xmin>\n      <ymin>%.10g</ymin>\n"
    "      <xmax>%.10g</xmax>\n      <ymax>%.10g</ymax>\n    </bndbox>\n"
    f"    <attributes>\n{_ATTRIBUTE % ('track_id', '%d')}{_ATTRIBUTE % ('keyframe', '%d')}%s"
    "    </attributes>\n  </object>\n"
)


class VocFormat:
    """A folder in the layout of Pascal VOC."""

    name = "voc"
    title = "Pascal VOC"
    kind = TargetKind.FOLDER
    suffix = ""
    holds = frozenset(
        {
            Field.CATEGORIES,
            Field.TRACKS,
            Field.TRACK_IDS,
            Field.KEYFRAMES,
            Field.OCCLUDED,
            Field.VISIBILITY,
            Field.FRACTIONS,
            Field.FRAME_NUMBERS,
        }
    )
    options: tuple[AnyOption, ...] = (BOX_BASE,)

    def notes(self, selection: Selection) -> list[str]:  # noqa: ARG002  # all is told by ``holds``
        """None."""
        return []

    def picture_paths(self, sequence: SelectedSequence, index: int) -> list[str]:
        """``JPEGImages/<sequence>_000001.jpg`` and on."""
        return [f"JPEGImages/{picture_stem(sequence, int(sequence.frames[index]))}.jpg"]

    def write(self, selection: Selection, path: Path, progress: Progress) -> None:
        """Write a file a frame."""
        (path / "Annotations").mkdir()
        (path / "ImageSets" / "Main").mkdir(parents=True)
        stems: dict[str, list[str]] = {}
        done, total = 0, sum(len(it.frames) for it in selection.sequences)
        for selected in selection.sequences:
            objects = _objects(selection, selected)
            split = (selected.split or Split.TRAIN).value
            for frame in selected.frames.tolist():
                progress.at(done, total)
                done += 1
                stem = picture_stem(selected, frame)
                stems.setdefault(split, []).append(stem)
                text = "".join([*_head(selected, stem), *objects.get(frame, []), "</annotation>\n"])
                (path / "Annotations" / f"{stem}.xml").write_text(text, encoding="utf-8")
        for split, found in stems.items():
            (path / "ImageSets" / "Main" / f"{split}.txt").write_text("\n".join([*found, ""]), encoding="utf-8")
        (path / "labelmap.txt").write_text("".join(_label_map(selection)), encoding="utf-8")

    def sniff(self, path: Path) -> Likeness:
        """By the outermost element of a file in ``Annotations``."""
        return sniff_voc(path)

    def read(self, path: Path, options: ImportOptions, progress: Progress) -> ImportedProject:
        """Import a folder; see ``read_voc``."""
        return read_voc(path, options, progress)


def _label_map(selection: Selection) -> Iterator[str]:
    yield "# label:color_rgb:parts:actions\nbackground:0,0,0::\n"
    for number, category in enumerate(selection.categories, start=1):
        yield f"{category.name.replace(':', '_')}:{number % 256},{number // 256 % 256},255::\n"


def _head(selected: SelectedSequence, stem: str) -> Iterator[str]:
    sequence = selected.sequence
    yield f"<annotation>\n  <folder>{xml_text(selected.folder)}</folder>\n"
    yield f"  <filename>{xml_text(stem)}.jpg</filename>\n"
    yield "  <source>\n    <database>DiMPLE</database>\n  </source>\n"
    yield f"  <size>\n    <width>{sequence.width}</width>\n    <height>{sequence.height}</height>\n"
    yield "    <depth>3</depth>\n  </size>\n  <segmented>0</segmented>\n"


def _objects(selection: Selection, selected: SelectedSequence) -> dict[int, list[str]]:
    """Frame -> objects."""
    found: dict[int, list[str]] = {}
    base = selection.options.value(BOX_BASE)
    sequence = selected.sequence
    for track in selected.tracks:
        name = xml_text(selection.project.categories[track.category_id].name)
        shown = selection.shown(selected, track)
        inside_boxes, inside = clipped(shown.boxes, sequence.width, sequence.height)
        cut = np.abs(inside_boxes - shown.boxes).max(axis=1, initial=0.0) > 1e-9
        boxes, left = rounded(inside_boxes)
        kept = np.flatnonzero(inside & left)
        shown, boxes = shown.at(kept), boxes[kept]
        corners = np.concatenate([boxes[:, :2] + base, boxes[:, :2] + boxes[:, 2:]], axis=1)
        for frame, is_cut, occluded, sides, keyframe, visibility in zip(
            *(it.tolist() for it in (shown.frames, cut[kept], shown.occluded, corners, shown.keyframes)),
            shown.visibility.tolist(),
            strict=True,
        ):
            share = _ATTRIBUTE % ("visibility", repr(visibility)) if visibility != 1 else ""
            text = _OBJECT % (name, is_cut, occluded, *sides, track.id, keyframe, share)
            found.setdefault(frame, []).append(text)
    return found
