"""Commands that take a Category away, with what depends on it."""

from __future__ import annotations

from dataclasses import replace

from app.document.attribute_commands import ChangeAttribute, RemoveAttribute
from app.document.category_commands import require_category
from app.document.changes import Changes
from app.document.command import Command, Steps
from app.document.track_commands import DescribeTracks
from app.errors import AppError


class _TakeCategory(Command):
    """A Category that nothing has goes."""

    def __init__(self, document: Changes, category_id: int) -> None:
        super().__init__(document, "Remove category")
        self._category = document.project.categories[category_id]

    def _do(self) -> None:
        self._document.take_category(self._category.id)

    def _undo(self) -> None:
        self._document.put_category(self._category)


class RemoveCategory(Steps):
    """A Category that no Track has goes, and with it the Attributes that were of it alone.

    Raises:
        KeyError: No such Category.
        AppError: Tracks have it.
    """

    def __init__(self, document: Changes, category_id: int) -> None:
        take = _TakeCategory(document, category_id)
        users = len(_tracks_of(document, category_id))
        if users:
            name = document.project.categories[category_id].name
            raise AppError("The category {0} is in use (tracks: {1}): merge it into another one instead.", name, users)
        attributes = [it.id for it in document.project.attributes.values() if it.category_id == category_id]
        super().__init__(document, "Remove category", [*(RemoveAttribute(document, it) for it in attributes), take])


class MergeCategories(Steps):
    """All Tracks and Attributes of one Category become those of another; the one goes.

    Raises:
        KeyError: No such Category.
        AppError: They are one.
    """

    def __init__(self, document: Changes, category_id: int, into_id: int) -> None:
        require_category(document, into_id)
        if category_id == into_id:
            raise AppError("A category cannot be merged into itself: choose another one.")
        attributes = [it for it in document.project.attributes.values() if it.category_id == category_id]
        commands = [
            DescribeTracks(
                document, "Set category", {it: {"category_id": into_id} for it in _tracks_of(document, category_id)}
            ),
            *(ChangeAttribute(document, replace(it, category_id=into_id)) for it in attributes),
            _TakeCategory(document, category_id),
        ]
        super().__init__(document, "Merge categories", commands)


def _tracks_of(document: Changes, category_id: int) -> list[int]:
    """Ids of the Tracks of all Sequences that have a Category."""
    return [
        track.id
        for sequence in document.project.sequences.values()
        for track in sequence.tracks.values()
        if track.category_id == category_id
    ]
