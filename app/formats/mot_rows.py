"""``gt.txt`` of MOTChallenge as columns: fast where it is right, slow and exact about the line where it is wrong."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from app.errors import AppError
from app.formats.text_lines import number_table, text_lines
from tracker.geometry import FARTHEST

COLUMNS = 9
_WITH_WORLD = 10
"""Columns of MOT15, of results and of detections: x, y, z in the world in place of class and visibility."""

_WHOLE = (0, 1, 7)
_FARTHEST = FARTHEST - 1
"""Everything that a row may hold; a pixel less, which a top-left pixel of (1, 1) takes."""


@dataclass(frozen=True, slots=True)
class MotRows:
    """The rows of a file that count, as they stand there.

    Attributes:
        lines: Number of the line of each row, from 1, int64 ``(N,)``.
        frames: int64 ``(N,)``.
        tracks: int64 ``(N,)``.
        boxes: float64 ``(N, 4)``: left, top, width, height.
        scores: float64 ``(N,)``; 1 unless the rows are detections or results.
        classes: int64 ``(N,)``; 1 where the rows have none.
        visibility: float64 ``(N,)``; 1 where the rows have none.
        ignored: Rows that do not count, by their seventh column.
        has_classes: Whether the rows have a class and a visible share.
    """

    lines: npt.NDArray[np.int64]
    frames: npt.NDArray[np.int64]
    tracks: npt.NDArray[np.int64]
    boxes: npt.NDArray[np.float64]
    scores: npt.NDArray[np.float64]
    classes: npt.NDArray[np.int64]
    visibility: npt.NDArray[np.float64]
    ignored: int
    has_classes: bool


def read_rows(path: Path, place: str) -> MotRows:
    """Read a file.

    Args:
        path: Of the file.
        place: Its name in sentences.

    Raises:
        AppError: It cannot be read or a row is no row; with the line.
    """
    columns = _columns(path, place)
    values, lines = number_table(path, place, columns, or_more=True), None
    if values is None or not np.isfinite(values).all():
        values, lines = _read_slowly(path, place, columns)
    if lines is None:
        lines = np.arange(1, len(values) + 1, dtype=np.int64)
    has_classes = columns == COLUMNS or not _is_world(values[:, 7])
    scores = np.ones(len(values))
    if not has_classes:
        if ((values[:, 6] >= 0) & (values[:, 6] <= 1)).all():
            scores = values[:, 6].copy()
        values[:, 7:9] = 1
    _check(values, lines, path, place)
    counts = values[:, 6] != 0
    kept = values[counts]
    return MotRows(
        lines[counts],
        kept[:, 0].astype(np.int64),
        kept[:, 1].astype(np.int64),
        kept[:, 2:6].copy(),
        scores[counts],
        kept[:, 7].astype(np.int64),
        kept[:, 8].copy(),
        int((~counts).sum()),
        has_classes,
    )


def _columns(path: Path, place: str) -> int:
    """How many columns are read, by the first line."""
    _, first = next(text_lines(path, place), (0, ""))
    cells = first.split(",")
    return _WITH_WORLD if len(cells) == _WITH_WORLD and cells[-1].strip() else COLUMNS


def _is_world(column: npt.NDArray[np.float64]) -> bool:
    """Whether the eighth column cannot be classes: -1 for "unknown", or parts of a metre."""
    return bool(((column < 0) | (column != np.floor(column))).any())


def _read_slowly(path: Path, place: str, columns: int) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.int64]]:
    rows, lines = [], []
    for number, line in text_lines(path, place):
        if line.strip():
            rows.append(_numbers(line.strip(), f"{place}, line {number}", columns))
            lines.append(number)
    return np.array(rows, dtype=np.float64).reshape(-1, columns), np.array(lines, dtype=np.int64)


def _numbers(line: str, place: str, columns: int) -> list[float]:
    """The columns of a row; further ones are passed over."""
    try:
        values = [float(cell) for cell in line.split(",")[:columns]]
    except ValueError:
        values = []
    if len(values) < columns or not all(map(math.isfinite, values)):
        raise AppError("{0} is {1!r:.60}, not {2} numbers: correct the file.", place, line, columns)
    return values


def _check(values: npt.NDArray[np.float64], lines: npt.NDArray[np.int64], path: Path, place: str) -> None:
    """Refuse the first row that is impossible."""
    whole = values[:, _WHOLE]
    broken = np.asarray((whole != np.floor(whole)).any(axis=1))
    far = np.asarray((np.abs(values) > _FARTHEST).any(axis=1))
    flat = np.asarray((values[:, 4:6] <= 0).any(axis=1))
    wrong = np.flatnonzero(broken | far | flat)
    if not len(wrong):
        return
    row = int(wrong[0])
    number = int(lines[row])
    text = next(text for at, text in text_lines(path, place) if at == number).strip()
    at = f"{place}, line {number}"
    if broken[row]:
        raise AppError("{0} is {1!r:.60}: frame, id and class are whole numbers.", at, text)
    if far[row]:
        raise AppError("{0} is {1!r:.60}: a number is far too large.", at, text)
    raise AppError("{0}: the box has no width or no height.", at)
