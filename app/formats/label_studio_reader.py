"""Label Studio JSON files -> ``Project``: exports of tasks, or tasks to be imported there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path, PurePosixPath
from typing import Any

import numpy as np
import numpy.typing as npt

from app.document.model import MAX_FRAMES, Sequence
from app.errors import AppError
from app.formats.format import ImportedProject, Likeness
from app.formats.imported_project import ProjectBuilder
from app.formats.json_record import JsonRecord
from app.formats.json_stream import Place, walk_json
from app.formats.options import ImportOptions
from app.formats.plain_input import text_head
from app.formats.progress import Progress
from app.formats.track_record import TrackNotes
from app.formats.track_rows import Sides, are_boxes, check_box
from app.spoken import spoken

_FPS = 25.0
_SIDES = ("x", "y", "width", "height")
_NUMBERS = frozenset({int, float})
_MOST = 1e12
"""What ``JsonRecord`` takes for a number."""

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
class _Keys:
    """Key boxes of one result as columns, ascending by frame; as JSON objects those of a video would fill the memory.

    Attributes:
        places: Where each stands in the file's list, int64 ``(N,)``.
        frames: int64 ``(N,)``, from 0.
        boxes: float64 ``(N, 4)``, in shares of the picture.
        enabled: Whether a line goes on from it, bool ``(N,)``.
        auto: Whether an interpolating export added it, bool ``(N,)``.
        turned: How many are turned.
    """

    places: npt.NDArray[np.int64]
    frames: npt.NDArray[np.int64]
    boxes: npt.NDArray[np.float64]
    enabled: npt.NDArray[np.bool_]
    auto: npt.NDArray[np.bool_]
    turned: int


def _keys(value: JsonRecord, base: int) -> _Keys:
    """Those of the ``value`` of a result.

    Raises:
        AppError: One is no box.
    """
    records = list(value.records("sequence"))
    columns = _plain_columns([it.fields for it in records], base) or _checked_columns(records, base)
    frames, boxes, enabled, auto, turned = columns
    order = np.argsort(frames, kind="stable")
    return _Keys(order, frames[order], boxes[order] / 100, enabled[order], auto[order], turned)


_Columns = tuple[npt.NDArray[np.int64], npt.NDArray[np.float64], npt.NDArray[np.bool_], npt.NDArray[np.bool_], int]


def _plain_columns(keys: list[dict[str, Any]], base: int) -> _Columns | None:
    """Frames, boxes in percent, ``enabled``, ``auto`` and how many are turned; None where a field is unusual."""
    try:
        frames = [it["frame"] for it in keys]
        sides = [[it[side] for it in keys] for side in _SIDES]
    except KeyError:
        return None
    turns = [it.get("rotation", 0) for it in keys]
    enabled = [it.get("enabled", True) for it in keys]
    auto = [it.get("auto", False) for it in keys]
    is_usual = (
        all(type(it) is int and 0 <= it - base < MAX_FRAMES for it in frames)
        and all(_NUMBERS.issuperset(map(type, it)) and max(map(abs, it), default=0) <= _MOST for it in (*sides, turns))
        and all(type(it) is bool for it in (*enabled, *auto))
    )
    boxes = np.array(sides, dtype=np.float64).T if is_usual else np.zeros((1, 4))
    if not are_boxes(boxes).all():
        return None
    numbers = np.array(frames, dtype=np.int64) - base
    return numbers, boxes, np.array(enabled, dtype=np.bool_), np.array(auto, dtype=np.bool_), sum(map(bool, turns))


def _checked_columns(keys: list[JsonRecord], base: int) -> _Columns:
    """The same, field by field, with a sentence for what is wrong."""
    frames, boxes, enabled, auto = list[int](), list[Sides](), list[bool](), list[bool]()
    turned = 0
    for record in keys:
        frame = record.integer("frame") - base
        if not 0 <= frame < MAX_FRAMES:
            raise record.wrong("frame", f"a frame, counted from {base}")
        x, y, w, h = (record.number(side) for side in _SIDES)
        check_box((x, y, w, h), record.place)
        goes_on = record.fields.get("enabled", True)
        if not isinstance(goes_on, bool):
            raise record.wrong("enabled", "true or false")
        turned += bool(record.number("rotation", 0.0))
        frames.append(frame)
        boxes.append((x, y, w, h))
        enabled.append(goes_on)
        auto.append(record.flag("auto"))
    return (
        np.array(frames, dtype=np.int64),
        np.array(boxes, dtype=np.float64).reshape(-1, 4),
        np.array(enabled, dtype=np.bool_),
        np.array(auto, dtype=np.bool_),
        turned,
    )


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
        head = text_head(path, _HEAD).lstrip()
    except OSError:
        return Likeness.NO
    if not head.startswith(("[", "{")):
        return Likeness.NO
    if '"videorectangle"' in head:
        return Likeness.CERTAIN
    is_list = head.startswith("[")
    if is_list and '"data"' in head and ('"annotations"' in head or '"predictions"' in head):
        return Likeness.CERTAIN
    return Likeness.POSSIBLE if is_list and not head.strip(" \t\r\n[]") else Likeness.NO


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
    return {**value, "value": {**told.fields, "sequence": _keys(told, base)}}


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
    sequence.frame_count = max(sequence.frame_count, int(keys.frames.max(initial=-1)) + 1)
    reading.turned += keys.turned
    boxes = keys.boxes * np.array([sequence.width, sequence.height] * 2)
    notes.add(rows, keys.frames, boxes, lambda row: f"{value.place}, sequence[{keys.places[row]}]", ~keys.auto)
    following = np.append(keys.frames[1:], sequence.frame_count)
    for row in np.flatnonzero(keys.enabled & (following - keys.frames > 1)).tolist():
        rows.line(int(keys.frames[row]), int(following[row]))
    notes.add_outside(rows, sequence.frame_count)
