"""The box round an outline of COCO, for annotations that have no ``bbox``: polygons, and masks as run lengths.

A mask is read down its columns, one run of 0 and one of 1 after the other: a list of their lengths, or the same as a
text with 6 bits a character from ``0`` on, of which the sixth says that the number goes on and the fifth of the last
one is its sign; from the fourth number on each is the difference to the one before the last.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from app.formats.json_record import JsonRecord

_MOST_PIXELS = 2**31


def outline_box(record: JsonRecord) -> list[float]:
    """x, y, w, h of the box round ``segmentation``.

    Raises:
        AppError: It is no outline, or one of nothing.
    """
    outline = record.fields.get("segmentation")
    if isinstance(outline, dict):
        return _mask_box(record, JsonRecord(outline, f"{record.place}.segmentation"))
    corners: list[float] = []
    for number, polygon in enumerate(outline if isinstance(outline, list) else ()):
        count = len(polygon) if isinstance(polygon, list) else 0
        if count < 4 or count % 2:
            raise record.wrong("segmentation", "a list of polygons")
        part = JsonRecord({"polygon": polygon}, f"{record.place}.segmentation[{number}]")
        corners += part.numbers("polygon", count)
    if not corners:
        raise record.wrong("segmentation", "an outline")
    left, top = min(corners[::2]), min(corners[1::2])
    return [left, top, max(corners[::2]) - left, max(corners[1::2]) - top]


def _mask_box(record: JsonRecord, mask: JsonRecord) -> list[float]:
    size = mask.integers("size")
    if len(size) != 2 or not 1 <= min(size) <= max(size) <= _MOST_PIXELS or size[0] * size[1] > _MOST_PIXELS:
        raise mask.wrong("size", "a height and a width")
    height = size[0]
    told = mask.fields.get("counts")
    runs = np.array(_unpacked(told) if isinstance(told, str) else mask.integers("counts"), dtype=np.int64)
    # one by one before their sum, which might be too large to be a number
    if not len(runs) or (runs < 0).any() or (runs > _MOST_PIXELS).any() or runs.sum() != size[0] * size[1]:
        raise mask.wrong("counts", "lengths of runs that fill the picture")
    ends = np.cumsum(runs)
    starts, ends = (ends - runs)[1::2], ends[1::2] - 1
    kept = starts <= ends
    starts, ends = starts[kept], ends[kept]
    if not len(starts):
        raise record.wrong("segmentation", "an outline")
    columns: npt.NDArray[np.int64] = np.concatenate([starts, ends]) // height
    left, right = int(columns.min()), int(columns.max())
    if (starts // height != ends // height).any():
        # a run that goes over the end of a column touches the lowest row, and the highest of the next column
        return [left, 0.0, right + 1 - left, float(height)]
    top, bottom = int((starts % height).min()), int((ends % height).max())
    return [left, top, right + 1 - left, bottom + 1 - top]


def _unpacked(text: str) -> list[int]:
    """The run lengths of a text; -1 where it is none."""
    counts: list[int] = []
    value, shift = 0, 0
    for character in text:
        bits = ord(character) - 48
        if not 0 <= bits < 64 or shift > 30:
            return [-1]
        value |= (bits & 31) << shift
        shift += 5
        if bits & 32:
            continue
        if bits & 16:
            value -= 1 << shift
        counts.append(value + counts[-2] if len(counts) > 2 else value)
        if abs(counts[-1]) > _MOST_PIXELS:
            return [-1]
        value, shift = 0, 0
    return counts if not shift else [-1]
