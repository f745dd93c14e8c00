"""``gt.txt`` of MOTChallenge as columns: fast where it is right, slow and exact about the line where it is wrong."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from app.errors import AppError
from app.formats.plain_input import plain
from app.formats.text_lines import number_table

COLUMNS = 9
_WHOLE = (0, 1, 7)
_FARTHEST = 1e9
"""Pixels, and everything else that a row may hold."""


@dataclass(frozen=True, slots=True)
class MotRows:
    """The rows of a file that count, as they stand there.

    Attributes:
        lines: Number of the line of each row, from 1, int64 ``(N,)``.
        frames: int64 ``(N,)``.
        tracks: int64 ``(N,)``.
        boxes: float64 ``(N, 4)``: left, top, width, height.
        classes: int64 ``(N,)``.
        visibility: float64 ``(N,)``.
        ignored: Rows that do not count, by their seventh column.
    """

    lines: npt.NDArray[np.int64]
    frames: npt.NDArray[np.int64]
    tracks: npt.NDArray[np.int64]
    boxes: npt.NDArray[np.float64]
    classes: npt.NDArray[np.int64]
    visibility: npt.NDArray[np.float64]
    ignored: int


def read_rows(path: Path, place: str) -> MotRows:
    """Read a file.

    Args:
        path: Of the file.
        place: Its name in sentences.

    Raises:
        AppError: It cannot be read or a row is no row; with the line.
    """
    try:
        values, lines = number_table(path, place, COLUMNS, or_more=True), None
        if values is None or _wrong(values).any():
            values, lines = _read_slowly(path, place)
    except (OSError, UnicodeDecodeError) as error:
        raise AppError("{0} cannot be read ({1}): check the file.", path, error) from error
    if lines is None:
        lines = np.arange(1, len(values) + 1, dtype=np.int64)
    counts = values[:, 6] != 0
    kept = values[counts]
    return MotRows(
        lines[counts],
        kept[:, 0].astype(np.int64),
        kept[:, 1].astype(np.int64),
        kept[:, 2:6].copy(),
        kept[:, 7].astype(np.int64),
        kept[:, 8].copy(),
        int((~counts).sum()),
    )


def _read_slowly(path: Path, place: str) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.int64]]:
    rows, lines = [], []
    with plain(path).open(encoding="utf-8-sig") as file:
        for number, line in enumerate(file, start=1):
            if line.strip():
                rows.append(_numbers(line.strip(), f"{place}, line {number}"))
                lines.append(number)
    return np.array(rows, dtype=np.float64).reshape(-1, COLUMNS), np.array(lines, dtype=np.int64)


def _numbers(line: str, place: str) -> list[float]:
    """The nine columns of a row; further ones are passed over."""
    try:
        values = [float(cell) for cell in line.split(",")[:COLUMNS]]
    except ValueError:
        values = []
    if len(values) < COLUMNS or not all(map(math.isfinite, values)):
        raise AppError("{0} is {1!r:.60}, not {2} numbers: correct the file.", place, line, COLUMNS)
    if not all(values[column].is_integer() for column in _WHOLE):
        raise AppError("{0} is {1!r:.60}: frame, id and class are whole numbers.", place, line)
    if max(map(abs, values)) > _FARTHEST * 10:
        raise AppError("{0} is {1!r:.60}: a number is far too large.", place, line)
    if min(values[4:6]) <= 0:
        raise AppError("{0}: the box has no width or no height.", place)
    return values


def _wrong(values: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
    """Which of some rows ``_numbers`` would refuse."""
    whole = values[:, _WHOLE]
    wrong = ~np.isfinite(values).all(axis=1) | (np.abs(values) > _FARTHEST * 10).any(axis=1)
    wrong |= (whole != np.floor(whole)).any(axis=1) | (values[:, 4:6] <= 0).any(axis=1)
    return np.asarray(wrong, dtype=np.bool_)
