"""Lines and numbers of a text file from anybody, with the place in words where something is wrong."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from pathlib import Path

from app.errors import AppError
from app.formats.plain_input import plain

MAX_NUMBER = 1e9
"""No pixel, frame or id of a picture lies beyond; what does is a damaged file."""

_LONGEST = 100_000
_SEPARATORS = re.compile(r"[,;\s]+")


def text_lines(path: Path, place: str, longest: int = _LONGEST) -> Iterator[tuple[int, str]]:
    """Number (from 1) and text of each line, without its end; one line is in memory at a time.

    Args:
        path: UTF-8, with or without a mark.
        place: The file's name in sentences.
        longest: Bytes that a line may have.

    Raises:
        AppError: It cannot be read, is no text, or has an endless line.
    """
    try:
        with plain(path).open("rb") as file:
            number = 0
            while data := file.readline(longest + 1):
                number += 1
                if len(data) > longest:
                    raise AppError(
                        "{0}, line {1} is longer than {2} bytes: choose another file.", place, number, longest
                    )
                yield number, data.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise AppError("{0}, line {1} is no UTF-8 text: choose another file.", place, number) from error
    except OSError as error:
        raise AppError("{0} cannot be read ({1}): check the file.", place, error.strerror) from error


def number_rows(path: Path, place: str, *, longest: int = _LONGEST) -> Iterator[tuple[int, list[float]]]:
    """Line number and numbers of each line that has any; separated by commas, semicolons, tabs or spaces.

    NaN passes (some formats mean "not there"), infinity and numbers beyond ``MAX_NUMBER`` don't.

    Raises:
        AppError: A cell is no number, or the file cannot be read.
    """
    for number, line in text_lines(path, place, longest):
        cells = [cell for cell in _SEPARATORS.split(line) if cell]
        if not cells:
            continue
        try:
            values = [float(cell) for cell in cells]
        except ValueError as error:
            raise AppError("{0}, line {1} is {2!r:.60}, not numbers: correct the file.", place, number, line) from error
        if any(abs(value) > MAX_NUMBER for value in values):
            raise AppError("{0}, line {1} is {2!r:.60}: a number is too large; correct the file.", place, number, line)
        yield number, values


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
