"""What every undoable command has: done and undone, each in one transaction in the file."""

from __future__ import annotations

import abc

from PySide6.QtGui import QUndoCommand

from app.document.changes import Changes


class Command(QUndoCommand):
    """One edit of a Document. One that cannot be done raises when it is built, never when it is done or undone.

    Args:
        changes: The open project.
        text: Its name in the Edit menu.
    """

    def __init__(self, changes: Changes, text: str) -> None:
        super().__init__(text)
        self._document = changes

    def redo(self) -> None:
        """Do it, the first time and after an undo."""
        with self._document.one_transaction():
            self._do()

    def undo(self) -> None:
        """Take it back: the Document is as it was before ``redo``."""
        with self._document.one_transaction():
            self._undo()

    @abc.abstractmethod
    def _do(self) -> None: ...

    @abc.abstractmethod
    def _undo(self) -> None: ...


class Steps(Command):
    """Several commands as one step of undo.

    Args:
        changes: The open project.
        text: Its name in the Edit menu.
        commands: To be done in this order.
    """

    def __init__(self, changes: Changes, text: str, commands: list[Command]) -> None:
        super().__init__(changes, text)
        self._commands = commands

    def _do(self) -> None:
        for command in self._commands:
            command.redo()

    def _undo(self) -> None:
        for command in reversed(self._commands):
            command.undo()
