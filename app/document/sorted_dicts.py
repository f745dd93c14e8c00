"""Dicts that stay sorted by key through changes, as they will be when read from the file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

T = TypeVar("T")


def update(items: dict[int, T], others: Mapping[int, T]) -> None:
    """Set these entries, given in any order."""
    items.update(others)
    keys = list(items)
    ascending = sorted(keys)
    if keys != ascending:
        ordered = {key: items[key] for key in ascending}
        items.clear()
        items.update(ordered)


def changed(items: Mapping[int, T], key: int, value: T | None) -> dict[int, T]:
    """A copy with another value for one key, or without the key for None."""
    others = {it: items[it] for it in items if it != key}
    if value is not None:
        update(others, {key: value})
    return others


def with_changes(items: Mapping[int, T], changes: Mapping[int, T | None]) -> dict[int, T]:
    """A copy with other values for some keys, or without them for None."""
    merged = {**items, **changes}
    return {key: value for key in sorted(merged) if (value := merged[key]) is not None}
