"""Fields of a JSON object from anybody, with the type one expects or a sentence that names the place."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app.document.names import clean_name
from app.errors import AppError
from app.formats.plain_input import encoding_of, text_head

_BLOCK = 65536
"""Read to recognise a format."""

_NAME = re.compile(r'"(\w{1,64})"\s*:')


@dataclass(frozen=True, slots=True)
class JsonRecord:
    """One JSON object and where it stands.

    Attributes:
        fields: Its content, of any types.
        place: In words, such as ``out.json, annotations[3]``.
    """

    fields: dict[str, object]
    place: str

    def __contains__(self, key: str) -> bool:
        return self.fields.get(key) is not None

    def integer(self, key: str, default: int | None = None) -> int:
        """A whole number.

        Raises:
            AppError: There is none, and no default.
        """
        value = self.fields.get(key, default)
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if not isinstance(value, int) or isinstance(value, bool) or abs(value) >= 2**63:
            raise self.wrong(key, "a whole number")
        return value

    def number(self, key: str, default: float | None = None) -> float:
        """A finite number.

        Raises:
            AppError: There is none, and no default.
        """
        return self._finite(key, self.fields.get(key, default))

    def text(self, key: str, default: str | None = None) -> str:
        """A string, as ``clean_name`` leaves it.

        Raises:
            AppError: There is none, and no default.
        """
        value = self.fields.get(key, default)
        if not isinstance(value, str):
            raise self.wrong(key, "a text")
        return clean_name(value)

    def flag(self, key: str) -> bool:
        """Whether the field is there and true."""
        value = self.fields.get(key)
        return isinstance(value, int) and value == 1

    def numbers(self, key: str, count: int) -> list[float]:
        """A list of ``count`` finite numbers.

        Raises:
            AppError: There is none.
        """
        value = self.fields.get(key)
        if not isinstance(value, list) or len(value) != count:
            raise self.wrong(key, f"a list of {count} numbers")
        return [self._finite(key, it) for it in value]

    def integers(self, key: str) -> list[int]:
        """A list of whole numbers; empty where there is none.

        Raises:
            AppError: It is something else.
        """
        value = self.fields.get(key)
        if value is None:
            return []
        if not isinstance(value, list) or not all(type(it) is int and abs(it) < 2**63 for it in value):
            raise self.wrong(key, "a list of whole numbers")
        return value

    def record(self, key: str) -> JsonRecord:
        """The object in a field; empty where there is none."""
        value = self.fields.get(key)
        return JsonRecord(value if isinstance(value, dict) else {}, f"{self.place}.{key}")

    def records(self, key: str, *, required: bool = True) -> Iterator[JsonRecord]:
        """The objects of a list, each with its number as place.

        Raises:
            AppError: It is no list of objects.
        """
        value = self.fields.get(key, None if required else [])
        if not isinstance(value, list):
            raise self.wrong(key, "a list")
        for number, item in enumerate(value):
            place = f"{self.place}, {key}[{number}]"
            if not isinstance(item, dict):
                raise AppError("{0} is no object: the file is not of this format.", place)
            yield JsonRecord(item, place)

    def wrong(self, key: str, wanted: str) -> AppError:
        """The sentence for a field that is not what it should be."""
        return AppError(
            "{0} has {1!r:.60} for {2!r}, not {3}: correct the file.", self.place, self.fields.get(key), key, wanted
        )

    def _finite(self, key: str, value: object) -> float:
        if not isinstance(value, int | float) or isinstance(value, bool) or abs(value) > 1e12 or math.isnan(value):
            raise self.wrong(key, "a number")
        return float(value)


def read_json(path: Path) -> JsonRecord:
    """The object in a JSON file.

    Raises:
        AppError: No file, no JSON, or no object; with the line.
    """
    try:
        content = json.loads(path.read_text(encoding=encoding_of(path)))
    except OSError as error:
        raise AppError("{0} cannot be read ({1}): check the name.", path, error.strerror) from error
    except json.JSONDecodeError as error:
        raise AppError("{0}, line {1} is no JSON ({2}): correct the file.", path, error.lineno, error.msg) from error
    except (ValueError, RecursionError) as error:
        # bytes that are no UTF-8, numbers of thousands of digits, brackets without end
        raise AppError("{0} is no JSON ({1}): choose another file.", path, error) from error
    if not isinstance(content, dict):
        raise AppError("{0} holds no JSON object: choose another file.", path)
    return JsonRecord(content, path.name)


def json_names(path: Path) -> frozenset[str]:
    """Names of fields in the first block of a file that looks like JSON; empty for any other file."""
    try:
        block = text_head(path, _BLOCK).lstrip()
    except OSError:
        return frozenset()
    return frozenset(_NAME.findall(block)) if block.startswith(("{", "[")) else frozenset()
