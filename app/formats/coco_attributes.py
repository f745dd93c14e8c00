"""Attributes in COCO files: values in the ``attributes`` of each annotation, definitions in a list of our own.

Files of others have no definitions: names and kinds are those of the values, and what changes within a track is
per frame.
"""

from __future__ import annotations

import json
import sys
from array import array
from collections.abc import Iterable, Iterator, Mapping

import numpy as np
import numpy.typing as npt

from app.document.model import Attribute, AttributeKind, AttributeValue, Project
from app.document.names import clean_name
from app.errors import AppError
from app.formats.json_record import JsonRecord
from app.formats.selection import Selection

OWN_KEYS = frozenset({"keyframe", "occluded", "visibility", "score", "status", "track_id"})
"""What stands in ``attributes`` and is none."""

_MOST = 1000
"""Attributes of a file; more are no attributes but data."""


def keys(attributes: Iterable[Attribute]) -> dict[int, str]:
    """Attribute id -> its name in the file, which is none of ours."""
    return {it.id: f"{it.name}_" if it.name in OWN_KEYS else it.name for it in attributes}


def definitions(selection: Selection) -> Iterator[dict[str, object]]:
    """The project's Attributes as records."""
    named = keys(selection.project.attributes.values())
    for it in sorted(selection.project.attributes.values(), key=lambda it: it.id):
        yield {
            "id": it.id,
            "name": it.name,
            "key": named[it.id],
            "kind": it.kind.value,
            "choices": list(it.choices),
            "per_frame": it.per_frame,
            "category_id": it.category_id,
            "default": it.default,
        }


def fragment(values: Mapping[int, AttributeValue], named: Mapping[int, str]) -> str:
    """Values as the end of a JSON object, from the comma on."""
    return "".join(f", {json.dumps(named[number])}: {json.dumps(value)}" for number, value in values.items())


class AttributeColumns:
    """The values in a file by name, as they come."""

    def __init__(self) -> None:
        self._rows: dict[str, array[int]] = {}
        self._values: dict[str, list[AttributeValue]] = {}
        self._seen: dict[tuple[type, AttributeValue], AttributeValue] = {}
        self.passed_over = 0

    def append(self, row: int, fields: Mapping[str, object], place: str) -> None:
        """Take in the ``attributes`` of one annotation.

        Raises:
            AppError: There are far too many different ones.
        """
        for key, value in fields.items():
            if key in OWN_KEYS or value is None:
                continue
            name = clean_name(key)
            known = plain_value(value)
            if known is None or not name:
                self.passed_over += 1
                continue
            if name not in self._rows:
                if len(self._rows) == _MOST:
                    raise AppError("{0} is where the file has more than {1} attributes: remove some.", place, _MOST)
                self._rows[name], self._values[name] = array("q"), []
            self._rows[name].append(row)
            # the same few texts again and again
            self._values[name].append(self._seen.setdefault((type(known), known), known))

    @property
    def names(self) -> list[str]:
        """In the order in which they came."""
        return list(self._rows)

    def column(self, name: str, count: int) -> npt.NDArray[np.object_]:
        """Values by row, object ``(count,)``, None where there is none."""
        column = np.full(count, None, dtype=np.object_)
        if name in self._rows:
            column[np.array(self._rows[name], dtype=np.int64)] = self._values[name]
        return column

    def kind(self, name: str) -> AttributeKind:
        """The kind that all its values have, else text."""
        kinds = {type(value) for value in self._values[name]}
        if kinds == {bool}:
            return AttributeKind.FLAG
        return AttributeKind.NUMBER if kinds == {float} else AttributeKind.TEXT


def read_definitions(records: Iterable[JsonRecord], categories: Mapping[int, int]) -> dict[str, Attribute]:
    """Name in the file -> Attribute, from a list that an export of ours wrote.

    Raises:
        AppError: A definition makes no sense; the sentence names the field.
    """
    found: dict[str, Attribute] = {}
    for record in records:
        number, key = record.integer("id"), record.text("key")
        kind = next((it for it in AttributeKind if it.value == record.text("kind")), None)
        if kind is None:
            raise record.wrong("kind", "one of " + ", ".join(it.value for it in AttributeKind))
        choices = record.fields.get("choices")
        if not isinstance(choices, list) or not all(isinstance(it, str) for it in choices):
            raise record.wrong("choices", "a list of texts")
        category = None
        if "category_id" in record:
            category = categories.get(record.integer("category_id"))
            if category is None:
                raise record.wrong("category_id", "the id of a category")
        default = plain_value(record.fields.get("default"))
        made = Attribute(number, record.text("name"), kind, tuple(choices), record.flag("per_frame"), category, default)
        names = {it.name for it in found.values()}
        if not made.is_sound or not 1 <= number < 2**31 or number in {it.id for it in found.values()}:
            raise AppError("{0} is no definition of an attribute: correct or remove it.", record.place)
        if key in found or made.name in names:
            raise record.wrong("key", "a name of its own")
        found[key] = made
    return found


def inferred_definitions(
    columns: AttributeColumns, tracks: npt.NDArray[np.int64], known: dict[str, Attribute]
) -> dict[str, Attribute]:
    """Definitions for the names that have none: kinds by the values, per frame where a track has several values."""
    made = dict(known)
    number = max((it.id for it in known.values()), default=0)
    for name in columns.names:
        if name in made:
            continue
        number += 1
        column = columns.column(name, len(tracks))
        rows = np.flatnonzero(column != None)  # noqa: E711  # element by element
        pairs = set(zip(tracks[rows].tolist(), column[rows].tolist(), strict=True))
        several = len(pairs) > len({track for track, _ in pairs})
        made[name] = Attribute(number, name, columns.kind(name), per_frame=several)
    return made


def fitting(column: npt.NDArray[np.object_], attribute: Attribute) -> tuple[npt.NDArray[np.object_], int]:
    """A column with what ``attribute`` can have, and how many values it cannot have were removed."""
    lost = 0
    fitted = column.copy()
    for row in np.flatnonzero(column != None).tolist():  # noqa: E711  # element by element
        value = column[row]
        if attribute.kind is AttributeKind.TEXT and not isinstance(value, str):
            value = fitted[row] = _as_text(value)
        if not attribute.accepts(value):
            fitted[row] = None
            lost += 1
    return fitted, lost


def put_into(project: Project, definitions_found: Mapping[str, Attribute]) -> None:
    """Define Attributes in a project, by id."""
    for it in sorted(definitions_found.values(), key=lambda it: it.id):
        project.attributes[it.id] = it


def plain_value(value: object) -> AttributeValue | None:
    """A value as a project has it; None for anything that it cannot have."""
    if isinstance(value, bool):
        return value
    if isinstance(value, str):
        return clean_name(value)
    if isinstance(value, int | float) and abs(value) <= sys.float_info.max:
        return float(value)
    return None


def _as_text(value: AttributeValue) -> str:
    return str(value).lower() if isinstance(value, bool) else f"{value:g}" if isinstance(value, float) else value
