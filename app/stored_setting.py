"""One remembered value: a typed attribute that reads and writes one key of a settings file."""

from __future__ import annotations

import enum
import math
from collections.abc import Callable
from typing import Generic, Protocol, TypeVar, overload

T = TypeVar("T")
E = TypeVar("E", bound=enum.Enum)


class SettingsStore(Protocol):
    """What holds such attributes."""

    def read_text(self, key: str) -> str | None:
        """The text under a key, None where there is none."""

    def write_text(self, key: str, text: str, name: str) -> None:
        """Put a text under a key and tell that the attribute ``name`` has another value."""


class Stored(Generic[T]):
    """Descriptor: the value of ``key``, or ``default`` where the file holds nothing or nonsense.

    Args:
        key: In the settings file, with its group: ``look/theme``.
        default: Until the person chooses.
        read: Text -> value; raises ValueError for nonsense.
        write: Value -> text.
    """

    def __init__(self, key: str, default: T, read: Callable[[str], T], write: Callable[[T], str]) -> None:
        self.key = key
        self.default = default
        self._read = read
        self._write = write
        self._name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, owner: None, kind: type) -> Stored[T]: ...

    @overload
    def __get__(self, owner: SettingsStore, kind: type) -> T: ...

    def __get__(self, owner: SettingsStore | None, kind: type) -> T | Stored[T]:
        if owner is None:
            return self
        text = owner.read_text(self.key)
        if text is None:
            return self.default
        try:
            return self._read(text)
        except ValueError:
            return self.default

    def __set__(self, owner: SettingsStore, value: T) -> None:
        text = self._write(value)
        if text != self._write(self.__get__(owner, type(owner))):
            owner.write_text(self.key, text, self._name)


def flag(key: str, *, default: bool) -> Stored[bool]:
    """On or off."""
    return Stored(key, default, _read_flag, lambda value: "true" if value else "false")


def choice(key: str, default: E) -> Stored[E]:
    """One member of an enum whose values are texts."""
    return Stored(key, default, type(default), lambda value: str(value.value))


def number(key: str, default: float, lowest: float, highest: float) -> Stored[float]:
    """A number, kept between two bounds."""

    def bounded(text: str) -> float:
        value = float(text)
        if not math.isfinite(value):
            raise ValueError(text)
        return min(max(value, lowest), highest)

    return Stored(key, default, bounded, lambda value: f"{value:.6g}")


def whole_number(key: str, default: int, lowest: int, highest: int) -> Stored[int]:
    """A whole number, kept between two bounds."""

    def bounded(text: str) -> int:
        return min(max(int(text), lowest), highest)

    return Stored(key, default, bounded, str)


def text(key: str, default: str) -> Stored[str]:
    """A short text."""
    return Stored(key, default, str, str)


def _read_flag(value: str) -> bool:
    if value not in {"true", "false"}:
        raise ValueError(value)
    return value == "true"
