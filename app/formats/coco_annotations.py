"""The annotations of a COCO file as columns: a million of them fit in memory, their dicts would not."""

from __future__ import annotations

import math
from array import array
from typing import Any

import numpy as np
import numpy.typing as npt

from app.formats.coco_attributes import OWN_KEYS, AttributeColumns
from app.formats.coco_outlines import outline_box
from app.formats.json_record import JsonRecord
from tracker.geometry import FARTHEST
from tracker.result import TrackStatus

_NUMBERS = frozenset({int, float})
_STATUSES = {it.name.lower(): int(it) for it in TrackStatus}
_NO_ATTRIBUTES: dict[str, Any] = {}
_FARTHEST = FARTHEST - 1
"""A pixel less than a box may have, which a top-left pixel of (1, 1) takes."""


class Annotations:
    """Columns, one row an annotation in the order of the file; ids are the file's own.

    Attributes:
        attributes: What the annotations say beside that.
        outlines: Annotations without a box, whose outline gave one.
        groups: Annotations that stand for several objects.
    """

    def __init__(self) -> None:
        self._images = array("q")
        self._categories = array("q")
        self._tracks = array("q")
        self._has_track = array("b")
        self._boxes = array("d")
        self._scores = array("f")
        self._statuses = array("B")
        self._keyframes = array("b")
        self._occluded = array("b")
        self._visibility = array("d")
        self.attributes = AttributeColumns()
        self.outlines = 0
        self.groups = 0

    def __len__(self) -> int:
        return len(self._images)

    def append(self, fields: dict[str, Any], place: str) -> None:
        """Take in one annotation.

        Raises:
            AppError: It is not of this format; the sentence names the field.
        """
        record = JsonRecord(fields, place)
        image, category, box = fields.get("image_id"), fields.get("category_id"), fields.get("bbox")
        if type(image) is not int or type(category) is not int or max(abs(image), abs(category)) >= 2**63:
            image, category = record.integer("image_id"), record.integer("category_id")
        attributes = fields.get("attributes")
        if not isinstance(attributes, dict):
            attributes = _NO_ATTRIBUTES
        track = _track_number(fields, attributes, place)
        if box is None and "segmentation" in record:
            box = outline_box(record)
            self.outlines += 1
        x, y, w, h = _box(box, record)
        self.groups += fields.get("iscrowd") == 1
        self._append_attributes(attributes, fields, place)
        if not OWN_KEYS.issuperset(attributes):
            self.attributes.append(len(self), attributes, place)
        self._images.append(image)
        self._categories.append(category)
        self._tracks.append(track or 0)
        self._has_track.append(track is not None)
        self._boxes.extend((x, y, w, h))

    def _append_attributes(self, attributes: dict[str, Any], fields: dict[str, Any], place: str) -> None:
        told = attributes if "score" in attributes else fields
        self._scores.append(_share(told, "score", place))
        self._visibility.append(_share(attributes, "visibility", place))
        self._statuses.append(_STATUSES.get(str(attributes.get("status")), int(TrackStatus.FOUND)))
        self._keyframes.append(attributes.get("keyframe") == 1)
        self._occluded.append(attributes.get("occluded") == 1)

    @property
    def images(self) -> npt.NDArray[np.int64]:
        """``image_id``, int64 ``(N,)``."""
        return np.array(self._images, dtype=np.int64)

    @property
    def categories(self) -> npt.NDArray[np.int64]:
        """``category_id``, int64 ``(N,)``."""
        return np.array(self._categories, dtype=np.int64)

    @property
    def tracks(self) -> npt.NDArray[np.int64]:
        """``track_id`` or ``instance_id``, int64 ``(N,)``; 0 where there is none, see ``has_track``."""
        return np.array(self._tracks, dtype=np.int64)

    @property
    def has_track(self) -> npt.NDArray[np.bool_]:
        """Whether a Track is named, bool ``(N,)``."""
        return np.array(self._has_track, dtype=np.bool_)

    @property
    def boxes(self) -> npt.NDArray[np.float64]:
        """``bbox``, float64 ``(N, 4)``, as in the file."""
        return np.array(self._boxes, dtype=np.float64).reshape(-1, 4)

    @property
    def scores(self) -> npt.NDArray[np.float32]:
        """Score, float32 ``(N,)``, 1 where there is none."""
        return np.array(self._scores, dtype=np.float32)

    @property
    def statuses(self) -> npt.NDArray[np.uint8]:
        """TrackStatus numbers, uint8 ``(N,)``."""
        return np.array(self._statuses, dtype=np.uint8)

    @property
    def keyframes(self) -> npt.NDArray[np.bool_]:
        """Whether a person set the box, bool ``(N,)``."""
        return np.array(self._keyframes, dtype=np.bool_)

    @property
    def occluded(self) -> npt.NDArray[np.bool_]:
        """Bool ``(N,)``."""
        return np.array(self._occluded, dtype=np.bool_)

    @property
    def visibility(self) -> npt.NDArray[np.float64]:
        """0 to 1, float64 ``(N,)``."""
        return np.array(self._visibility, dtype=np.float64)


def _track_number(fields: dict[str, Any], attributes: dict[str, Any], place: str) -> int | None:
    for holder, key in ((fields, "track_id"), (fields, "instance_id"), (attributes, "track_id")):
        value = holder.get(key)
        if value is not None:
            return JsonRecord(holder, place).integer(key) if type(value) is not int or abs(value) >= 2**63 else value
    return None


def _box(value: object, record: JsonRecord) -> list[float]:
    """Four finite numbers with two sides above 0."""
    if not isinstance(value, list) or len(value) != 4 or not _NUMBERS.issuperset(map(type, value)):
        value = record.numbers("bbox", 4)
    x, y, w, h = value
    # written so that NaN fails each of them
    if not (0 < w < _FARTHEST and 0 < h < _FARTHEST and -_FARTHEST < x < _FARTHEST and -_FARTHEST < y < _FARTHEST):
        record.numbers("bbox", 4)  # says what is no number
        raise record.wrong("bbox", "a box with a width and a height")
    return value


def _share(fields: dict[str, Any], key: str, place: str) -> float:
    """A number that is usually 0 to 1; 1 where there is none."""
    value = fields.get(key)
    if value is None:
        return 1.0
    if type(value) not in _NUMBERS or not math.isfinite(value) or abs(value) > _FARTHEST:
        raise JsonRecord(fields, place).wrong(key, "a number")
    return float(value)
