"""Label Studio JSON files -> ``Project``: exports of tasks, or tasks to be imported there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from app.document.model import MAX_FRAMES, Sequence
from app.errors import AppError
from app.formats.format import ImportedProject, Likeness
from app.formats.imported_project import ProjectBuilder
from app.formats.json_record import JsonRecord
from app.formats.json_stream import stream_json
from app.formats.options import ImportOptions
from app.formats.progress import Progress
from app.formats.track_record import TrackNotes
from app.spoken import spoken
from tracker.geometry import BoundingBox

_FPS = 25.0
_HEAD = 1 << 16


@dataclass(slots=True)
class _Reading:
    """Of one file.

    Attributes:
        frame_base: Number of the first frame.
        left_out: Results that are no boxes of a video.
        turned: Boxes whose rotation was passed over.
    """

    frame_base: int
    builder: ProjectBuilder = field(default_factory=ProjectBuilder)
    left_out: int = 0
    turned: int = 0


@dataclass(frozen=True, slots=True)
class _KeyBox:
    frame: int
    box: BoundingBox
    enabled: bool
    auto: bool
    place: str


def sniff_label_studio(path: Path) -> Likeness:
    """By the type of its results."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError:
        return Likeness.NO
    if not head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"[", b"{")):
        return Likeness.NO
    if b'"videorectangle"' in head:
        return Likeness.CERTAIN
    is_list = head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"[")
    if is_list and b'"data"' in head and (b'"annotations"' in head or b'"predictions"' in head):
        return Likeness.CERTAIN
    return Likeness.POSSIBLE if is_list and not head.strip(b"\xef\xbb\xbf \t\r\n[]") else Likeness.NO


def read_label_studio(path: Path, options: ImportOptions, progress: Progress) -> ImportedProject:
    """Read one file: a list of tasks, or one task.

    Key boxes become Keyframes, but for those that say ``auto``, which an interpolating export adds; lines between them
    become interpolated gaps. Of several annotations of a task the first with boxes counts; without any, the first
    prediction.

    Args:
        path: The JSON file.
        options: The number of the first frame where it is not 1; the video, where the file tells no size.
        progress: Told how far it is.

    Raises:
        AppError: It is not of this format; the sentence names the place and the field.
        CancelledError: The person gave up.
    """
    base = 1 if options.frame_base is None else options.frame_base
    reading = _Reading(base)
    single: dict[str, object] = {}
    lists: dict[str, list[object]] = {}
    for name, number, value in stream_json(path, progress):
        if name:
            # one task that is the whole file: its fields come one by one
            if number is None:
                single[name] = lists.setdefault(name, []) if value == [] else value
            else:
                lists[name].append(value)
        elif number is not None:
            place = f"{path.name}, [{number}]"
            if not isinstance(value, dict):
                raise AppError("{0} is no task: the file is not of this format.", place)
            _read_task(reading, JsonRecord(value, place), options)
    if single:
        _read_task(reading, JsonRecord(single, path.name), options)
    notes = []
    if reading.left_out:
        notes.append(spoken("{0:,} results that are no boxes in a video were left out.", reading.left_out))
    if reading.turned:
        notes.append(spoken("{0:,} boxes are turned; they were taken as if they were not.", reading.turned))
    return ImportedProject(reading.builder.finish(), frame_base=base, box_base=0, notes=notes)


def _read_task(reading: _Reading, task: JsonRecord, options: ImportOptions) -> None:
    if not {"data", "annotations", "predictions"} & task.fields.keys():
        raise AppError("{0} has neither data nor annotations: it is no task of Label Studio.", task.place)
    results = list(_results(reading, task))
    about, source = task.record("meta").record("dimple"), options.source
    video = task.record("data").fields.get("video")
    name = about.text("name", PurePosixPath(str(video).replace("\\", "/")).stem if video else task.place)
    values = [it.record("value") for it in results]
    count = max([about.integer("frame_count", 1), *(_frames_count(it) for it in values)])
    duration = max((it.number("duration", 0.0) for it in values), default=0.0)
    fps = about.number("fps", source.fps if source else count / duration if duration > 0 else _FPS)
    size = _size(about, results, options)
    wanted = task.integer("id") if "id" in task else None
    sequence = reading.builder.sequence(name, count, size, fps, task.place, wanted)
    for result in results:
        _read_result(reading, sequence, result)


def _results(reading: _Reading, task: JsonRecord) -> Iterator[JsonRecord]:
    for key in ("annotations", "predictions"):
        for annotation in task.records(key, required=False):
            found = list(annotation.records("result", required=False))
            wanted = [it for it in found if str(it.fields.get("type", "")).lower() == "videorectangle"]
            reading.left_out += len(found) - len(wanted)
            if wanted:
                yield from wanted
                return


def _frames_count(value: JsonRecord) -> int:
    count = value.integer("framesCount", 1)
    if not 1 <= count <= MAX_FRAMES:
        raise value.wrong("framesCount", f"a number of frames up to {MAX_FRAMES}")
    return count


def _size(about: JsonRecord, results: list[JsonRecord], options: ImportOptions) -> tuple[int, int]:
    source = options.source
    if source is not None:
        return source.width, source.height
    for record, width, height in [
        (about, "width", "height"),
        *((it, "original_width", "original_height") for it in results),
    ]:
        if width in record and height in record:
            return record.integer(width), record.integer(height)
    if results:
        raise AppError(
            "{0} gives boxes in percent and nothing tells the size of the picture: "
            "choose the video that the boxes belong to.",
            results[0].place,
        )
    return 1, 1


def _read_result(reading: _Reading, sequence: Sequence, result: JsonRecord) -> None:
    value = result.record("value")
    labels = value.fields.get("labels")
    label = str(labels[0]) if isinstance(labels, list) and labels else ""
    meta = result.record("meta")
    notes = TrackNotes(meta.record("dimple"))
    texts = meta.fields.get("text")
    said = " ".join(map(str, texts)) if isinstance(texts, list) else ""
    name = notes.name if notes.is_known else said
    rows = reading.builder.track(sequence, reading.builder.category(label), notes.track_id, name)
    keys = sorted((_key_box(reading, sequence, it) for it in value.records("sequence")), key=lambda it: it.frame)
    for key in keys:
        notes.add(rows, key.frame, key.box, key.place, keyframe=not key.auto)
    for key, following in zip(keys, [*keys[1:], None], strict=True):
        if key.enabled and following is not None:
            rows.line(key.frame, following.frame, following.box)
        elif key.enabled:
            rows.line(key.frame, sequence.frame_count, None)
    notes.add_outside(rows, sequence.frame_count)


def _key_box(reading: _Reading, sequence: Sequence, record: JsonRecord) -> _KeyBox:
    frame = record.integer("frame") - reading.frame_base
    if not 0 <= frame < MAX_FRAMES:
        raise record.wrong("frame", f"a frame, counted from {reading.frame_base}")
    sequence.frame_count = max(sequence.frame_count, frame + 1)
    x, y, w, h = (record.number(key) / 100 for key in ("x", "y", "width", "height"))
    reading.turned += bool(record.number("rotation", 0.0))
    box = BoundingBox(x * sequence.width, y * sequence.height, w * sequence.width, h * sequence.height)
    if not box.is_valid:
        raise AppError("{0} has no width or no height: correct the file.", record.place)
    enabled = record.fields.get("enabled", True)
    if not isinstance(enabled, bool):
        raise record.wrong("enabled", "true or false")
    return _KeyBox(frame, box, enabled, record.flag("auto"), record.place)
