"""Lines and numbers of a text file from anybody, with the place in words where something is wrong."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import numpy as np
import numpy.typing as npt

from app.errors import AppError
from app.formats.plain_input import encoding_of, plain

MAX_NUMBER = 1e9
"""No pixel, frame or id of a picture lies beyond; what does is a damaged file."""

_LONGEST = 100_000


def text_lines(path: Path, place: str, longest: int = _LONGEST) -> Iterator[tuple[int, str]]:
    """Number (from 1) and text of each line, without its end; one line is in memory at a time.

    Args:
        path: UTF-8, with or without a mark; UTF-16 with one.
        place: The file's name in sentences.
        longest: Bytes that a line may have.

    Raises:
        AppError: It cannot be read, is no text, or has an endless line.
    """
    number = 0
    try:
        for data in _lines(path, longest + 1):
            number += 1
            if len(data) > longest:
                raise AppError("{0}, line {1} is longer than {2} bytes: choose another file.", place, number, longest)
            text = data if isinstance(data, str) else data.decode("utf-8-sig" if number == 1 else "utf-8")
            yield number, text.rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise AppError("{0}, line {1} is no UTF-8 text: save it as UTF-8.", place, number) from error
    except OSError as error:
        raise AppError("{0} cannot be read ({1}): check the file.", place, error.strerror) from error


def _lines(path: Path, longest: int) -> Iterator[bytes | str]:
    """As bytes of UTF-8, so that a line that is none is known by its number; of UTF-16 as text."""
    if encoding_of(path) == "utf-16":
        with plain(path).open(encoding="utf-16", newline="\n") as file:
            yield from iter(partial(file.readline, longest), "")
    else:
        with plain(path).open("rb") as binary:
            yield from iter(partial(binary.readline, longest), b"")


def number_rows(path: Path, place: str, *, longest: int = _LONGEST) -> Iterator[tuple[int, list[float]]]:
    """Line number and numbers of each line that has any; separated by commas, semicolons, tabs or spaces.

    NaN passes (some formats mean "not there"), infinity and numbers beyond ``MAX_NUMBER`` don't.

    Raises:
        AppError: A cell is no number, or the file cannot be read.
    """
    for number, line in text_lines(path, place, longest):
        cells = line.replace(",", " ").replace(";", " ").split()
        if not cells:
            continue
        try:
            values = [float(cell) for cell in cells]
        except ValueError as error:
            raise AppError("{0}, line {1} is {2!r:.60}, not numbers: correct the file.", place, number, line) from error
        for value in values:
            if abs(value) > MAX_NUMBER:
                raise AppError(
                    "{0}, line {1} is {2!r:.60}: a number is too large; correct the file.", place, number, line
                )
        yield number, values


def number_table(path: Path, place: str, columns: int, *, or_more: bool = False) -> npt.NDArray[np.float64] | None:
    """The numbers of every line at once, float64 ``(N, columns)``; row n is line n + 1.

    Ten times as fast as ``number_rows`` where every line is as it should be, and no help where one is not.

    Args:
        path: As for ``text_lines``; the separator of the first line is that of all.
        place: The file's name in sentences.
        columns: Numbers of each line.
        or_more: Whether a line may have more, which are passed over.

    Returns:
        None where something is unusual, be it an empty line: then read line by line.

    Raises:
        AppError: It cannot be read, is no text, or has an endless line.
    """
    lines = text_lines(path, place)
    _, first = next(lines, (0, ""))
    count = 1 + sum(1 for _ in lines)
    if not first.strip():
        return None
    delimiter = next((it for it in (",", ";", "\t") if it in first), None)
    try:
        values = np.loadtxt(
            path,
            delimiter=delimiter,
            comments=None,
            usecols=range(columns) if or_more else None,
            ndmin=2,
            encoding=encoding_of(path),
        )
    except (ValueError, IndexError):
        return None
    return values if values.shape == (count, columns) else None


def small_table(path: Path, columns: int) -> npt.NDArray[np.float64] | None:
    """``number_table`` for small files with spaces between the numbers, of which there are many.

    Returns:
        None for a large file, or where any line is unusual: then read line by line.
    """
    try:
        with plain(path).open("rb") as file:
            data = file.read(_LONGEST + 1)
        lines = [line.split() for line in data.splitlines()]
        if len(data) > _LONGEST or any(len(cells) != columns for cells in lines):
            return None
        values = np.array([*map(float, itertools.chain.from_iterable(lines))]).reshape(-1, columns)
    except (OSError, ValueError):
        return None
    return values if (np.abs(values) <= MAX_NUMBER).all() else None


def whole(value: float, place: str, what: str, first: int, last: int) -> int:
    """``value`` as a whole number from ``first`` to ``last``.

    Raises:
        AppError: It is none.
    """
    if not math.isfinite(value) or not float(value).is_integer() or not first <= value <= last:
        raise AppError(
            "{0}: {1} is {2:g}, not a whole number from {3} to {4}: correct the file.", place, what, value, first, last
        )
    return int(value)
