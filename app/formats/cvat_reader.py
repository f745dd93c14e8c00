"""CVAT for video XML files -> ``Project``."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from app.document.model import MAX_FRAMES, AttributeValue, Sequence
from app.errors import AppError
from app.formats.cvat_attributes import NAME, VISIBILITY, AttributeReader
from app.formats.export_info import SequenceInfo, read_info
from app.formats.format import ImportedProject, Likeness
from app.formats.imported_project import MAX_ID, ImportedBox, ProjectBuilder, size_that_holds
from app.formats.options import ImportOptions
from app.formats.progress import Progress
from app.formats.safe_xml import Element, number, read_xml, root_name
from app.formats.text_lines import whole
from app.spoken import spoken
from tracker.geometry import BoundingBox
from tracker.result import TrackStatus

_FPS = 30.0
_MAX_Z = 1_000_000
_SHAPES = {"polygon", "polyline", "points", "cuboid", "ellipse", "mask", "skeleton", "tag"}
_STATUSES = {it.name.lower(): it for it in TrackStatus}


@dataclass(slots=True)
class _Box:
    """One ``<box>`` of a Track with what stands inside it."""

    element: Element
    frame: int
    box: BoundingBox
    outside: bool
    keyframe: bool
    tracked: bool
    visibility: float = 1.0
    texts: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class _Track:
    element: Element
    name: str = ""
    boxes: dict[int, _Box] = field(default_factory=dict)


@dataclass(slots=True)
class _Reading:
    """One file while it is read; what comes late (the size, the labels) may come before or after the tracks."""

    place: str
    frame_base: int
    path: list[str] = field(default_factory=list)
    meta: dict[str, str] = field(default_factory=dict)
    labels: list[str] = field(default_factory=list)
    tracks: list[_Track] = field(default_factory=list)
    track: _Track | None = None
    box: _Box | None = None
    left_out: int = 0
    attributes: AttributeReader = field(default_factory=AttributeReader)
    definition: dict[str, str] = field(default_factory=dict)

    def started(self, element: Element) -> None:
        """An element begins."""
        if not self.path and element.name != "annotations":
            raise AppError("{0} is not <annotations>: this is no file of CVAT.", element.place)
        self.path.append(element.name)
        if self.path == ["annotations", "track"]:
            self.track = _Track(element)
            self.tracks.append(self.track)
        elif self.path == ["annotations", "image"]:
            raise AppError("{0}: this is CVAT for images; export the task as CVAT for video 1.1.", element.place)
        elif self.path == ["annotations", "track", "box"]:
            self.box = self._box(element)
        elif self.track is not None and element.name in _SHAPES:
            self.left_out += 1

    def ended(self, element: Element, text: str) -> None:
        """An element ends."""
        below = self.path[1:-1]
        if below[:1] == ["meta"]:
            if "labels" in self.path:
                self._label(element.name, text)
            else:
                self.meta.setdefault(element.name, text)
        elif element.name == "attribute" and self.track is not None:
            self._attribute(element, text)
        elif self.box is not None and element is self.box.element:
            self._add(self.box)
            self.box = None
        elif self.track is not None and element is self.track.element:
            self.track = None
        self.path.pop()

    def whole_number(self, key: str, default: int) -> int:
        """A whole number from ``<meta>``."""
        text = self.meta.get(key, "")
        what = f"{self.place}: <{key}>"
        return whole(number(text, what), self.place, f"<{key}>", 0, MAX_ID) if text else default

    def step(self) -> int:
        """Every which frame of the video the task has."""
        text = self.meta.get("frame_filter", "").partition("step=")[2].strip()
        return max(1, whole(number(text, f"{self.place}: step"), self.place, "step", 1, MAX_FRAMES)) if text else 1

    def _box(self, element: Element) -> _Box:
        frame = element.integer("frame") - self.frame_base
        whole(frame, element.place, "the frame", 0, MAX_FRAMES - 1)
        left, top = element.number("xtl"), element.number("ytl")
        box = BoundingBox(left, top, element.number("xbr") - left, element.number("ybr") - top)
        keyframe = element.flag("keyframe") or "keyframe" not in element.attributes
        tracked = element.attributes.get("source") == "auto"
        return _Box(element, frame, box, element.flag("outside"), keyframe, tracked)

    def _label(self, name: str, text: str) -> None:
        """Something inside ``<labels>`` ends."""
        above = self.path[-2]
        if above == "label" and name == "name":
            self.labels.append(text)
        elif above == "attribute":
            self.definition[name] = text
        elif above == "attributes" and name == "attribute":
            if self.labels:
                self.attributes.define(self.labels[-1], self.definition)
            self.definition = {}

    def _attribute(self, element: Element, text: str) -> None:
        assert self.track is not None
        name = element.text("name")
        if name == NAME:
            self.track.name = text
        elif name == VISIBILITY and self.box is not None:
            share = number(text, f"{element.place}: visibility")
            if not 0 <= share <= 1:
                raise AppError("{0}: visibility is {1:g}, not between 0 and 1: correct the file.", element.place, share)
            self.box.visibility = share
        elif self.box is not None:
            self.box.texts[name] = text

    def _add(self, box: _Box) -> None:
        assert self.track is not None
        if box.frame in self.track.boxes:
            raise AppError("{0} is a second box of this track on frame {1}: remove one.", box.element.place, box.frame)
        if not box.outside and not box.box.is_valid:
            raise AppError("{0}: the box has no width or no height.", box.element.place)
        self.track.boxes[box.frame] = box


def sniff_cvat(path: Path) -> Likeness:
    """By the outermost element of the file, or of the first XML file in the folder."""
    file = next(iter(sorted(path.glob("*.xml"))), None) if path.is_dir() else path
    return Likeness.CERTAIN if file is not None and root_name(file) == "annotations" else Likeness.NO


def read_cvat(path: Path, options: ImportOptions, progress: Progress) -> ImportedProject:
    """Read a file, or all XML files of a folder, a Sequence each.

    A key box becomes a Keyframe unless it says ``source="auto"``; boxes between key boxes become tracked boxes, and
    where two key boxes follow each other with frames of the task between them, CVAT's straight line is filled in.

    Args:
        path: The file or folder.
        options: The number of the first frame where it is not 0; the video where the file does not tell its size.
        progress: Told how far it is.

    Raises:
        AppError: It is not of this format; the sentence names file, line and field.
        CancelledError: The person gave up.
    """
    files = sorted(path.glob("*.xml")) if path.is_dir() else [path]
    if not files:
        raise AppError("{0} holds no XML file: choose a file or a folder exported from CVAT.", path)
    info = read_info(path if path.is_dir() else path.parent)
    builder = ProjectBuilder()
    base = options.frame_base or 0
    left_out = odd = 0
    for done, file in enumerate(files):
        reading = _Reading(file.name, base)
        read_xml(file, reading.started, reading.ended, progress.part(done / len(files), (done + 1) / len(files)))
        _build(builder, reading, info.sequence(file.stem), options)
        left_out += reading.left_out
        odd += reading.attributes.left_out
    notes = [spoken("{0:,} shapes that are no boxes were left out.", left_out)] if left_out else []
    if odd:
        notes.append(spoken("{0:,} values that their attributes cannot have were left out.", odd))
    return ImportedProject(builder.finish(), frame_base=base, box_base=0, notes=notes)


def _build(builder: ProjectBuilder, reading: _Reading, about: SequenceInfo, options: ImportOptions) -> None:
    for label in reading.labels:
        builder.category(label)
    source = options.source
    step, start = reading.step(), reading.whole_number("start_frame", 0)
    boxes = [box for track in reading.tracks for box in track.boxes.values()]
    last = max((box.frame for box in boxes), default=0)
    told = reading.whole_number("stop_frame", start + step * (reading.whole_number("size", 1) - 1))
    count = about.frame_count(max(last, told, source.frame_count - 1 if source else 0) + 1)
    shape = (source.width, source.height) if source else size_that_holds(box.box for box in boxes if not box.outside)
    size = about.size(reading.whole_number("width", shape[0]), reading.whole_number("height", shape[1]))
    name = reading.meta.get("name") or Path(reading.place).stem
    fps = about.fps(source.fps if source else _FPS)
    sequence = builder.sequence(about.name(name), count, size, fps, reading.place, reading.whole_number("id", 0))
    reading.attributes.build(builder, reading.labels)
    for track in reading.tracks:
        _build_track(builder, sequence, track, step, told, reading.attributes)


def _build_track(
    builder: ProjectBuilder, sequence: Sequence, track: _Track, step: int, last: int, attributes: AttributeReader
) -> None:
    element = track.element
    wanted = whole(element.number("id", 0), element.place, "the id", -1, MAX_ID)
    rows = builder.track(sequence, builder.category(element.text("label")), wanted, track.name)
    before: _Box | None = None
    for frame in sorted(track.boxes):
        box = track.boxes[frame]
        if before is not None and not before.outside:
            rows.line(before.frame, frame, None if box.outside else box.box, step)
        values = attributes.values(box.texts, per_frame=True)
        if before is None:
            rows.track.attributes |= attributes.values(box.texts, per_frame=False)
            rows.track.z = whole(box.element.number("z_order", 0), box.element.place, "z_order", -_MAX_Z, _MAX_Z)
        if not box.outside:
            rows.add(frame, _imported(box, values), box.element.place)
        elif box.keyframe and not box.tracked:
            rows.add(frame, ImportedBox(None, keyframe=True, attributes=values), box.element.place)
        before = box
    if before is not None and not before.outside:
        # nothing ends it: CVAT shows it to the end of the task
        rows.line(before.frame, last + 1, None, step)


def _imported(box: _Box, values: dict[int, AttributeValue]) -> ImportedBox:
    element = box.element
    status = _STATUSES.get(element.attributes.get("status", ""), TrackStatus.FOUND)
    return ImportedBox(
        box.box,
        keyframe=box.keyframe and not box.tracked,
        occluded=element.flag("occluded"),
        visibility=box.visibility,
        score=element.number("score", 1.0),
        status=status,
        attributes=values,
    )
