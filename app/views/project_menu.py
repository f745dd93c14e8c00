"""What the File menu does to the open project as a whole: more sequences, a copy, backups, what it has cost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.media.frame_loader import FrameLoader
from app.views.action_table import ActionId
from app.views.actions import Actions
from app.views.backing_up import BackingUp
from app.views.open_session import OpenSession
from app.views.project_copying import ProjectCopying
from app.views.sequence_adding import SequenceAdding
from app.views.window_dialogs import WindowDialogs


class ProjectMenu(QObject):
    """Does nothing while no project is open.

    Args:
        window: Qt owner.
        actions: The window's.
        dialogs: Ask and tell.
        make_loader: Makes a FrameLoader for each source that is added.
        opened: Gives the open project.
    """

    def __init__(
        self,
        window: QWidget,
        actions: Actions,
        dialogs: WindowDialogs,
        make_loader: Callable[[], FrameLoader],
        opened: Callable[[], OpenSession | None],
    ) -> None:
        super().__init__(window)
        self._dialogs = dialogs
        self._opened = opened
        self._adding = SequenceAdding(make_loader, window)
        self._adding.added.connect(self.show_sequence)
        self._adding.failed.connect(dialogs.tell)
        self._copying = ProjectCopying(window)
        self._copying.copied.connect(self._say_copied)
        self._copying.failed.connect(dialogs.tell)
        self._backing_up: BackingUp | None = None
        for action, slot in (
            (ActionId.ADD_VIDEO, self._add_video),
            (ActionId.ADD_FOLDER, self._add_folder),
            (ActionId.SAVE_COPY, self._save_copy),
            (ActionId.RESTORE_BACKUP, self._restore_backup),
            (ActionId.EFFORT, self._show_effort),
        ):
            actions.on(action, slot)

    def begin(self, opened: OpenSession) -> None:
        """A project has been opened: look after its backups."""
        self._backing_up = BackingUp(opened.document, self)
        self._backing_up.failed.connect(opened.status.refuse)

    def show_sequence(self, sequence_id: int) -> None:
        """Put a Sequence on the screen."""
        opened = self._opened()
        if opened is not None:
            opened.show(sequence_id)

    def close(self) -> None:
        """The project closes: give up what is being read or written for it."""
        if self._backing_up is not None:
            self._backing_up.close()
            self._backing_up.deleteLater()
            self._backing_up = None
        self._adding.close()
        self._copying.close()

    def _add_video(self) -> None:
        if self._opened() is not None:
            self._add(self._dialogs.choose_videos())

    def _add_folder(self) -> None:
        if self._opened() is not None:
            folder = self._dialogs.choose_folder()
            self._add([folder] if folder is not None else [])

    def _add(self, paths: list[Path]) -> None:
        opened = self._opened()
        if paths and opened is not None:
            self._adding.add(opened.document, paths)

    def _save_copy(self) -> None:
        opened = self._opened()
        if opened is None:
            return
        target = self._dialogs.choose_copy(opened.document.path)
        if target is not None:
            self._copying.copy(opened.document, target)

    def _say_copied(self, target: Path) -> None:
        opened = self._opened()
        if opened is not None:
            opened.status.say(self.tr("Copied to {0}. You go on working in the project itself.").format(target))

    def _restore_backup(self) -> None:
        opened = self._opened()
        if opened is not None:
            self._dialogs.recover(opened.document.path)

    def _show_effort(self) -> None:
        opened = self._opened()
        if opened is not None:
            opened.session.effort.flush()
            self._dialogs.show_effort(opened.document.project)
