"""To which table a row belongs that was found without one: by the number and kinds of its values. No Qt."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Sequence
from functools import cache

from app.document import schema
from app.document.damaged_rows import Row

Shape = tuple[tuple[str, bool], ...]
"""Of each column: its type, and whether it must have a value."""

_KINDS: dict[str, type | tuple[type, ...]] = {"INTEGER": int, "REAL": (int, float), "TEXT": str, "ANY": object}

_ALIKE: tuple[str, ...] = ("keyframe", "tracked_box", "track_attribute", "bookmark")
"""Where rows fit two tables the first of these is meant."""

_VISIBILITY = 7


def table_of(rows: Sequence[Row], *, has_ids: bool, attributes: set[int]) -> str | None:
    """The table to which most of some rows of one table fit; None where most of them fit none.

    Args:
        rows: At least one.
        has_ids: The table is one with row ids.
        attributes: Ids of the attributes that are known.
    """
    also: dict[str, Callable[[Row], bool]] = {
        # keyframes of the first version look like tracked boxes; every one that was ever set is visible
        "keyframe": lambda row: row[_VISIBILITY] > 0,
        "track_attribute": lambda row: row[1] in attributes,
    }
    fitting = {
        table: sum(any(_fits(row, shape) for shape in shapes) and also.get(table, _any)(row) for row in rows)
        for (table, with_ids), shapes in _shapes().items()
        if with_ids == has_ids
    }
    most = max(fitting.values())
    if 2 * most <= len(rows):
        return None
    best = [it for it in fitting if fitting[it] == most]
    return next((it for it in _ALIKE if it in best), best[0])


def _any(_row: Row) -> bool:
    return True


def _fits(row: Row, shape: Shape) -> bool:
    return len(row) == len(shape) and all(
        (value is None and not needed) or (value is not None and isinstance(value, _KINDS[kind]))
        for value, (kind, needed) in zip(row, shape, strict=True)
    )


@cache
def _shapes() -> dict[tuple[str, bool], set[Shape]]:
    """Of each table of ours, and whether it has row ids: the shapes of its rows in any version."""
    found: dict[tuple[str, bool], set[Shape]] = {}
    for version in range(1, schema.VERSION + 1):
        with contextlib.closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
            schema.migrate(connection, 0, version)
            for kind, name, sql in schema.tables_of(connection):
                if kind == "table" and not name.startswith("sqlite_"):
                    columns = connection.execute(f"PRAGMA table_info({name})")
                    shape = tuple((it[2], bool(it[3] or it[5])) for it in columns)
                    found.setdefault((name, "WITHOUT ROWID" not in str(sql)), set()).add(shape)
    return found
