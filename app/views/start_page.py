"""What the window shows without a project: how to begin, and where one was."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.views.icons import icon
from app.views.patient_look import PatientLook
from app.views.project_thumbnail import SIZE, thumbnail
from app.views.tokens import Tokens

_WIDTH = 720
_ALL = 1000
"""A share of the room beside which others are nothing: what the list does not need is left empty below it."""
_PATH_ROLE = Qt.ItemDataRole.UserRole


class StartPage(QWidget):
    """Two large actions, the recent projects, the sample, and a place to drop files on.

    Args:
        tokens: The theme in use.
        parent: Qt owner.
    """

    open_video_requested = Signal()
    open_folder_requested = Signal()
    open_project_requested = Signal()
    sample_requested = Signal()
    path_chosen = Signal(object)
    """Path of a dropped file or folder, or of a recent project."""
    gone_chosen = Signal(object)
    """Path of a recent project that is not there."""
    forget_requested = Signal(object)
    """Path of a recent project that is to be listed no more."""

    def __init__(self, tokens: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAcceptDrops(True)
        self._tokens = tokens
        self._gone: set[Path] = set()
        self._looking = PatientLook(os.path.exists, self)
        self._looking.answered.connect(self._show_presence)
        self._video = self._large(self.tr("Open video…"), self.tr("MP4, MOV, MKV, AVI and more"))
        self._folder = self._large(self.tr("Open image folder…"), self.tr("Numbered JPEG or PNG files"))
        self._project = QPushButton(" " + self.tr("Open project…"))
        self._sample = QPushButton(" " + self.tr("Try the sample"))
        self._sample.setToolTip(self.tr("A short clip with its first box drawn, to see the tracker work"))
        self._video.setProperty("primary", True)
        for button in (self._project, self._sample):
            button.setProperty("quiet", True)
        self._video.clicked.connect(self.open_video_requested)
        self._folder.clicked.connect(self.open_folder_requested)
        self._project.clicked.connect(self.open_project_requested)
        self._sample.clicked.connect(self.sample_requested)
        self._recent = QListWidget()
        self._recent.setAccessibleName(self.tr("Recent projects"))
        self._recent.setIconSize(SIZE)
        self._recent.setSpacing(2)
        self._recent.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self._recent.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._recent.itemActivated.connect(self._choose)
        self._recent.itemClicked.connect(self._choose)
        self._recent.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._recent.customContextMenuRequested.connect(self._show_menu)
        delete = QShortcut(QKeySequence.StandardKey.Delete, self._recent)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self._forget_current)
        self._no_recent = QLabel(self.tr("Projects you have worked on will be listed here."))
        self._no_recent.setProperty("role", "muted")
        self._drop = self._drop_target()
        self._build()
        self.set_theme(tokens)
        self.set_recent([])

    def set_recent(self, projects: list[Path]) -> None:
        """List these project files, the last one first; each is looked for beside the window."""
        self._list(projects)
        for path in projects:
            self._looking.at(path)

    def set_theme(self, tokens: Tokens) -> None:
        """Use other colours."""
        self._tokens = tokens
        self._video.setIcon(icon("film", tokens, tokens.on_accent))
        self._folder.setIcon(icon("images", tokens))
        self._project.setIcon(icon("folder-open", tokens))
        self._sample.setIcon(icon("play", tokens))
        self._list([self._path(self._recent.item(row)) for row in range(self._recent.count())])

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  # Qt's name
        """What is gone stays pale in another theme, too."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            for row in range(self._recent.count()):
                self._describe(self._recent.item(row))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802  # Qt's name
        """Accept files and folders."""
        if event.mimeData().hasUrls() and any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()
            self._show_drop(over=True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802  # Qt's name
        """The files were carried away."""
        self._show_drop(over=False)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802  # Qt's name
        """Open the first file or folder dropped."""
        self._show_drop(over=False)
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.path_chosen.emit(paths[0])

    def _build(self) -> None:
        title = QLabel("DiMPLE")
        title.setProperty("role", "title")
        subtitle = QLabel(
            self.tr("Draw one box; the tracker carries it through the video and learns from every correction.")
        )
        subtitle.setProperty("role", "muted")
        subtitle.setWordWrap(True)
        large = QHBoxLayout()
        large.setSpacing(16)
        large.addWidget(self._video)
        large.addWidget(self._folder)
        small = QHBoxLayout()
        small.setSpacing(16)
        small.setContentsMargins(0, 4, 0, 0)
        small.addWidget(self._project)
        small.addWidget(self._sample)
        small.addStretch(1)
        recent = QLabel(self.tr("Recent projects"))
        recent.setProperty("role", "heading")
        column = QWidget()
        column.setMaximumWidth(_WIDTH)
        column.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        layout = QVBoxLayout(column)
        layout.setContentsMargins(24, 32, 24, 32)
        layout.setSpacing(8)
        layout.addWidget(title)
        layout.addWidget(subtitle)
        layout.addSpacing(16)
        layout.addLayout(large)
        layout.addLayout(small)
        layout.addSpacing(8)
        layout.addWidget(self._drop)
        layout.addSpacing(16)
        layout.addWidget(recent)
        layout.addWidget(self._no_recent)
        layout.addWidget(self._recent, _ALL)
        layout.addStretch(1)
        outer = QHBoxLayout(self)
        outer.addStretch(1)
        outer.addWidget(column, 8)
        outer.addStretch(1)

    def _large(self, text: str, hint: str) -> QPushButton:
        button = QPushButton(f" {text}")
        button.setToolTip(hint)
        button.setAccessibleDescription(hint)
        button.setIconSize(QSize(24, 24))
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.setProperty("large", True)
        return button

    def _drop_target(self) -> QFrame:
        frame = QFrame()
        frame.setProperty("drop", "idle")
        frame.setMinimumHeight(72)
        label = QLabel(self.tr("Or drop a video, a folder of images or a project here"))
        label.setProperty("role", "muted")
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        QVBoxLayout(frame).addWidget(label)
        return frame

    def _show_drop(self, *, over: bool) -> None:
        self._drop.setProperty("drop", "over" if over else "idle")
        self._drop.style().unpolish(self._drop)
        self._drop.style().polish(self._drop)

    def _list(self, projects: list[Path]) -> None:
        row = self._recent.currentRow()
        self._recent.clear()
        for path in projects:
            item = QListWidgetItem()
            item.setData(_PATH_ROLE, str(path))
            item.setToolTip(str(path))
            self._describe(item)
            self._recent.addItem(item)
        rows = self._recent.count()
        self._recent.setCurrentRow(min(row, rows - 1))
        self._recent.setMaximumHeight(rows * (max(self._recent.sizeHintForRow(0), 0) + 2 * self._recent.spacing()) + 4)
        self._recent.setVisible(bool(projects))
        self._no_recent.setVisible(not projects)

    def _describe(self, item: QListWidgetItem) -> None:
        path = self._path(item)
        gone = path in self._gone
        name = path.name.removesuffix(".dimple")
        folder = self.tr("{0} (not there now)").format(path.parent) if gone else str(path.parent)
        item.setText(f"{name}\n{folder}")
        item.setIcon(thumbnail(path) or icon("circle-x" if gone else "history", self._tokens))
        item.setData(Qt.ItemDataRole.ForegroundRole, self.palette().placeholderText() if gone else None)

    def _show_presence(self, path: Path, there: object) -> None:
        (self._gone.discard if there else self._gone.add)(path)
        for row in range(self._recent.count()):
            if self._path(self._recent.item(row)) == path:
                self._describe(self._recent.item(row))

    def _path(self, item: QListWidgetItem) -> Path:
        return Path(item.data(_PATH_ROLE))

    def _choose(self, item: QListWidgetItem) -> None:
        path = self._path(item)
        (self.gone_chosen if path in self._gone else self.path_chosen).emit(path)

    def _show_menu(self, position: QPoint) -> None:
        if self._recent.itemAt(position) is not None:
            menu = QMenu(self)
            menu.addAction(self.tr("Take off the list"), self._forget_current)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(self._recent.viewport().mapToGlobal(position))

    def _forget_current(self) -> None:
        item = self._recent.currentItem()
        if item is not None:
            self.forget_requested.emit(self._path(item))
