"""CVAT for video XML files -> ``Project``."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

import numpy as np

from app.document.model import MAX_FRAMES, Sequence, Track
from app.errors import AppError
from app.formats.box_rows import BoxRows
from app.formats.cvat_attributes import NAME, VISIBILITY, AttributeReader
from app.formats.export_info import SequenceInfo, is_export_of, read_info
from app.formats.format import ImportedProject, Likeness
from app.formats.imported_project import MAX_ID, ProjectBuilder, size_that_holds
from app.formats.options import ImportOptions
from app.formats.progress import Progress
from app.formats.safe_xml import Element, number, read_xml, root_name
from app.formats.text_lines import MAX_NUMBER, whole
from app.formats.track_rows import TrackRows
from app.spoken import spoken
from tracker.result import TrackStatus

_FPS = 30.0
_MAX_Z = 1_000_000
_SHAPES = {"polygon", "polyline", "points", "cuboid", "ellipse", "mask", "skeleton", "tag"}
_SIDES = ("xtl", "ytl", "xbr", "ybr")
_FLAGS = frozenset({"0", "1"})
_TRACK_BOX, _IMAGE_BOX = ["track", "box"], ["image", "box"]
_FEW, _MANY = 8, 250
"""So many boxes are looked at faster one by one; more at a time take memory and are no faster."""

_STATUSES = {it.name.lower(): it for it in TrackStatus}


@dataclass(slots=True)
class _Box:
    """One ``<box>`` while it is read.

    Attributes:
        element: As it stands in the file.
        frame: Ours, of a box in a picture; None where its element tells.
        visibility: Visible share.
        texts: Attribute -> text.
    """

    element: Element
    frame: int | None = None
    visibility: float = 1.0
    texts: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class _Track:
    """One ``<track>`` as it is read.

    Attributes:
        element: As it stands in the file.
        wanted: Its id.
        rows: Its boxes.
        name: Of ours.
        outside: Frame without the object -> whether a person marked it.
        texts: Attributes and their texts -> frames.
        first: Its box on the first frame, and that frame.
        waiting: Boxes that were not looked at yet.
        turned: Boxes whose rotation was passed over.
        is_alone: Whether it is one box of a picture, which no track goes on from.
        has_shapes: Whether it has other shapes than boxes.
    """

    element: Element
    wanted: int
    rows: TrackRows
    name: str = ""
    outside: dict[int, bool] = field(default_factory=dict)
    texts: dict[tuple[tuple[str, str], ...], list[int]] = field(default_factory=dict)
    first: tuple[int, _Box] | None = None
    waiting: list[_Box] = field(default_factory=list)
    turned: int = 0
    is_alone: bool = False
    has_shapes: bool = False

    def take_waiting(self, frame_base: int) -> None:
        """Look at the boxes that wait: all at once, which is several times as fast, or one by one.

        Raises:
            AppError: One is wrong.
        """
        boxes, self.waiting = self.waiting, []
        columns = _columns(boxes, frame_base) if len(boxes) >= _FEW else None
        is_new = columns is not None and self.outside.keys().isdisjoint(columns.frames.tolist())
        if columns is None or not is_new or not self.rows.extend(columns):
            for box in boxes:
                _add(self, box, frame_base)
            return
        for frame, box in zip(columns.frames.tolist(), boxes, strict=True):
            self.note(frame, box)

    def note(self, frame: int, box: _Box) -> None:
        """Remember what a box tells beside its row."""
        if box.texts:
            self.texts.setdefault(tuple(box.texts.items()), []).append(frame)
        if self.first is None or frame < self.first[0]:
            self.first = frame, box


@dataclass(slots=True)
class _Reading:
    """One file while it is read; what comes late (the size, the labels) may come before or after the tracks.

    ``pictures`` are those of the folder of images that the boxes belong to: name without ending -> frame.
    """

    place: str
    frame_base: int
    pictures: dict[str, int] = field(default_factory=dict)
    path: list[str] = field(default_factory=list)
    meta: dict[str, str] = field(default_factory=dict)
    labels: list[str] = field(default_factory=list)
    tracks: list[_Track] = field(default_factory=list)
    track: _Track | None = None
    box: _Box | None = None
    image: Element | None = None
    left_out: int = 0
    attributes: AttributeReader = field(default_factory=AttributeReader)
    definition: dict[str, str] = field(default_factory=dict)

    def started(self, element: Element) -> None:
        """An element begins."""
        if not self.path and element.name != "annotations":
            raise AppError("{0} is not <annotations>: this is no file of CVAT.", element.place)
        self.path.append(element.name)
        if len(self.path) > 1 + len(_TRACK_BOX):
            return  # inside of a box, or of <meta>
        below = self.path[1:]
        if below == _TRACK_BOX:
            self.box = _Box(element)
        elif below == ["track"]:
            wanted = whole(element.number("id", 0), element.place, "the id", -1, MAX_ID)
            self.track = _Track(element, wanted, TrackRows(Track(wanted, "", 0)))
            self.tracks.append(self.track)
        elif below == ["image"]:
            self.image = element
            for side in ("width", "height"):
                self.meta.setdefault(side, element.text(side))
        elif below == _IMAGE_BOX and self.image is not None:
            self.track = _Track(element, -1, TrackRows(Track(-1, "", 0)), is_alone=True)
            self.tracks.append(self.track)
            self.box = _Box(element, self._frame_of(self.image))
        elif len(below) == 2 and below[0] in {"track", "image"} and element.name in _SHAPES:
            self.left_out += 1
            if self.track is not None:
                self.track.has_shapes = True

    def ended(self, element: Element, text: str) -> None:
        """An element ends."""
        if element.name == "attribute" and self.track is not None:
            self._attribute(self.track, element, text)
        elif self.box is not None and element is self.box.element:
            assert self.track is not None
            self.track.waiting.append(self.box)
            self.box = None
            if self.track.is_alone or len(self.track.waiting) == _MANY:
                self.track.take_waiting(self.frame_base)
            if self.track.is_alone:
                self.track = None
        elif self.track is not None and element is self.track.element:
            self.track.take_waiting(self.frame_base)
            self.track = None
        elif self.path[1:2] == ["meta"] and element.name != "meta":
            if "labels" in self.path:
                self._label(element.name, text)
            else:
                self.meta.setdefault(element.name, text)
        self.path.pop()

    def _frame_of(self, image: Element) -> int:
        """By its name where the folder of images has it, else by its number, which counts from 0."""
        known = self.pictures.get(PurePosixPath(image.text("name")).stem)
        return known if known is not None else _frame(image.integer("id"), image)

    def whole_number(self, key: str, default: int) -> int:
        """A whole number from ``<meta>``."""
        text = self.meta.get(key, "")
        what = f"{self.place}: <{key}>"
        return whole(number(text, what), self.place, f"<{key}>", 0, MAX_ID) if text else default

    def step(self) -> int:
        """Every which frame of the video the task has."""
        text = self.meta.get("frame_filter", "").partition("step=")[2].strip()
        return max(1, whole(number(text, f"{self.place}: step"), self.place, "step", 1, MAX_FRAMES)) if text else 1

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

    def _attribute(self, track: _Track, element: Element, text: str) -> None:
        name = element.text("name")
        if name == NAME:
            track.name = text
        elif name == VISIBILITY and self.box is not None:
            share = number(text, f"{element.place}: visibility")
            if not 0 <= share <= 1:
                raise AppError("{0}: visibility is {1:g}, not between 0 and 1: correct the file.", element.place, share)
            self.box.visibility = share
        elif self.box is not None:
            self.box.texts[name] = text


def _frame(number: int, element: Element) -> int:
    if not 0 <= number < MAX_FRAMES:
        whole(number, element.place, "the frame", 0, MAX_FRAMES - 1)
    return number


def _add(track: _Track, box: _Box, frame_base: int) -> None:
    """Look at one box."""
    element, is_outside = box.element, False
    frame = box.frame
    if frame is None:
        frame = _frame(element.integer("frame") - frame_base, element)
        is_outside = element.flag("outside")
    left, top, right, bottom = (element.number(side) for side in _SIDES)
    human = element.attributes.get("source") != "auto" and element.attributes.get("keyframe", "1") == "1"
    element.flag("keyframe")
    if frame in track.outside or (is_outside and frame in track.rows.frames):
        raise AppError("{0} is a second box of this track on frame {1}: remove one of them.", element.place, frame)
    if is_outside:
        track.outside[frame] = human
    else:
        track.turned += bool(element.number("rotation", 0.0))
        track.rows.add(
            frame,
            (left, top, right - left, bottom - top),
            element.place,
            keyframe=human,
            occluded=element.flag("occluded"),
            visibility=box.visibility,
            score=element.number("score", 1.0),
            status=_STATUSES.get(element.attributes.get("status", ""), TrackStatus.FOUND),
        )
    track.note(frame, box)


def _columns(boxes: list[_Box], frame_base: int) -> BoxRows | None:
    """Boxes of one track that are all there and not turned; None where one is unusual, or wrong."""
    every = [it.element.attributes for it in boxes]
    try:
        frames = np.array([float(it["frame"]) for it in every]) - frame_base
        corners = np.array([[float(it[side]) for it in every] for side in _SIDES]).T
        scores = np.array([float(it.get("score", 1.0)) for it in every])
    except (KeyError, ValueError):
        return None
    flags = [[it.get(key, default) for it in every] for key, default in (("keyframe", "1"), ("occluded", "0"))]
    is_usual = (
        ((frames == np.floor(frames)) & (frames >= 0) & (frames < MAX_FRAMES)).all()
        and (np.abs(corners) <= MAX_NUMBER).all()
        and (np.abs(scores) <= MAX_NUMBER).all()
        and all(_FLAGS.issuperset(it) for it in flags)
        and all(it.get("outside", "0") == "0" and "rotation" not in it for it in every)
    )
    if not is_usual:
        return None
    is_keyframe, occluded = (np.array(it) == "1" for it in flags)
    return BoxRows(
        np.zeros(len(boxes), dtype=np.int64),
        frames.astype(np.int64),
        np.concatenate([corners[:, :2], corners[:, 2:] - corners[:, :2]], axis=1),
        scores.astype(np.float32),
        np.array([_STATUSES.get(it.get("status", ""), TrackStatus.FOUND) for it in every], dtype=np.uint8),
        is_keyframe & np.array([it.get("source") != "auto" for it in every]),
        occluded,
        np.array([it.visibility for it in boxes]),
    )


def sniff_cvat(path: Path) -> Likeness:
    """By the outermost element of the file, or of the first XML file in the folder."""
    file = next(iter(sorted(path.glob("*.xml"))), None) if path.is_dir() else path
    if file is None and is_export_of(path, "cvat"):
        return Likeness.CERTAIN
    return Likeness.CERTAIN if file is not None and root_name(file) == "annotations" else Likeness.NO


def read_cvat(path: Path, options: ImportOptions, progress: Progress) -> ImportedProject:
    """Read a file, or all XML files of a folder, a Sequence each; for video, or for images.

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
    if not files and not is_export_of(path, "cvat"):
        raise AppError("{0} holds no XML file: choose a file or a folder exported from CVAT.", path)
    info = read_info(path if path.is_dir() else path.parent)
    builder = ProjectBuilder()
    base = options.frame_base or 0
    left_out = odd = turned = alone = 0
    pictures = options.source.pictures if options.source else ()
    frames = {PurePosixPath(name).stem: number for number, name in enumerate(pictures)}
    for done, file in enumerate(files):
        reading = _Reading(file.name, base, frames)
        read_xml(file, reading.started, reading.ended, progress.part(done / len(files), (done + 1) / len(files)))
        _build(builder, reading, info.sequence(file.stem), options)
        left_out += reading.left_out
        odd += reading.attributes.left_out
        turned += sum(track.turned for track in reading.tracks)
        alone += sum(track.is_alone for track in reading.tracks)
    notes = [spoken("{0:,} shapes that are no boxes were left out.", left_out)] if left_out else []
    if turned:
        notes.append(spoken("{0:,} boxes are turned; they were taken as if they were not.", turned))
    if alone:
        notes.append(spoken("{0:,} boxes are of CVAT for images: each became a track of its own.", alone))
    if odd:
        notes.append(spoken("{0:,} values that their attributes cannot have were left out.", odd))
    return ImportedProject(builder.finish(), frame_base=base, box_base=0, notes=notes)


def _build(builder: ProjectBuilder, reading: _Reading, about: SequenceInfo, options: ImportOptions) -> None:
    for label in reading.labels:
        builder.category(label)
    source = options.source
    step, start = reading.step(), reading.whole_number("start_frame", 0)
    last = max((frame for track in reading.tracks for frame in (*track.rows.frames, *track.outside)), default=0)
    told = reading.whole_number("stop_frame", start + step * (reading.whole_number("size", 1) - 1))
    count = about.frame_count(max(last, told, source.frame_count - 1 if source else 0) + 1)
    shape = (
        (source.width, source.height)
        if source
        else size_that_holds(np.concatenate([np.empty((0, 4)), *(track.rows.boxes() for track in reading.tracks)]))
    )
    size = about.size(reading.whole_number("width", shape[0]), reading.whole_number("height", shape[1]))
    name = reading.meta.get("name") or Path(reading.place).stem
    fps = about.fps(source.fps if source else _FPS)
    sequence = builder.sequence(about.name(name), count, size, fps, reading.place, reading.whole_number("id", 0))
    reading.attributes.build(builder, reading.labels)
    for track in reading.tracks:
        if track.has_shapes and not track.rows:
            continue
        _build_track(builder, sequence, track, step, told, reading.attributes)


def _build_track(
    builder: ProjectBuilder, sequence: Sequence, track: _Track, step: int, last: int, attributes: AttributeReader
) -> None:
    category = builder.category(track.element.text("label"))
    rows = builder.track(sequence, category, track.wanted, track.name, track.rows)
    first = track.first
    if first is not None:
        element = first[1].element
        rows.track.attributes |= attributes.values(first[1].texts, per_frame=False)
        rows.track.z = whole(element.number("z_order", 0), element.place, "z_order", -_MAX_Z, _MAX_Z)
    if not track.is_alone:
        _add_lines(track, step, last)
    for frame, is_human in track.outside.items():
        if is_human:
            rows.add_outside(frame, track.element.place)
    for texts, frames in track.texts.items():
        rows.set_values(frames, attributes.values(dict(texts), per_frame=True, boxes=len(frames)))


def _add_lines(track: _Track, step: int, last: int) -> None:
    """What CVAT shows between the boxes of a track, and behind the last one to the end of the task."""
    frames = np.sort(np.array([*track.rows.frames, *track.outside], dtype=np.int64))
    wide = np.flatnonzero(np.diff(frames) > step)
    pairs = [*zip(frames[wide].tolist(), frames[wide + 1].tolist(), strict=True)]
    if len(frames):
        pairs.append((int(frames[-1]), last + 1))
    for first, following in pairs:
        if first not in track.outside:
            track.rows.line(first, following, step)
