"""Commands on the Attributes that a project defines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from app.document.attributes import Attribute, AttributeKind, AttributeValue, AttributeValues
from app.document.category_commands import require_category
from app.document.changes import Changes
from app.document.command import Command
from app.document.names import clean_name
from app.document.value_change import ValueChange
from app.errors import AppError

_NO_VALUES = AttributeValues({}, {})


class DefineAttribute(Command):
    """A new Attribute, without any values.

    Args:
        document: The open project.
        name: Unique among the project's.
        kind: What its values are; for good.
        choices: Of a CHOICE, at least one.
        per_frame: Whether it is set on Keyframes; for good.
        category_id: Whose Tracks have it; None for all.
        default: Its value where none is set.

    Attributes:
        attribute_id: Of the new Attribute.

    Raises:
        AppError: The name is empty or taken, or the parts do not go together; in words.
        KeyError: No such Category.
    """

    def __init__(
        self,
        document: Changes,
        name: str,
        kind: AttributeKind,
        choices: tuple[str, ...] = (),
        per_frame: bool = False,
        category_id: int | None = None,
        default: AttributeValue | None = None,
    ) -> None:
        super().__init__(document, "Define attribute")
        attribute = _checked(document, Attribute(0, name, kind, choices, per_frame, category_id, default))
        self.attribute_id = document.new_attribute_id()
        self._attribute = replace(attribute, id=self.attribute_id)

    def _do(self) -> None:
        self._document.put_attribute(self._attribute)

    def _undo(self) -> None:
        self._document.take_attribute(self.attribute_id)


class ChangeAttribute(Command):
    """Another name, other choices, Category or default; values that it can no longer have go, until this is undone.

    Args:
        document: The open project.
        attribute: As it is to be.
        renamed: Choice -> its new name; values and the default follow.

    Attributes:
        lost: How many values go.

    Raises:
        AppError: The name is empty or taken, or the parts do not go together; in words.
        KeyError: No such Attribute or Category.
        ValueError: Another kind, or per frame where it was not or the other way round.
    """

    def __init__(self, document: Changes, attribute: Attribute, renamed: Mapping[str, str] | None = None) -> None:
        super().__init__(document, "Change attribute")
        self._before = document.project.attributes[attribute.id]
        if (attribute.kind, attribute.per_frame) != (self._before.kind, self._before.per_frame):
            raise ValueError(attribute)
        names = {old: clean_name(new) for old, new in (renamed or {}).items()}
        if isinstance(attribute.default, str):
            attribute = replace(attribute, default=names.get(attribute.default, attribute.default))
        self._after = _checked(document, attribute)
        self.lost = 0
        self._values: tuple[ValueChange, ValueChange] | None = None
        if names or not set(self._before.choices) <= set(self._after.choices):
            before = document.values_of(attribute.id)
            kept = before.values.renamed(names).accepted_by(self._after)
            self.lost = len(before.values) - len(kept)
            self._values = before, before.with_values(kept)

    def _do(self) -> None:
        self._document.put_attribute(self._after)
        if self._values is not None:
            self._document.put_values(self._values[1])

    def _undo(self) -> None:
        self._document.put_attribute(self._before)
        if self._values is not None:
            self._document.put_values(self._values[0])


class RemoveAttribute(Command):
    """An Attribute goes with all its values; undo brings them back.

    Attributes:
        lost: How many values go.

    Raises:
        KeyError: No such Attribute.
    """

    def __init__(self, document: Changes, attribute_id: int) -> None:
        super().__init__(document, "Remove attribute")
        self._attribute = document.project.attributes[attribute_id]
        self._before = document.values_of(attribute_id)
        self._after = self._before.with_values(_NO_VALUES)
        self.lost = len(self._before.values)

    def _do(self) -> None:
        if self.lost:
            self._document.put_values(self._after)
        self._document.take_attribute(self._attribute.id)

    def _undo(self) -> None:
        self._document.put_attribute(self._attribute)
        if self.lost:
            self._document.put_values(self._before)


def _checked(document: Changes, attribute: Attribute) -> Attribute:
    """The Attribute with clean names; raises AppError where it is none."""
    name = clean_name(attribute.name)
    choices = tuple(clean_name(choice) for choice in attribute.choices)
    attribute = replace(attribute, name=name, choices=choices)
    if not name:
        raise AppError("An attribute needs a name: type one.")
    if any(it.name == name and it.id != attribute.id for it in document.project.attributes.values()):
        raise AppError("There is already an attribute {0}: choose another name.", name)
    if attribute.category_id is not None:
        require_category(document, attribute.category_id)
    if attribute.kind is AttributeKind.CHOICE and not (choices and all(choices) and len(set(choices)) == len(choices)):
        raise AppError("The choices of {0} must be words that differ: type at least one.", name)
    if not attribute.is_sound:
        raise AppError("{0!r} is no value of {1}: choose another default, or none.", attribute.default, name)
    return attribute
