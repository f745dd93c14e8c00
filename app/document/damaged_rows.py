"""Rows out of a table of which some pages are damaged: everything before, between and after them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

Row = tuple[Any, ...]

_NEAR = 64
"""A page holds about as many rows as this at least: smaller steps find the next good page, larger ones may pass it."""

_PATIENCE = 300
"""Steps after which they grow without bounds: it is more than a page that cannot be read."""


@dataclass(slots=True)
class Found:
    """What a part of a table still gives.

    Attributes:
        rows: In order of their keys.
        gaps: First and last key of each span in which something could not be read; whether there was anything nobody
            knows.
    """

    rows: list[Row] = field(default_factory=list)
    gaps: list[tuple[int, int]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Part:
    """Rows of a table that have one whole-number key to go by.

    Attributes:
        table: Its name, one of ours.
        key: Column that orders the rows.
        within: A condition on the rows, of ours, with its parameter; all rows where empty.
    """

    table: str
    key: str
    within: tuple[str, int] | None = None

    def select(self, low: int, high: int, *, descending: bool = False) -> tuple[str, Row]:
        """The query for the rows with keys ``low .. high``, and its parameters; the key comes first in each row."""
        condition = f"{self.within[0]} = ? AND " if self.within else ""
        given = (self.within[1],) if self.within else ()
        order = "DESC" if descending else "ASC"
        # names of our own; an index of the table may be the damaged part
        sql = (
            f"SELECT {self.key}, * FROM {self.table} NOT INDEXED "  # noqa: S608
            f"WHERE {condition}{self.key} BETWEEN ? AND ? ORDER BY {self.key} {order}"
        )
        return sql, (*given, low, high)


def read_part(connection: sqlite3.Connection, part: Part, low: int, high: int) -> Found:
    """All rows with keys ``low .. high`` that can be read.

    Where reading ends with an error it goes on behind the damaged page, and from there back towards it.
    """
    found = Found()
    start, position, step, failures = low, low, 1, 0
    while position <= high:
        rows, whole = _until_error(connection, *part.select(position, high))
        if position > start and (rows or whole):
            # behind a damaged page: what lies between it and here
            first = rows[0][0] if rows else high + 1
            back, all_back = _until_error(connection, *part.select(start, first - 1, descending=True))
            end = (back[-1][0] if back else first) - 1
            if not all_back and end >= start:
                found.gaps.append((start, end))
            found.rows += reversed([row[1:] for row in back])
            step, failures = 1, 0
        found.rows += [row[1:] for row in rows]
        if whole:
            return found
        if rows:
            start = rows[-1][0] + 1
        failures += 1
        position = max(position, start) + step
        step = step * 2 if failures > _PATIENCE else min(step * 2, _NEAR)
    if start <= high:
        back, all_back = _until_error(connection, *part.select(start, high, descending=True))
        end = (back[-1][0] - 1) if back else high
        if not all_back and end >= start:
            found.gaps.append((start, end))
        found.rows += reversed([row[1:] for row in back])
    return found


def distinct_keys(connection: sqlite3.Connection, table: str, key: str, known: set[int], high: int) -> set[int]:
    """Values of the first key column of a table with several, as far as they can be found, and those that are known."""
    found, position = set(known), 0
    ahead = sorted(known)
    while position < high:
        sql = f"SELECT {key} FROM {table} WHERE {key} > ? ORDER BY {key} LIMIT 1"  # noqa: S608 - names of our own
        rows, whole = _until_error(connection, sql, (position,))
        if rows and rows[0][0] > position:
            position = rows[0][0]
            found.add(position)
        elif whole and not rows:
            return found
        else:
            position = next((it for it in ahead if it > position), high)
    return found


def _until_error(connection: sqlite3.Connection, sql: str, parameters: Row) -> tuple[list[Row], bool]:
    """The rows before the first that cannot be read, and whether there was none such."""
    rows: list[Row] = []
    try:
        rows.extend(_sound(connection.execute(sql, parameters)))
    except (sqlite3.DatabaseError, UnicodeDecodeError, OverflowError):
        return rows, False
    return rows, True


def _sound(found: Iterable[Row]) -> Iterator[Row]:
    """Rows whose keys are whole numbers that only rise or only fall.

    Others cannot be gone on from; and pages that are led to again and again give the same rows without end.
    """
    last: int | None = None
    way = 0
    for row in found:
        key = row[0]
        if not isinstance(key, int):
            raise sqlite3.DatabaseError("a key that is none")
        if last is not None:
            way = way or (1 if key > last else -1)
            if (key - last) * way <= 0:
                raise sqlite3.DatabaseError("keys that are in no order")
        last = key
        yield row
