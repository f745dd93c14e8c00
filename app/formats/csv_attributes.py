"""Attributes in CSV tables: a column each, whose header is ``attribute`` and the definition as JSON.

The value in force stands in every row, defaults included: ``true`` and ``false``, numbers, texts; an empty cell is "not
known", and a text without letters is one apostrophe. In tables of others the header is ``attribute`` and a name.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping

from app.document.model import Attribute, AttributeKind, AttributeValue
from app.document.names import clean_name
from app.errors import AppError
from app.formats.csv_text import plain_text, safe_text
from app.formats.imported_project import ProjectBuilder
from app.formats.json_record import JsonRecord
from app.formats.selection import Selection

_PREFIX = "attribute "
_MOST = 1000


def headers(selection: Selection) -> list[str]:
    """A header for each Attribute of the project, by id."""
    return [_PREFIX + json.dumps(it, ensure_ascii=False) for it in _definitions(selection)]


def cells(selection: Selection, values: Mapping[int, AttributeValue]) -> list[str]:
    """Cells of one row, in the order of the headers."""
    return [_cell(values.get(number)) for number in sorted(selection.project.attributes)]


def read_headers(header: list[str], place: str, builder: ProjectBuilder) -> dict[str, Attribute]:
    """Header -> Attribute, defined in the project that is being read.

    Raises:
        AppError: A definition makes no sense.
    """
    found: dict[str, Attribute] = {}
    for cell in header:
        if cell.startswith(_PREFIX):
            if len(found) == _MOST:
                raise AppError("{0} has more than {1} attributes: remove some.", place, _MOST)
            found[cell] = builder.attribute(_read_definition(cell, len(found) + 1, f"{place}, {cell:.60}", builder))
    if len({it.name for it in found.values()}) < len(found):
        raise AppError("{0} defines two attributes of one name: rename one.", place)
    return found


def read_cell(cell: str, attribute: Attribute, place: str) -> AttributeValue | None:
    """The value in a cell; None for an empty one.

    Raises:
        AppError: The Attribute cannot have it.
    """
    if not cell:
        return None
    value: AttributeValue = clean_name(plain_text(cell))
    if attribute.kind is AttributeKind.FLAG and cell in {"true", "false"}:
        value = cell == "true"
    elif attribute.kind is AttributeKind.NUMBER:
        try:
            value = float(cell)
        except ValueError:
            value = math.nan
    if not attribute.accepts(value):
        raise AppError(
            "{0}: attribute {1!r:.60} is {2!r:.60}, no {3} that it can have: correct the file.",
            place,
            attribute.name,
            cell,
            attribute.kind.value,
        )
    return value


def _definitions(selection: Selection) -> Iterator[dict[str, object]]:
    for _, it in sorted(selection.project.attributes.items()):
        category = selection.project.categories.get(it.category_id) if it.category_id is not None else None
        yield {
            "name": it.name,
            "kind": it.kind.value,
            "choices": list(it.choices),
            "per_frame": it.per_frame,
            "category": category.name if category is not None else None,
            "default": it.default,
        }


def _cell(value: AttributeValue | None) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return repr(value)
    return safe_text(value) or "'"


def _read_definition(cell: str, number: int, place: str, builder: ProjectBuilder) -> Attribute:
    text = cell.removeprefix(_PREFIX).strip()
    if not text.startswith("{"):
        made = Attribute(number, clean_name(text), AttributeKind.TEXT, per_frame=True)
    else:
        try:
            fields = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise AppError("{0} is no definition of an attribute ({1}): correct the header.", place, error) from error
        record = JsonRecord(fields if isinstance(fields, dict) else {}, place)
        kind = next((it for it in AttributeKind if it.value == record.text("kind")), None)
        choices = record.fields.get("choices", [])
        if kind is None or not isinstance(choices, list) or not all(isinstance(it, str) for it in choices):
            raise record.wrong("kind", "one of " + ", ".join(it.value for it in AttributeKind) + " with its choices")
        category = builder.category(record.text("category")) if "category" in record else None
        default = record.fields.get("default")
        if isinstance(default, int) and not isinstance(default, bool) and abs(default) < 2**53:
            default = float(default)
        if default is not None and not isinstance(default, bool | float | str):
            raise record.wrong("default", "a value")
        made = Attribute(number, record.text("name"), kind, tuple(choices), record.flag("per_frame"), category, default)
    if not made.is_sound:
        raise AppError("{0} is no definition of an attribute: correct the header.", place)
    return made
