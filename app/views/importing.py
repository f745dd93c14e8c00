"""From a file that the person chooses or drops to Tracks in the open project."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from app.document.commands import ImportTracks
from app.document.document import Document
from app.document.model import Sequence
from app.errors import AppError
from app.formats.recognition import Recognised, recognise_near
from app.session.session import Session
from app.settings import Settings
from app.views.import_dialog import ImportDialog
from app.views.patient_look import PatientLook

_PATTERNS = "*.json *.xml *.txt *.csv *.ini *.yaml *.yml *.zip"


class Importing(QObject):
    """Asks what to import, shows what it would bring, and takes it in as one edit.

    Args:
        window: Parent of the dialogs.
        settings: Remember the last folder.
    """

    done = Signal(str)
    """What came in, in a sentence."""
    refused = Signal(str)
    """Why nothing came in."""
    added = Signal(int)
    """Id of a new Sequence that came in with its boxes."""
    recognised = Signal(object)
    """What the chosen file is: Recognised; for ``run``."""

    def __init__(self, window: QWidget, settings: Settings) -> None:
        super().__init__(window)
        self._window = window
        self._settings = settings
        self._looking = PatientLook(_recognised, self)
        self._looking.answered.connect(self._take)
        self._chosen: Path | None = None

    def choose(self) -> None:
        """Ask for a file; any file of a folder stands for the whole of it. ``recognised`` or ``refused`` follows."""
        chosen, _filter = QFileDialog.getOpenFileName(
            self._window,
            self.tr("Import: choose a file, or any file of a folder in MOT, YOLO or another layout"),
            str(self._settings.last_folder),
            f"{self.tr('Files of boxes')} ({_PATTERNS});;{self.tr('All files')} (*)",
        )
        if not chosen:
            return
        self._chosen = Path(chosen)
        self._settings.last_folder = self._chosen.parent
        self._looking.at(self._chosen)  # it may be one of a hundred thousand files

    def _take(self, path: Path, found: Recognised | AppError) -> None:
        if path != self._chosen:
            return  # the person has chosen another one
        self._chosen = None
        if isinstance(found, AppError):
            self.refused.emit(str(found))
        else:
            self.recognised.emit(found)

    def run(self, session: Session, found: Recognised) -> None:
        """Show what would come in, and take it in if the person wants it; nothing where there is no Sequence."""
        document, sequence = session.document, session.sequence
        if sequence is None:
            return
        if document.read_only:
            self.refused.emit(
                self.tr("{0} can only be read: copy it to a folder where you may write, and open the copy.").format(
                    document.path
                )
            )
            return
        dialog = ImportDialog(
            document.project, document.last_ids, sequence, found.path, found.format, self._settings, self._window
        )
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        added = dialog.added
        if not accepted or added is None:
            return
        new = dialog.new_sequences

        def build() -> Callable[[], None]:
            try:
                command = ImportTracks(document, added.categories, added.attributes, added.tracks, new)
            except AppError as error:
                return partial(self.refused.emit, str(error))
            return partial(self._push, document, command, found.path.name, len(added.tracks), new[:1])

        # beside the window, for there may be thousands; a run goes on, since it has no part in it
        session.edits.making.begin(build)

    def _push(self, document: Document, command: ImportTracks, name: str, count: int, new: Iterable[Sequence]) -> None:
        try:
            document.push(command)
        except AppError as error:
            self.refused.emit(str(error))
            return
        one, several = (
            self.tr("Imported one track from {1}; one undo takes it back."),
            self.tr("Imported {0} tracks from {1}; one undo takes them back."),
        )
        self.done.emit((one if count == 1 else several).format(f"{count:,}", name))
        for sequence in new:
            self.added.emit(sequence.id)


def _recognised(path: Path) -> Recognised | AppError:
    try:
        return recognise_near(path)
    except AppError as error:
        return error
