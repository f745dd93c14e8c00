"""What can be got back: of a damaged project what can still be read, of any project its backups; into new files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QDateTime, QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.document.backup import Backup, backups_of, free_name, restore
from app.document.salvage import Salvaged, salvage
from app.formats.progress import Progress
from app.views.background import Background

_ROW = 34


@dataclass(frozen=True, slots=True)
class _Way:
    """One row of the list."""

    text: str
    work: Callable[[Progress], object]


class RecoveryDialog(QDialog):
    """Lets the person choose one way, goes it in a thread, and says exactly what was lost.

    Args:
        project: The damaged or the open project; never changed.
        damage: What is wrong with it, a sentence; empty where nothing is.
        parent: Qt owner.

    Attributes:
        recovered: The new project that the person wants to open; None for none.
    """

    def __init__(self, project: Path, damage: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._project = project
        self.recovered: Path | None = None
        self._made: Path | None = None
        self._background = Background(self)
        self._background.finished.connect(self._show_made)
        self._background.failed.connect(self._show_failure)
        self.setWindowTitle(self.tr("Recover a project") if damage else self.tr("Restore a backup"))
        self._ways = self._find_ways(damage)
        self.resize(640, 420 if self._ways else 180)
        self._explained = _wrapped(self._explanation(damage))
        self._list = QListWidget()
        self._list.setAccessibleName(self.tr("What can be got back"))
        self._list.setUniformItemSizes(True)
        for way in self._ways:
            item = QListWidgetItem(way.text)
            item.setSizeHint(QSize(0, _ROW))
            self._list.addItem(item)
        self._list.setCurrentRow(0)
        self._list.itemDoubleClicked.connect(self._begin)
        self._losses = QPlainTextEdit()
        self._losses.setReadOnly(True)
        self._losses.setAccessibleName(self.tr("What was lost"))
        self._pages = QStackedWidget()
        self._pages.addWidget(self._list)
        self._pages.addWidget(self._losses)
        self._pages.setVisible(bool(self._ways))
        self._progress = QProgressBar()
        self._progress.setRange(0, 0)
        self._progress.setTextVisible(False)
        self._progress.hide()
        self._promise = _wrapped(self.tr("{0} itself stays as it is.").format(project), muted=True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self._go = QPushButton(self.tr("Make a new project of it"))
        self._go.setDefault(True)
        self._go.setEnabled(bool(self._ways))
        self._go.clicked.connect(self._begin)
        buttons.addButton(self._go, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        for widget in (self._explained, self._pages, self._progress, self._promise, buttons):
            layout.addWidget(widget)
        layout.setStretch(1 if self._ways else 0, 1)

    def done(self, result: int) -> None:
        """End the thread, however the dialog is left."""
        self._background.close()
        super().done(result)

    def _find_ways(self, damage: str) -> list[_Way]:
        ways = []
        if damage and self._project.exists():
            target = free_name(self._project, "recovered")
            ways.append(_Way(self.tr("Everything that can still be read of the file"), lambda _: self._salvage(target)))
        return ways + [self._way_of(backup) for backup in backups_of(self._project)]

    def _way_of(self, backup: Backup) -> _Way:
        return _Way(self._backup_text(backup), lambda _: restore(backup, self._project))

    def _salvage(self, target: Path) -> Salvaged:
        return salvage(self._project, target)

    def _backup_text(self, backup: Backup) -> str:
        made = QDateTime.fromSecsSinceEpoch(int(backup.made.timestamp())).toString("yyyy-MM-dd hh:mm")
        return self.tr("Backup of {0}  ({1:.1f} MB)").format(made, backup.size / 1e6)

    def _explanation(self, damage: str) -> str:
        if not self._ways and damage:
            return f"{damage} {self.tr('There is no backup of it.')}"
        if not self._ways:
            return self.tr("This project has no backup yet: one is made soon after it is opened, and every half hour.")
        if damage:
            return f"{damage}\n\n{self.tr('Choose what a new project is made of:')}"
        return self.tr("Choose a backup; a new project is made of it, beside the present one:")

    def _begin(self) -> None:
        if self._made is not None:
            self.recovered = self._made
            self.accept()
        elif not self._background.is_busy and self._list.currentRow() >= 0:
            self._go.setEnabled(False)
            self._progress.show()
            self._background.submit(self._ways[self._list.currentRow()].work)

    def _show_made(self, made: object) -> None:
        self._progress.hide()
        self._go.setEnabled(True)
        self._go.setText(self.tr("Open the new project"))
        self._go.setDefault(True)
        self._go.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(made, Salvaged):
            self._made = made.path
            self._explained.setText(self._found_text(made))
            self._losses.setPlainText("\n".join(made.losses))
            self._losses.setVisible(bool(made.losses))
            self._pages.setCurrentWidget(self._losses)
        elif isinstance(made, Path):
            self._begin_with(made)

    def _begin_with(self, restored: Path) -> None:
        """A backup is whole: there is nothing to tell before it is opened."""
        self._made = restored
        self._begin()

    def _found_text(self, made: Salvaged) -> str:
        found = self.tr("The new project {1} holds boxes: {0}.").format(f"{made.boxes:,}", made.path)
        lost = self.tr("This could not be got back:") if made.losses else self.tr("Nothing is known to be lost.")
        return f"{found}\n\n{lost}"

    def _show_failure(self, text: str) -> None:
        self._progress.hide()
        self._go.setEnabled(True)
        self._explained.setText(text)


def _wrapped(text: str, *, muted: bool = False) -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if muted:
        label.setProperty("role", "muted")
    return label
