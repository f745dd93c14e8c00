"""Commands on the Categories of a project."""

from __future__ import annotations

from dataclasses import replace

from app.document.changes import Changes
from app.document.command import Command
from app.document.model import Category
from app.document.names import clean_name, is_colour
from app.errors import AppError


class AddCategory(Command):
    """A new Category.

    Attributes:
        category_id: Of the new Category.

    Raises:
        AppError: The name is empty or taken.
    """

    def __init__(self, document: Changes, name: str) -> None:
        super().__init__(document, "Add category")
        name = _free_category_name(document, name, 0)
        self.category_id = document.new_category_id()
        self._category = Category(self.category_id, name)

    def _do(self) -> None:
        self._document.put_category(self._category)

    def _undo(self) -> None:
        self._document.take_category(self.category_id)


class RenameCategory(Command):
    """Another name for a Category, on all its Tracks.

    Raises:
        AppError: The name is empty or taken.
        KeyError: No such Category.
    """

    def __init__(self, document: Changes, category_id: int, name: str) -> None:
        super().__init__(document, "Rename category")
        self._before = document.project.categories[category_id]
        self._after = replace(self._before, name=_free_category_name(document, name, category_id))

    def _do(self) -> None:
        self._document.put_category(self._after)

    def _undo(self) -> None:
        self._document.put_category(self._before)


class ColourCategory(Command):
    """One colour for all Tracks of a Category, or each Track's own again.

    Args:
        document: The open project.
        category_id: Of the Category.
        colour: ``#rrggbb``; empty for each Track's own.

    Raises:
        KeyError: No such Category.
        ValueError: It is no colour.
    """

    def __init__(self, document: Changes, category_id: int, colour: str) -> None:
        super().__init__(document, "Colour of category")
        if not is_colour(colour):
            raise ValueError(colour)
        self._before = document.project.categories[category_id]
        self._after = replace(self._before, colour=colour)

    def _do(self) -> None:
        self._document.put_category(self._after)

    def _undo(self) -> None:
        self._document.put_category(self._before)


def _free_category_name(document: Changes, name: str, category_id: int) -> str:
    name = clean_name(name)
    if not name:
        raise AppError("A category needs a name: type one.")
    if any(it.name == name and it.id != category_id for it in document.project.categories.values()):
        raise AppError("There is already a category {0}: choose another name.", name)
    return name


def require_category(document: Changes, category_id: int) -> None:
    """Raise KeyError where the project has no such Category."""
    if category_id not in document.project.categories:
        raise KeyError(category_id)
