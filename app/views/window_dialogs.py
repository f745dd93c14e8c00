"""The window's dialogs: files, export, go to, keys, messages."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QMessageBox, QWidget

from app.document.document import Document
from app.document.model import Project, Sequence
from app.errors import AppError
from app.media.fingerprint import fingerprint
from app.media.frame_times import FrameTimes
from app.settings import Settings, log_folder
from app.version import version
from app.views.actions import Actions
from app.views.command_palette import CommandPalette
from app.views.effort_dialog import EffortDialog
from app.views.export_dialog import ExportDialog
from app.views.folder_recognition import FolderRecognition
from app.views.frame_range import FrameRange
from app.views.go_to_frame_dialog import GoToFrameDialog
from app.views.preferences_dialog import PreferencesDialog, PreferencesPage
from app.views.project_opening import PROJECT_SUFFIX, ProjectOpening
from app.views.recovery_dialog import RecoveryDialog
from app.views.shortcuts import Shortcuts
from app.views.shortcuts_overlay import ShortcutsOverlay
from app.views.source_choice import choose_folder, choose_video, choose_videos, remembered
from app.views.step_by_step import StepByStep


class WindowDialogs(QObject):
    """Asks and tells; holds no state of its own.

    Args:
        window: Their parent.
        settings: Remember the last folder.
        opening: Takes what was chosen.
    """

    def __init__(self, window: QWidget, settings: Settings, opening: ProjectOpening) -> None:
        super().__init__(window)
        self._window = window
        self._settings = settings
        self._opening = opening
        self._building = StepByStep(self)

    def open_video(self) -> None:
        """Choose a video and open it."""
        self._open(choose_video(self._window, self._settings))

    def open_folder(self) -> None:
        """Choose a folder of images and open it."""
        self._open(self.choose_folder())

    def choose_videos(self) -> list[Path]:
        """Ask for videos; none where the person leaves it."""
        return choose_videos(self._window, self._settings)

    def choose_folder(self) -> Path | None:
        """Ask for a folder of images; None where the person leaves it."""
        return choose_folder(self._window, self._settings)

    def open_project(self) -> None:
        """Choose a project file and open it."""
        chosen, _filter = QFileDialog.getOpenFileName(
            self._window,
            self.tr("Open project"),
            str(self._settings.last_folder),
            f"{self.tr('DiMPLE projects')} (*{PROJECT_SUFFIX})",
        )
        self._open(remembered(chosen, self._settings))

    def ask_whether_to_forget(self, project: Path) -> None:
        """A project of the list was chosen that is not there: say so, and take it off the list if the person wants."""
        box = QMessageBox(QMessageBox.Icon.Warning, "DiMPLE", self.tr("{0} is not there now.").format(project.name))
        box.setParent(self._window, Qt.WindowType.Dialog)
        box.setInformativeText(
            self.tr("It was in {0}. Connect its drive, or open it from where it is now.").format(project.parent)
        )
        forget = box.addButton(self.tr("Take off the list"), QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Close))
        box.exec()
        if box.clickedButton() is forget:
            self._settings.forget(project)
        box.deleteLater()

    def export(self, project: Project, sequence: Sequence, frames: FrameRange | None = None) -> Path | None:
        """Export, of the Sequence only ``frames`` where there are any; where to, or None where the person left it."""
        folder, base = self._settings.last_folder, self._settings.frame_base
        dialog = ExportDialog(project, sequence, folder, frames, base, self._window)
        _run(dialog)
        if dialog.exported is not None:
            self._settings.last_folder = dialog.exported.parent
        return dialog.exported

    def choose_copy(self, project: Path) -> Path | None:
        """Ask where a copy of a project goes; None where the person leaves it."""
        proposed = project.with_name(f"{project.stem} copy{PROJECT_SUFFIX}")
        chosen, _filter = QFileDialog.getSaveFileName(
            self._window,
            self.tr("Save a copy"),
            str(proposed),
            self.tr("DiMPLE projects (*{0})").format(PROJECT_SUFFIX),
        )
        if not chosen:
            return None
        target = Path(chosen)
        return target if target.suffix == PROJECT_SUFFIX else target.with_name(target.name + PROJECT_SUFFIX)

    def may_leave(self, document: Document) -> bool:
        """Whether a project may be closed: with edits that cannot be written, only as the person decides."""
        while not document.write_now():
            box = QMessageBox(QMessageBox.Icon.Warning, "DiMPLE", self.tr("Your last edits are not in the file yet."))
            box.setParent(self._window, Qt.WindowType.Dialog)
            box.setInformativeText(
                self.tr("{0} cannot be written at the moment. What is to become of the edits?").format(document.path)
            )
            again = box.addButton(self.tr("Try again"), QMessageBox.ButtonRole.AcceptRole)
            elsewhere = box.addButton(self.tr("Save elsewhere…"), QMessageBox.ButtonRole.AcceptRole)
            without = box.addButton(self.tr("Leave without them"), QMessageBox.ButtonRole.DestructiveRole)
            stay = box.addButton(QMessageBox.StandardButton.Cancel)
            box.setDefaultButton(again)
            box.setEscapeButton(stay)
            box.exec()
            chosen = box.clickedButton()
            box.deleteLater()
            if chosen is without or (chosen is elsewhere and self._saved_elsewhere(document)):
                return True
            if chosen is stay:
                return False
        return True

    def _saved_elsewhere(self, document: Document) -> bool:
        target = self.choose_copy(document.path)
        if target is None:
            return False
        try:
            document.write_elsewhere(target)
        except AppError as error:
            self.tell(str(error))
            return False
        return True

    def show_effort(self, project: Project) -> None:
        """What the labels have cost."""
        _run(EffortDialog(project, self._settings.last_folder, self._window))

    def recover(self, project: Path, damage: str = "") -> None:
        """Let the person get a damaged project or a backup back as a new project, and open that."""
        dialog = RecoveryDialog(project, damage, self._window)
        _run(dialog)
        self._open(dialog.recovered)

    def ask_frame(self, frame: int, times: FrameTimes) -> int | None:
        """A frame to go to, or None."""
        dialog = GoToFrameDialog(frame, times, self._settings.frame_base, self._window)
        return dialog.frame if _run(dialog) else None

    def locate(self, sequence: Sequence) -> Path | None:
        """Where a Sequence's video or folder is now, or None; asks when it is another one by its content."""
        if Path(sequence.path).suffix:
            chosen, _filter = QFileDialog.getOpenFileName(
                self._window, self.tr("Where is {0}?").format(Path(sequence.path).name), str(self._settings.last_folder)
            )
        else:
            chosen = QFileDialog.getExistingDirectory(
                self._window, self.tr("Where is {0}?").format(Path(sequence.path).name), str(self._settings.last_folder)
            )
        if not chosen:
            return None
        content = self._recognise(Path(chosen))
        if not content:
            return None
        if sequence.fingerprint and content != sequence.fingerprint:
            answer = QMessageBox.question(
                self._window,
                self.tr("Another video?"),
                self.tr(
                    "{0} is not the file that was labelled. Boxes may be on wrong frames. Use it all the same?"
                ).format(Path(chosen).name),
            )
            if answer != QMessageBox.StandardButton.Yes:
                return None
        return Path(chosen)

    def _recognise(self, path: Path) -> str:
        """The fingerprint of a video or a folder; empty where the person gave up waiting, or was told why not."""
        if path.is_dir():
            dialog = FolderRecognition(path, self._window)
            dialog.exec()
            dialog.deleteLater()
            if dialog.failure:
                self.tell(dialog.failure)
            return dialog.fingerprint
        try:
            return fingerprint(path)[1]
        except AppError as error:
            self.tell(str(error))
            return ""

    def show_shortcuts(self) -> None:
        """All keys."""
        if not self._building.is_busy:
            overlay = ShortcutsOverlay(Shortcuts(self._settings.shortcuts), self._window)
            self._building.begin(*overlay.parts(), partial(_run, overlay))

    def show_palette(self, actions: Actions) -> None:
        """Let the person run any action by its name; what they choose is remembered."""
        palette = CommandPalette(actions, self._settings.recent_actions, self._window)
        if _run(palette) and palette.chosen is not None:
            self._settings.remember_action(palette.chosen.value)
            actions[palette.chosen].trigger()

    def show_preferences(self) -> None:
        """Everything a person can choose."""
        _run(PreferencesDialog(self._settings, self._window))

    def show_shortcut_editor(self) -> None:
        """The page of the preferences with the keys."""
        _run(PreferencesDialog(self._settings, self._window, PreferencesPage.SHORTCUTS))

    def show_about(self) -> None:
        """What this is, and where its log file lies."""
        QMessageBox.about(
            self._window,
            self.tr("About DiMPLE"),
            self.tr(
                "<b>DiMPLE</b> {1}<br>Label objects in video with a DiMP tracker that learns from every correction."
                "<br><br>MIT licence. Icons: Lucide (ISC).<br>Log: {0}"
            ).format(log_folder(), version()),
        )

    def show_details(self, details: str) -> None:
        """The traceback of a failure, to copy."""
        box = QMessageBox(QMessageBox.Icon.Warning, self.tr("Details"), self.tr("What went wrong, for a report:"))
        box.setParent(self._window, Qt.WindowType.Dialog)
        box.setInformativeText(self.tr("It is in the log as well: {0}").format(log_folder()))
        box.setDetailedText(details)
        _run(box)

    def tell(self, text: str) -> None:
        """One sentence that the person must see."""
        QMessageBox.warning(self._window, "DiMPLE", text)

    def say_one_at_a_time(self, path: Path) -> None:
        """Several things were dropped, of which the first is taken."""
        self.tell(
            self.tr(
                "Only {0} is opened. To have several videos or folders in one project, open the first one and add the "
                "others with File > Add videos to project."
            ).format(path.name)
        )

    def _open(self, path: Path | None) -> None:
        if path is not None:
            self._opening.open(path)


def _run(dialog: QDialog) -> int:
    """What it answers; then it goes, or each one that was ever opened would follow every change of the theme."""
    answer = dialog.exec()
    dialog.deleteLater()
    return answer
