"""One SQL statement with its rows: what an edit is made of on its way to the file. Pure data; ``Store`` runs it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple, Protocol

from app.document.attributes import AttributeValue

SqlValue = int | float | str | None
Row = tuple[SqlValue, ...]


class Rows(Protocol):
    """Rows of parameters; may be gone through again, and in any thread."""

    def __len__(self) -> int: ...

    def __iter__(self) -> Iterator[Row]: ...


class Statement(NamedTuple):
    """One SQL statement, run once for each row of parameters.

    Attributes:
        sql: With a question mark for each value.
        rows: Of values.
        removes: Rows of the file that go with it, at most, where it removes any.
    """

    sql: str
    rows: Rows
    removes: int = 0

    @property
    def cost(self) -> int:
        """How many rows of the file it takes to run it."""
        return max(len(self.rows), self.removes)


class LaterRows:
    """Rows that are made when they are written, perhaps in another thread: making them takes as long as writing them.

    Args:
        count: How many there are, about.
        make: Gives them, out of what changes no more.
    """

    def __init__(self, count: int, make: Callable[[], Iterable[Row]]) -> None:
        self._count = count
        self._make = make

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Row]:
        return iter(self._make())


def sql_value(value: AttributeValue) -> SqlValue:
    """An Attribute's value as it is in the file."""
    return int(value) if isinstance(value, bool) else value
