"""Attributes in CVAT files: defined for each label, with a value as text in every box.

Two are ours: ``track_name`` and ``visibility``, defined where a project uses them. An Attribute of the project with
such a name gets ``_`` behind it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from app.document.model import Attribute, AttributeKind, AttributeValue, Category
from app.document.names import clean_name
from app.formats.imported_project import ProjectBuilder
from app.formats.safe_xml import xml_attribute, xml_text
from app.formats.selection import Selection

NAME, VISIBILITY = "track_name", "visibility"

_INPUTS = {
    AttributeKind.TEXT: "text",
    AttributeKind.NUMBER: "number",
    AttributeKind.CHOICE: "select",
    AttributeKind.FLAG: "checkbox",
}
_KINDS = {name: kind for kind, name in _INPUTS.items()} | {"radio": AttributeKind.CHOICE}
_MOST = 1000


@dataclass(frozen=True, slots=True)
class AttributeWriter:
    """How the attributes of one export are written.

    Attributes:
        with_name: Whether any Track has a name.
        with_visibility: Whether any visible share is not 1.
        named: Attribute id -> its name in the file.
    """

    with_name: bool
    with_visibility: bool
    named: Mapping[int, str]

    @classmethod
    def of(cls, selection: Selection) -> AttributeWriter:
        """For what is selected."""
        tracks = [track for selected in selection.sequences for track in selected.tracks]
        shares = any(keyframe.visibility != 1 for track in tracks for keyframe in track.keyframes.values())
        named = {
            it.id: f"{it.name}_" if it.name in {NAME, VISIBILITY} else it.name
            for it in selection.project.attributes.values()
        }
        return cls(any(track.name for track in tracks), shares, named)

    def definitions(self, selection: Selection, category: Category) -> Iterator[str]:
        """The definitions that stand with the label of a Category."""
        if self.with_name:
            yield _definition(NAME, "text", "", mutable=False)
        if self.with_visibility:
            yield _definition(VISIBILITY, "number", "1", mutable=True, values="0\n1\n0.01")
        for it in sorted(selection.project.attributes.values(), key=lambda it: it.id):
            if it.category_id in {None, category.id}:
                values = "\n".join(it.choices)
                if it.kind is AttributeKind.NUMBER:
                    values = "-1000000000\n1000000000\n0.000001"
                default = None if it.default is None else _text(it.default)
                yield _definition(self.named[it.id], _INPUTS[it.kind], default, mutable=it.per_frame, values=values)

    def values(self, values: Mapping[int, AttributeValue]) -> str:
        """Values as they stand in a box."""
        return "".join(attribute(self.named[number], _text(value)) for number, value in values.items())


@dataclass(slots=True)
class _Definition:
    """What the labels of a file say of attributes with one name."""

    kinds: set[AttributeKind] = field(default_factory=set)
    choices: dict[str, None] = field(default_factory=dict)
    per_frame: bool = False
    labels: set[str] = field(default_factory=set)
    default: str | None = None


class AttributeReader:
    """Collects the definitions of one file, then turns texts into values."""

    def __init__(self) -> None:
        self._found: dict[str, _Definition] = {}
        self._made: dict[str, Attribute] = {}
        self.left_out = 0

    def define(self, label: str, fields: Mapping[str, str]) -> None:
        """Take in one ``<attribute>`` of a label: tag -> text."""
        name = clean_name(fields.get("name", ""))
        if not name or name in {NAME, VISIBILITY} or (name not in self._found and len(self._found) >= _MOST):
            return
        found = self._found.setdefault(name, _Definition())
        kind = _KINDS.get(fields.get("input_type", "").lower(), AttributeKind.TEXT)
        found.kinds.add(kind)
        found.labels.add(label)
        found.per_frame |= fields.get("mutable", "").lower() == "true"
        if kind is AttributeKind.CHOICE:
            found.choices |= dict.fromkeys(filter(None, map(clean_name, fields.get("values", "").split("\n"))))
        found.default = fields.get("default_value", found.default)

    def build(self, builder: ProjectBuilder, labels: list[str]) -> None:
        """Define them in the project; what another file has defined under the same name is taken as it is."""
        for name, found in self._found.items():
            kind = next(iter(found.kinds)) if len(found.kinds) == 1 else AttributeKind.TEXT
            if kind is AttributeKind.CHOICE and not found.choices:
                kind = AttributeKind.TEXT
            choices = tuple(found.choices) if kind is AttributeKind.CHOICE else ()
            own = len(found.labels) == 1 < len(set(labels))
            category = builder.category(next(iter(found.labels))) if own else None
            made = Attribute(0, name, kind, choices, found.per_frame, category)
            default = None if found.default is None else _value(found.default, made)
            self._made[name] = builder.attribute_named(
                Attribute(0, name, kind, choices, found.per_frame, category, default)
            )

    def values(self, texts: Mapping[str, str], *, per_frame: bool, boxes: int = 1) -> dict[int, AttributeValue]:
        """Attribute id -> value, of those per frame or of the others; what they cannot have is counted for each box."""
        values = {}
        for name, text in texts.items():
            known = self._made.get(clean_name(name))
            if known is not None and known.per_frame is per_frame:
                value = _value(text, known)
                if value is None:
                    self.left_out += boxes
                else:
                    values[known.id] = value
        return values


def attribute(name: str, value: str) -> str:
    """One ``<attribute>`` of a box."""
    return f"<attribute name={xml_attribute(name)}>{xml_text(value)}</attribute>"


def _definition(name: str, kind: str, default: str | None, *, mutable: bool, values: str = "") -> str:
    told = "" if default is None else f"              <default_value>{xml_text(default)}</default_value>\n"
    return (
        f"            <attribute>\n              <name>{xml_text(name)}</name>\n"
        f"              <mutable>{mutable}</mutable>\n              <input_type>{kind}</input_type>\n{told}"
        f"              <values>{xml_text(values)}</values>\n            </attribute>\n"
    )


def _text(value: AttributeValue) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return repr(value) if isinstance(value, float) else value


def _value(text: str, attribute: Attribute) -> AttributeValue | None:
    value: AttributeValue = clean_name(text)
    if attribute.kind is AttributeKind.FLAG and text.lower() in {"true", "false"}:
        value = text.lower() == "true"
    elif attribute.kind is AttributeKind.NUMBER:
        try:
            value = float(text)
        except ValueError:
            value = math.nan
    return value if attribute.accepts(value) else None
