"""Label Studio JSON files -> ``Project``: exports of tasks, or tasks to be imported there."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path, PurePosixPath

from app.document.model import MAX_FRAMES, Sequence
from app.errors import AppError
from app.formats.format import ImportedProject, Likeness
from app.formats.imported_project import ProjectBuilder
from app.formats.json_record import JsonRecord
from app.formats.json_stream import Place, walk_json
from app.formats.options import ImportOptions
from app.formats.plain_input import plain
from app.formats.progress import Progress
from app.formats.track_record import TrackNotes
from app.formats.track_rows import Sides
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


class _Keys:
    """Key boxes of one result as columns; a video's boxes as JSON objects would fill the memory.

    Args:
        value: The ``value`` of a result; boxes are in percent.
        base: Number of the first frame.

    Raises:
        AppError: One is no box.
    """

    def __init__(self, value: JsonRecord, base: int) -> None:
        self.frames = array("q")
        self.sides = array("d")
        self.enabled = bytearray()
        self.auto = bytearray()
        self.turned = 0
        for record in value.records("sequence"):
            frame = record.integer("frame") - base
            if not 0 <= frame < MAX_FRAMES:
                raise record.wrong("frame", f"a frame, counted from {base}")
            x, y, w, h = (record.number(key) for key in ("x", "y", "width", "height"))
            if not BoundingBox(x, y, w, h).is_valid:
                raise AppError("{0} has no width or no height: correct the file.", record.place)
            enabled = record.fields.get("enabled", True)
            if not isinstance(enabled, bool):
                raise record.wrong("enabled", "true or false")
            self.turned += bool(record.number("rotation", 0.0))
            self.frames.append(frame)
            self.sides.extend((x / 100, y / 100, w / 100, h / 100))
            self.enabled.append(enabled)
            self.auto.append(record.flag("auto"))

    def in_order(self) -> list[int]:
        """Their numbers, ascending by frame."""
        return sorted(range(len(self.frames)), key=self.frames.__getitem__)

    def box(self, number: int, sequence: Sequence) -> Sides:
        """One of them in image pixels."""
        x, y, w, h = self.sides[4 * number : 4 * number + 4]
        return x * sequence.width, y * sequence.height, w * sequence.width, h * sequence.height


def _opens(place: Place) -> bool:
    """Down to the results of an annotation, wherever the task stands."""
    inside = place[1:] if place and isinstance(place[0], int) else place
    if not inside:
        return True
    is_list = inside[0] in {"annotations", "predictions"}
    return is_list and (len(inside) < 3 or (len(inside) == 3 and inside[2] == "result"))


def sniff_label_studio(path: Path) -> Likeness:
    """By the type of its results."""
    try:
        with plain(path).open("rb") as file:
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
    task: dict[str, object] = {}
    at: int | None = None
    for place, value in walk_json(path, progress, _opens):
        number = place[0] if place and isinstance(place[0], int) else None
        if task and number != at:
            _read_task(reading, JsonRecord(task, _place(path, at)), options)
            task = {}
        at, inside = number, place if number is None else place[1:]
        if inside:
            _put(task, inside, _compact(value, inside, _place(path, at), base))
        elif number is not None:
            if value != {}:
                raise AppError("{0} is no task: the file is not of this format.", _place(path, at))
            _read_task(reading, JsonRecord({}, _place(path, at)), options)
    if task:
        _read_task(reading, JsonRecord(task, _place(path, at)), options)
    notes = []
    if reading.left_out:
        notes.append(spoken("{0:,} results that are no boxes in a video were left out.", reading.left_out))
    if reading.turned:
        notes.append(spoken("{0:,} boxes are turned; they were taken as if they were not.", reading.turned))
    return ImportedProject(reading.builder.finish(), frame_base=base, box_base=0, notes=notes)


def _place(path: Path, number: int | None) -> str:
    return path.name if number is None else f"{path.name}, [{number}]"


def _compact(value: object, inside: Place, place: str, base: int) -> object:
    """A result with its boxes as ``_Keys``; any other value as it is."""
    if len(inside) != 4 or not isinstance(value, dict) or not _is_video_box(value):
        return value
    where = f"{place}, {inside[0]}[{inside[1]}], result[{inside[3]}]"
    told = JsonRecord(value, where).record("value")
    return {**value, "value": {**told.fields, "sequence": _Keys(told, base)}}


def _is_video_box(result: dict[str, object]) -> bool:
    return str(result.get("type", "")).lower() == "videorectangle"


def _put(task: dict[str, object], inside: Place, value: object) -> None:
    """Set what lies at a place of a task; lists grow by one item at a time, as they stand in the file."""
    holder: dict[str, object] | list[object] = task
    for part, following in pairwise(inside):
        made: dict[str, object] | list[object] = [] if isinstance(following, int) else {}
        held = _item(holder, part)
        if type(held) is not type(made):
            _set(holder, part, made)
            held = made
        assert isinstance(held, dict | list)
        holder = held
    _set(holder, inside[-1], value)


def _item(holder: dict[str, object] | list[object], part: int | str) -> object:
    if isinstance(holder, dict):
        return holder.get(str(part))
    assert isinstance(part, int)
    return holder[part] if part < len(holder) else None


def _set(holder: dict[str, object] | list[object], part: int | str, value: object) -> None:
    if isinstance(holder, dict):
        holder[str(part)] = value
    elif isinstance(part, int) and part < len(holder):
        holder[part] = value
    else:
        holder.append(value)


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
            wanted = [it for it in found if _is_video_box(it.fields)]
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
    keys = value.fields.get("sequence")
    assert isinstance(keys, _Keys)
    sequence.frame_count = max(sequence.frame_count, max(keys.frames, default=-1) + 1)
    reading.turned += keys.turned
    order = keys.in_order()
    for number in order:
        place = f"{value.place}, sequence[{number}]"
        notes.add(rows, keys.frames[number], keys.box(number, sequence), place, keyframe=not keys.auto[number])
    for number, following in zip(order, [*order[1:], None], strict=True):
        if keys.enabled[number]:
            rows.line(keys.frames[number], sequence.frame_count if following is None else keys.frames[following])
    notes.add_outside(rows, sequence.frame_count)
