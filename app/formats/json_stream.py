"""Large JSON files item by item: memory for one item, whatever the size of the file."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from app.errors import AppError
from app.formats.plain_input import encoding_of, plain
from app.formats.progress import Progress

_BLOCK = 1 << 20
_LARGEST = 1 << 26
"""Characters of one item; more is no file of ours."""

_SPACE = " \t\n\r"

Item = tuple[str, int | None, object]
"""Name of a field, number of an item in its list or None, value."""


def stream_json(path: Path, progress: Progress) -> Iterator[Item]:
    """The fields of the object in a JSON file; a field that is a list comes as its items, one by one.

    A list begins with the item ``(name, None, [])``, so that an empty one is seen as well. Of a file that is a list,
    the items come with the name ``""``.

    Raises:
        AppError: No file or no JSON, with the line; or neither an object nor a list.
        CancelledError: The person gave up.
    """
    with _said_in_words(path), plain(path).open(encoding=encoding_of(path)) as file:
        yield from _Stream(file, path, progress).items()


Place = tuple[int | str, ...]
"""Names of fields and numbers of items from the outermost value to one inside it."""


def walk_json(path: Path, progress: Progress, opens: Callable[[Place], bool]) -> Iterator[tuple[Place, object]]:
    """The values of a JSON file with their places, of lists and objects that ``opens`` names what is in them.

    An opened list or object that is empty comes as itself.

    Raises:
        AppError: No file or no JSON, with the line; or neither an object nor a list.
        CancelledError: The person gave up.
    """
    with _said_in_words(path), plain(path).open(encoding=encoding_of(path)) as file:
        yield from _Stream(file, path, progress).walk(opens)


@contextmanager
def _said_in_words(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise AppError("{0} cannot be read ({1}): check the name.", path, error.strerror) from error
    except UnicodeDecodeError as error:
        raise AppError("{0} is no JSON ({1}): choose another file.", path, error) from error


class _Stream:
    """A window on the text that moves on item by item."""

    def __init__(self, file: TextIO, path: Path, progress: Progress) -> None:
        self._file = file
        self._path = path
        self._progress = progress
        self._size = os.fstat(file.fileno()).st_size
        self._text = ""
        self._at = 0
        self._lines_before = 0
        self._is_whole = False
        self._scan = json.JSONDecoder().raw_decode

    def items(self) -> Iterator[Item]:
        yield from self._list("") if self._first() == "[" else self._fields()
        self._check_end()

    def walk(self, opens: Callable[[Place], bool]) -> Iterator[tuple[Place, object]]:
        self._first()
        yield from self._walk((), opens)
        self._check_end()

    def _first(self) -> str:
        first = self._peek()
        if not first:
            raise self._wrong("it is empty")
        if first not in {"[", "{"}:
            self._value()  # binary junk is no JSON; a number would be
            raise AppError("{0} holds no JSON object: choose another file.", self._path)
        return first

    def _check_end(self) -> None:
        if self._peek():
            raise self._wrong("more text behind the end")

    def _walk(self, place: Place, opens: Callable[[Place], bool]) -> Iterator[tuple[Place, object]]:
        first = self._peek()
        if first not in {"[", "{"} or not opens(place):
            yield place, self._value()
            return
        self._at += 1
        end, number = ("]" if first == "[" else "}"), 0
        if self._peek() == end:
            self._at += 1
            yield place, [] if first == "[" else {}
            return
        while True:
            yield from self._walk((*place, number if first == "[" else self._name()), opens)
            number += 1
            if self._more(end):
                return

    def _name(self) -> str:
        """Of a field, with the colon behind it."""
        name = self._value() if self._peek() == '"' else None
        if not isinstance(name, str) or self._peek() != ":":
            raise self._wrong("the name of a field is missing")
        self._at += 1
        return name

    def _fields(self) -> Iterator[Item]:
        self._at += 1
        if self._peek() == "}":
            self._at += 1
            return
        while True:
            name = self._name()
            if self._peek() == "[":
                yield from self._list(name)
            else:
                yield name, None, self._value()
            if self._more("}"):
                return

    def _list(self, name: str) -> Iterator[Item]:
        yield name, None, []
        self._at += 1
        if self._peek() == "]":
            self._at += 1
            return
        number = 0
        while True:
            yield name, number, self._value()
            number += 1
            if self._more("]"):
                return

    def _more(self, end: str) -> bool:
        """Step over the comma, or over the end; whether it was the end."""
        found = self._peek()
        if found not in {",", end} or not found:
            raise self._wrong("a comma or an end is missing")
        self._at += 1
        return found == end

    def _peek(self) -> str:
        """The next character that is no space, which stays; empty at the end of the file."""
        while True:
            while self._at < len(self._text):
                character = self._text[self._at]
                if character not in _SPACE:
                    return character
                self._at += 1
            if not self._read():
                return ""

    def _value(self) -> object:
        while True:
            self._peek()
            try:
                value, end = self._scan(self._text, self._at)
            except json.JSONDecodeError as error:
                # perhaps only the window is too small
                if not self._read():
                    raise self._wrong(error.msg, error) from error
                continue
            except (ValueError, RecursionError) as error:
                raise self._wrong(str(error)) from error
            # a number may go on in the next block
            if end == len(self._text) and self._read():
                continue
            self._at = end
            return value

    def _read(self) -> bool:
        """Take the next block in and let go of what is done; False at the end of the file."""
        if self._is_whole:
            return False
        kept = len(self._text) - self._at
        if kept > _LARGEST:
            raise self._wrong("an item without end")
        self._progress.at(min(self._file.buffer.tell(), self._size), self._size)
        # twice as much each time, or a long item would be scanned again for every block
        block = self._file.read(max(_BLOCK, kept))
        self._is_whole = not block
        self._lines_before += self._text.count("\n", 0, self._at)
        self._text, self._at = self._text[self._at :] + block, 0
        return bool(block)

    def _wrong(self, why: str, error: json.JSONDecodeError | None = None) -> AppError:
        at = self._at if error is None else error.pos
        line = self._lines_before + self._text.count("\n", 0, at) + 1
        return AppError("{0}, line {1} is no JSON ({2}): correct the file.", self._path, line, why)
