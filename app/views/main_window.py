"""The window: start page or workspace in the middle, docks round it, and the way from one project to the next."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QSizePolicy, QStackedWidget, QToolBar, QWidget

from app.media.frame_loader import FrameLoader
from app.session.tracker_thread import TrackerThread
from app.settings import Settings
from app.views.action_table import ActionId, Menu
from app.views.actions import Actions
from app.views.arrangement import Arrangement
from app.views.box_exchange import BoxExchange
from app.views.inspector import Inspector
from app.views.keyboard_places import KeyboardPlaces, PanelDock
from app.views.memory_panel import MemoryPanel
from app.views.open_session import OpenSession
from app.views.opening_page import OpeningPage
from app.views.panels import Panels
from app.views.project_menu import ProjectMenu
from app.views.project_opening import OpenedProject, ProjectOpening
from app.views.review_panel import ReviewPanel
from app.views.sequence_list import SequenceList
from app.views.shortcuts import Shortcuts
from app.views.start_page import StartPage
from app.views.step_by_step import StepByStep
from app.views.theme import Theme
from app.views.time_panel import TimePanel
from app.views.tokens import Tokens
from app.views.tour import Tour
from app.views.tour_steps import tour_steps
from app.views.track_list import TrackList
from app.views.view_controls import ViewControls
from app.views.window_dialogs import WindowDialogs
from app.views.workspace import Workspace

MINIMUM_SIZE = QSize(1100, 700)
_FIRST_SIZE = QSize(1440, 900)
_TOOL_ICON = 20


class MainWindow(QMainWindow):
    """Everything a person sees.

    Args:
        settings: The person's.
        theme: The look in use.
        tracker: The tracker's thread; the window ends it when it closes.
        make_loader: Makes a FrameLoader for each project.
    """

    _dropped = Signal(object)

    def __init__(
        self, settings: Settings, theme: Theme, tracker: TrackerThread, make_loader: Callable[[], FrameLoader]
    ) -> None:
        super().__init__()
        self._settings = settings
        self._theme = theme
        self._tracker = tracker
        self._open: OpenSession | None = None
        self.setMinimumSize(MINIMUM_SIZE)
        self.actions_table = Actions(self, Shortcuts(settings.shortcuts))
        self.panels = Panels(
            self.actions_table,
            Workspace(self.actions_table, theme.tokens),
            TimePanel(self.actions_table, theme.tokens),
            TrackList(self.actions_table),
            Inspector(self.actions_table),
            ReviewPanel(self.actions_table, theme.tokens),
            MemoryPanel(),
            SequenceList(self.actions_table, theme.tokens),
        )
        self.start_page = StartPage(theme.tokens)
        self.opening_page = OpeningPage()
        self.opening = ProjectOpening(make_loader, self)
        self.setAcceptDrops(True)
        self._dialogs = WindowDialogs(self, settings, self.opening)
        self._exchange = BoxExchange(self, settings, self.actions_table, self._dialogs, self._opened_session)
        self._project_menu = ProjectMenu(self, self.actions_table, self._dialogs, make_loader, self._opened_session)
        self._unfolding, self._tinting = StepByStep(self), StepByStep(self)
        self._tour_wanted = self._is_closing = False
        self._pages = QStackedWidget()
        for page in (self.start_page, self.opening_page, self.panels.workspace):
            self._pages.addWidget(page)
        self.setCentralWidget(self._pages)
        self._pages.currentChanged.connect(self._fit_page)
        self._corner = QLabel()
        self._corner.setProperty("role", "muted")
        self._corner.setContentsMargins(16, 0, 8, 0)
        self._corner.setAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
        self._corner.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._docks = (
            self._dock("tracks", self.tr("Tracks"), self.panels.tracks, Qt.DockWidgetArea.LeftDockWidgetArea),
            self._dock("sequences", self.tr("Sequences"), self.panels.sequences, Qt.DockWidgetArea.LeftDockWidgetArea),
            self._dock("inspector", self.tr("Inspector"), self.panels.inspector, Qt.DockWidgetArea.RightDockWidgetArea),
            self._dock("review", self.tr("Review"), self.panels.review, Qt.DockWidgetArea.RightDockWidgetArea),
            self._dock("memory", self.tr("Memory"), self.panels.memory, Qt.DockWidgetArea.RightDockWidgetArea),
            self._dock("time", self.tr("Timeline"), self.panels.time, Qt.DockWidgetArea.BottomDockWidgetArea),
        )
        self._tool_bar = self._make_tool_bar()
        self._make_menus()
        self._places = KeyboardPlaces(self.panels, self._docks, self._tool_bar, self)
        self._arrangement = Arrangement(self, settings, self._docks, self._tool_bar)
        self.view_controls = ViewControls(settings, self.panels, self)
        self.tour = Tour(self, tour_steps(self.panels, self._tool_bar, self.menuBar()))
        self._connect()
        for tint in self.actions_table.tinting(theme.tokens):
            tint()
        for step in self._theming(theme.tokens):
            step()
        self.resize(_FIRST_SIZE)
        if not settings.window_geometry.isEmpty():
            self.restoreGeometry(settings.window_geometry)
        self._show_start()

    @property
    def open_session(self) -> OpenSession | None:
        """The open project, or None on the start page and before a Sequence is shown."""
        return self._open if self._open is not None and self._open.session.sequence is not None else None

    def _opened_session(self) -> OpenSession | None:
        return self._open

    def open_path(self, path: Path) -> None:
        """Open a video, an image folder or a project."""
        self.opening.open(path)

    def open_sample(self) -> None:
        """Open the sample clip."""
        self._tour_wanted = not self._settings.tour_done
        self.opening.open_sample()

    def start_tour(self) -> None:
        """Open the sample clip and show the first steps on it."""
        self._settings.tour_done = False
        self.open_sample()

    def close_project(self) -> None:
        """Back to the start page; everything is saved already, or the person has been asked."""
        if not self._may_leave():
            return
        self.tour.finish()
        self._close_session()
        self._show_start()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802  # Qt's name
        """Write what is left and end the threads; what takes long is written first, beside the window."""
        self._is_closing = self._open is not None and self._open.is_busy
        # a dialog is left before what it was opened for: it would stay alone, and the program with it
        if self._is_closing or QApplication.activeModalWidget() is not None or not self._may_leave():
            event.ignore()
            return
        self._arrangement.remember()
        self._settings.window_geometry = self.saveGeometry()
        self._settings.flush()
        self.opening.close()
        self._close_session()
        self._tracker.shutdown()
        super().closeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """A key that nobody has taken may be that of an action greyed out: the person hears why."""
        if self.open_session is not None and not event.isAutoRepeat():
            self.open_session.explain(event.keyCombination())
        super().keyPressEvent(event)

    def _close_at_last(self) -> None:
        if self._is_closing:
            self.close()

    # Building

    def _dock(self, name: str, title: str, content: QWidget, area: Qt.DockWidgetArea) -> PanelDock:
        dock = PanelDock(title, self)
        dock.setObjectName(name)
        dock.setWidget(content)
        self.addDockWidget(area, dock)
        return dock

    def _make_tool_bar(self) -> QToolBar:
        bar = QToolBar(self.tr("Tools"))
        bar.setObjectName("tools")
        bar.setIconSize(QSize(_TOOL_ICON, _TOOL_ICON))
        self.actions_table.fill_tool_bar(bar)
        bar.addWidget(self._corner)
        self.addToolBar(bar)
        return bar

    def _make_menus(self) -> None:
        menus = self.actions_table.fill_menu_bar(self.menuBar())
        panels = menus[Menu.VIEW].addMenu(self.tr("Panels"))
        for area in (*self._docks, self._tool_bar):
            panels.addAction(area.toggleViewAction())

    def _begin_tour(self) -> None:
        if self._tour_wanted and self._open is not None and self._open.document.path == self.opening.sample_project:
            self._tour_wanted = False
            self._open.session.go_to(0)  # where the first box is
            self.tour.start()

    def _tour_finished(self) -> None:
        self._settings.tour_done = True
        self.panels.workspace.view.setFocus()

    def _connect(self) -> None:
        actions, page, opening = self.actions_table, self.start_page, self.opening
        actions.on(ActionId.OPEN_VIDEO, self._dialogs.open_video)
        actions.on(ActionId.OPEN_FOLDER, self._dialogs.open_folder)
        actions.on(ActionId.OPEN_PROJECT, self._dialogs.open_project)
        actions.on(ActionId.SHOW_START, self.close_project)
        actions.on(ActionId.QUIT, self.close)
        actions.on(ActionId.GO_TO_FRAME, self._go_to_frame)
        actions.on(ActionId.SHORTCUTS, self._dialogs.show_shortcuts)
        actions.on(ActionId.PALETTE, partial(self._dialogs.show_palette, actions))
        actions.on(ActionId.TOUR, self.start_tour)
        self.tour.finished.connect(self._tour_finished)
        actions.on(ActionId.EDIT_SHORTCUTS, self._dialogs.show_shortcut_editor)
        actions.on(ActionId.PREFERENCES, self._dialogs.show_preferences)
        actions.on(ActionId.ABOUT, self._dialogs.show_about)
        actions.on(ActionId.RESET_LAYOUT, self._arrangement.reset)
        page.open_video_requested.connect(self._dialogs.open_video)
        page.open_folder_requested.connect(self._dialogs.open_folder)
        page.open_project_requested.connect(self._dialogs.open_project)
        page.sample_requested.connect(self.open_sample)
        page.path_chosen.connect(opening.open)
        page.gone_chosen.connect(self._dialogs.ask_whether_to_forget)
        page.forget_requested.connect(self._settings.forget)
        self.opening_page.begun.connect(self._show_opening)
        self.opening_page.cancelled.connect(opening.cancel)
        opening.started.connect(self.opening_page.begin)
        opening.waiting.connect(self.opening_page.wait)
        opening.progress.connect(self.opening_page.set_progress)
        opening.opened.connect(self._show_project)
        opening.failed.connect(self._opening_failed)
        opening.damaged.connect(self._recover)
        opening.cancelled.connect(self._show_page)
        opening.opened_already.connect(self._show_page)
        opening.opened_already.connect(self._begin_tour)
        # the drop itself must end before a dialog opens
        self._exchange.other_dropped.connect(opening.open)
        self._dropped.connect(self._take_dropped, Qt.ConnectionType.QueuedConnection)
        self._settings.recent_changed.connect(self._show_recent)
        self._settings.shortcuts_changed.connect(self._use_shortcuts)
        self._settings.changed.connect(self._follow_setting)
        self._theme.changed.connect(self._change_theme)

    # From page to page

    def _show_opening(self) -> None:
        self._tracker.warm_up(self._settings.model)  # while the person waits anyway
        self._arrangement.hide()
        self._pages.setCurrentWidget(self.opening_page)
        self.actions_table.allow(sequence=False, track=False, box=False, keyframe=False)

    def _may_leave(self) -> bool:
        if self._open is None:
            return True
        self._open.session.edits.making.settle()
        return self._dialogs.may_leave(self._open.document)

    def _show_project(self, opened: OpenedProject) -> None:
        if not self._may_leave():
            opened.loader.close()
            opened.document.close()
            self._show_page()
            return
        self._close_session()
        self._settings.remember(opened.document.path)
        self.opening.current = opened.document.path
        self._open = OpenSession(opened, self._tracker, self._settings, self.panels, self)
        self.view_controls.show_plain_light()
        self._open.export_wanted.connect(self._exchange.export)
        self._open.saved_changed.connect(self._show_saved)
        self._open.free.connect(self._close_at_last, Qt.ConnectionType.QueuedConnection)
        self._open.ready.connect(self._begin_tour)
        self._open.details_wanted.connect(self._dialogs.show_details)
        self._open.locate_wanted.connect(self._locate)
        self._project_menu.begin(self._open)
        self._unfolding.begin(self._show_page, *self._open.lists, partial(self._show_first, opened))

    def _show_first(self, opened: OpenedProject) -> None:
        assert self._open is not None
        self._open.show_first(opened)
        self._show_saved(True)

    def _opening_failed(self, text: str) -> None:
        self._show_page()
        self._dialogs.tell(text)

    def _recover(self, project: Path, damage: str) -> None:
        self._show_page()
        self._dialogs.recover(project, damage)

    def _show_page(self) -> None:
        """The workspace where a project is open, else the start page."""
        if self._open is None:
            self._show_start()
            return
        self._pages.setCurrentWidget(self.panels.workspace)
        self._arrangement.show()
        if self._open.session.sequence is not None:
            self._open.allow_anew()

    def _fit_page(self, _place: int) -> None:
        """Only the page that is shown says how much room it needs at least; the lanes get the rest."""
        for page in (self.start_page, self.opening_page, self.panels.workspace):
            shown = page is self._pages.currentWidget()
            policy = QSizePolicy.Policy.Preferred if shown else QSizePolicy.Policy.Ignored
            page.setSizePolicy(policy, policy)

    def _show_start(self) -> None:
        self.actions_table.allow(sequence=False, track=False, box=False, keyframe=False)
        self._show_recent()
        self._arrangement.hide()
        self._pages.setCurrentWidget(self.start_page)
        self._corner.clear()
        self.setWindowTitle("DiMPLE")

    def _show_recent(self) -> None:
        self.start_page.set_recent(self._settings.recent)

    def _close_session(self) -> None:
        self._unfolding.forget()
        self._project_menu.close()
        if self._open is not None:
            self._open.close()
            self._open = None
            self.opening.current = None

    def _show_saved(self, saved: bool) -> None:
        if self._open is None or self._open.session.sequence is None:
            return
        name = self._open.session.sequence.name
        if self._open.document.read_only:
            state = self.tr("read only")
        elif self._open.is_busy:
            state = self.tr("saving…")
        else:
            state = self.tr("saved") if saved else self.tr("not saved")
        self._corner.setText(f"{name}  ·  {state}")
        self._corner.setToolTip(str(self._open.document.path))
        self.setWindowTitle(f"{name} – DiMPLE")

    # Actions that need the window

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802  # Qt's name
        """Accept files and folders."""
        if event.mimeData().hasUrls() and any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802  # Qt's name
        """Import a dropped file of boxes into the open project; open anything else."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self._dropped.emit(paths)

    def _take_dropped(self, paths: list[Path]) -> None:
        path, *others = paths
        if others:
            self._dialogs.say_one_at_a_time(path)
        self._exchange.take_dropped(path)

    def _go_to_frame(self) -> None:
        if self._open is not None and self._open.session.sequence is not None:
            frame = self._dialogs.ask_frame(self._open.session.frame, self._open.session.times)
            if frame is not None:
                self._open.session.go_to(frame)

    def _locate(self) -> None:
        if self._open is not None and self._open.session.sequence is not None:
            sequence = self._open.session.sequence
            path = self._dialogs.locate(sequence)
            if path is not None:
                self._open.relocate(path)

    def _use_shortcuts(self) -> None:
        self.actions_table.use_shortcuts(Shortcuts(self._settings.shortcuts))

    def _follow_setting(self, name: str) -> None:
        if name == "theme":
            self._theme.choose(self._settings.theme)
        elif name == "model" and self._open is not None:
            self._open.session.model = self._settings.model

    def _change_theme(self, tokens: Tokens) -> None:
        self._tinting.forget()
        self._tinting.begin(*self._theming(tokens), *self.actions_table.tinting(tokens))

    def _theming(self, tokens: Tokens) -> list[Callable[[], None]]:
        panels = self.panels
        themed = (self.start_page, panels.workspace, panels.time, panels.review, panels.sequences)
        return [partial(part.set_theme, tokens) for part in themed]
