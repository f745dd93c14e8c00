"""Rows out of the pages of a damaged SQLite file, each page read by itself, whatever leads to it or does not.

SQLite comes to a row from the top of its table's tree, so one damaged page high up hides all that lies below. The
pages below say what they are by themselves: https://sqlite.org/fileformat2.html, sections 1.5 (lists of free pages),
1.6 (pages of trees, overflow) and 2.1 (records). Only this program's own kind of file is understood: UTF-8, no bytes
reserved. SQLite's own ``sqlite_dbdata``, which does the same, is in none of the libraries that come with Python. No Qt.
"""

from __future__ import annotations

import contextlib
import mmap
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.document.damaged_rows import Row

_INTERIOR_INDEX, _INTERIOR_TABLE, _LEAF_INDEX, _LEAF_TABLE = 2, 5, 10, 13
_KINDS = frozenset({_INTERIOR_INDEX, _INTERIOR_TABLE, _LEAF_INDEX, _LEAF_TABLE})
_LONGEST_PAYLOAD = 1 << 26
_INTEGER_BYTES = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}


class _BrokenError(Exception):
    """What is written there cannot be so."""


@dataclass(frozen=True, slots=True)
class _Node:
    """A page of a tree.

    Attributes:
        start: Of the page in the file.
        has_ids: The tree is that of a table with row ids.
        cells: Where each cell begins, from the start of the page and behind the number of the page below it.
        children: Pages below, one more than cells; none below a leaf.
    """

    start: int
    has_ids: bool
    cells: tuple[int, ...]
    children: tuple[int, ...]


class StrayPages:
    """The pages of one file, which must not change meanwhile; to be closed.

    Args:
        file: The database, its log folded in.
        page_size: Bytes.
        has_header: Whether the first page is the file's own: it leads to the free pages, on which there may be rows
            that were deleted.
    """

    def __init__(self, file: Path, page_size: int, *, has_header: bool) -> None:
        self._size = page_size
        with file.open("rb") as opened:
            self._content = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
        self._count = len(self._content) // page_size
        self._passed = {1, *(self._free() if has_header else ())}
        stray = {}
        self.unreadable = 0
        """Pages that say they are of a tree and cannot be, or that are of no kind at all."""
        for number in range(2, self._count + 1):
            if number not in self._passed:
                node = self._node(number)
                if node is not None:
                    stray[number] = node.children
                else:
                    self.unreadable += self._content[(number - 1) * page_size] != 0
        below = {child for children in stray.values() for child in children}
        self.tops = [number for number in stray if number not in below]
        """Pages that no other leads to, each the top of a part of some table."""

    def __enter__(self) -> StrayPages:
        """For ``with``."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of the file."""
        self._content.close()

    def has_ids(self, top: int) -> bool:
        """Whether the rows below a page have ids: then the first column is that."""
        node = self._node(top)
        return node is not None and node.has_ids

    def rows(self, top: int) -> Iterator[Row | None]:
        """The rows of a page and all below it, in order; None where something between two cannot be read."""
        for node, number in self._below(top):
            yield None if node is None else self._row(node, number)

    def _below(self, top: int) -> Iterator[tuple[_Node | None, int]]:
        """Cells that hold rows, in order, of all pages from ``top`` down that were not passed before."""
        waiting: list[tuple[_Node | None, int]] = [(None, top)]
        while waiting:
            node, number = waiting.pop()
            if node is not None:
                yield node, number
                continue
            page = None if number in self._passed else self._node(number)
            if page is None:
                yield None, number
                continue
            self._passed.add(number)
            if not page.children:
                waiting += [(page, cell) for cell in reversed(page.cells)]
                continue
            waiting.append((None, page.children[-1]))
            for cell, child in zip(reversed(page.cells), reversed(page.children[:-1]), strict=True):
                if not page.has_ids:
                    waiting.append((page, cell))
                waiting.append((None, child))

    def _node(self, number: int) -> _Node | None:
        """A page of a tree, or None where there is none such."""
        start = (number - 1) * self._size
        if not 1 < number <= self._count or self._content[start] not in _KINDS:
            return None
        kind, _free, count, _content = struct.unpack_from(">BHHH", self._content, start)
        is_leaf = kind in {_LEAF_INDEX, _LEAF_TABLE}
        head = 8 if is_leaf else 12
        if head + 2 * count > self._size or not (count or is_leaf):
            return None
        cells = struct.unpack_from(f">{count}H", self._content, start + head)
        if any(not head + 2 * count <= cell <= self._size - 4 for cell in cells):
            return None
        has_ids = kind in {_INTERIOR_TABLE, _LEAF_TABLE}
        if is_leaf:
            return _Node(start, has_ids, cells, ())
        below = [self._number(start + place) for place in (*cells, 8)]
        return _Node(start, has_ids, tuple(cell + 4 for cell in cells), tuple(below))

    def _row(self, node: _Node, cell: int) -> Row | None:
        with contextlib.suppress(_BrokenError, struct.error, IndexError, UnicodeDecodeError):
            place = node.start + cell
            length, place = _varint(self._content, place)
            row_id = 0
            if node.has_ids:
                row_id, place = _varint(self._content, place)
            values = _record(self._payload(place, length, node))
            return (row_id, *values[1:]) if node.has_ids and values[0] is None else values
        return None

    def _payload(self, place: int, length: int, node: _Node) -> bytes:
        """The content of a cell, which may go on on other pages."""
        if not 2 <= length <= min(_LONGEST_PAYLOAD, len(self._content)):
            raise _BrokenError
        usable = self._size
        most = usable - 35 if node.has_ids else (usable - 12) * 64 // 255 - 23
        here = length
        if length > most:
            least = (usable - 12) * 32 // 255 - 23
            here = least + (length - least) % (usable - 4)
            here = here if here <= most else least
        if place + here > node.start + self._size:
            raise _BrokenError
        found = bytearray(self._content[place : place + here])
        following = self._number(place + here) if length > here else 0
        while len(found) < length:
            if not 1 < following <= self._count:
                raise _BrokenError
            start = (following - 1) * self._size
            found += self._content[start + 4 : start + 4 + min(usable - 4, length - len(found))]
            following = self._number(start)
        return bytes(found)

    def _free(self) -> Iterator[int]:
        """Pages that hold nothing, as the header says."""
        trunk, seen = self._number(32), set[int]()
        while 1 < trunk <= self._count and trunk not in seen:
            seen.add(trunk)
            yield trunk
            start = (trunk - 1) * self._size
            count = min(self._number(start + 4), self._size // 4 - 2)
            yield from struct.unpack_from(f">{count}I", self._content, start + 8)
            trunk = self._number(start)

    def _number(self, place: int) -> int:
        return int.from_bytes(self._content[place : place + 4])


def _varint(content: bytes | mmap.mmap, place: int) -> tuple[int, int]:
    """A number of one to nine bytes, and where it ends."""
    value = 0
    for used in range(8):
        byte = content[place + used]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, place + used + 1
    value = value << 8 | content[place + 8]
    return value - (value >> 63 << 64), place + 9


def _record(payload: bytes) -> Row:
    """The values of a row."""
    end, place = _varint(payload, 0)
    kinds, values = [], list[Any]()
    while place < end:
        kind, place = _varint(payload, place)
        kinds.append(kind)
    if place != end or not kinds:
        raise _BrokenError
    for kind in kinds:
        value, size = _value(payload, place, kind)
        values.append(value)
        place += size
    if place != len(payload):
        raise _BrokenError
    return tuple(values)


def _value(payload: bytes, place: int, kind: int) -> tuple[Any, int]:
    """A value by its kind, and its bytes."""
    if kind in {0, 8, 9}:
        return {0: None, 8: 0, 9: 1}[kind], 0
    if kind in _INTEGER_BYTES:
        size = _INTEGER_BYTES[kind]
        return int.from_bytes(payload[place : place + size], signed=True), size
    if kind == 7:
        return struct.unpack_from(">d", payload, place)[0], 8
    if kind < 12:
        raise _BrokenError
    size = (kind - 12) // 2
    content = payload[place : place + size]
    return (content.decode() if kind % 2 else content), size
