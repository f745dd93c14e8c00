"""All preferences in one dialog; each is in force and written as soon as it is chosen."""

from __future__ import annotations

import enum
from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QTabWidget, QVBoxLayout, QWidget

from app.settings import Settings
from app.views.additions_page import AdditionsPage
from app.views.appearance_page import AppearancePage
from app.views.shortcut_editor import ShortcutEditor
from app.views.shortcuts import Shortcuts
from app.views.stopping_page import StoppingPage
from app.views.tracking_page import TrackingPage


class PreferencesPage(enum.IntEnum):
    """Pages of the dialog, by their place."""

    APPEARANCE = 0
    TRACKING = 1
    STOPPING = 2
    ADDITIONS = 3
    SHORTCUTS = 4


class PreferencesDialog(QDialog):
    """Appearance, tracking, stopping, additions, shortcuts; each page is made when it is shown first.

    Args:
        settings: The person's; changed at once.
        parent: Qt owner.
        page: Shown first.
    """

    def __init__(
        self,
        settings: Settings,
        parent: QWidget | None = None,
        page: PreferencesPage = PreferencesPage.APPEARANCE,
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self.setWindowTitle(self.tr("Preferences"))
        self.pages = QTabWidget()
        self.pages.setDocumentMode(True)
        self.pages.setAccessibleName(self.windowTitle())
        self._makers: dict[int, Callable[[], QWidget]] = {
            PreferencesPage.APPEARANCE: lambda: AppearancePage(settings),
            PreferencesPage.TRACKING: lambda: TrackingPage(settings),
            PreferencesPage.STOPPING: lambda: StoppingPage(settings),
            PreferencesPage.ADDITIONS: lambda: AdditionsPage(settings),
            PreferencesPage.SHORTCUTS: self._make_shortcuts,
        }
        titles = (
            self.tr("Appearance"),
            self.tr("Tracking"),
            self.tr("Stopping"),
            self.tr("Additions"),
            self.tr("Shortcuts"),
        )
        self._places: list[QVBoxLayout] = []
        for title in titles:
            widget = QWidget()
            self._places.append(QVBoxLayout(widget))
            self._places[-1].setContentsMargins(0, 0, 0, 0)
            self.pages.addTab(widget, title)
        self.pages.currentChanged.connect(self._fill)
        self._fill(page)
        self.pages.setCurrentIndex(page)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 12)
        layout.addWidget(self.pages, 1)
        row = QVBoxLayout()
        row.setContentsMargins(16, 0, 16, 0)
        row.addWidget(buttons)
        layout.addLayout(row)
        self.resize(640, 600)

    def _fill(self, page: int) -> None:
        maker = self._makers.pop(page, None)
        if maker is not None:
            self._places[page].addWidget(maker())

    def _make_shortcuts(self) -> ShortcutEditor:
        editor = ShortcutEditor(Shortcuts(self._settings.shortcuts))
        editor.changed.connect(self._use_shortcuts)
        return editor

    def _use_shortcuts(self, shortcuts: Shortcuts) -> None:
        self._settings.shortcuts = dict(shortcuts.own)
