"""Docks and tool bar of the window: where they stand at first, where the person has put them, and when they show."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QDockWidget, QMainWindow, QTabBar, QToolBar

from app.settings import Settings

_SIDE_WIDTH = 296
_NARROW_SIDE_WIDTH = 284
_MORE_AT_LEFT = 36
"""The list of tracks has two switches beside name, category and count."""
_ROOMY = 1300
"""A window narrower than this leaves its side panels less."""
_TIME_HEIGHT = 240
_LOW_TIME_HEIGHT = 196
_HIGH = 800
"""A window lower than this leaves the timeline less: the picture is the work."""
_VERY_HIGH, _MOST_TIME_HEIGHT = 880, 360
"""A window from here on leaves it more, for the lanes of more Tracks."""


class Arrangement(QObject):
    """Shows docks and tool bar with an open project and hides them without; remembers their places in the settings.

    Args:
        window: Has the docks already.
        settings: The person's.
        docks: On the left, on the right (behind each other), at the bottom; by the areas they were added to.
        tool_bar: Its own.
    """

    def __init__(
        self, window: QMainWindow, settings: Settings, docks: Sequence[QDockWidget], tool_bar: QToolBar
    ) -> None:
        super().__init__(window)
        self._window = window
        self._settings = settings
        self._docks = tuple(docks)
        self._tool_bar = tool_bar
        self._shown = False
        self._arrange_soon = QTimer(self, singleShot=True, interval=0)
        self._arrange_soon.timeout.connect(self._arrange)
        self._restore_soon = QTimer(self, singleShot=True, interval=0)
        self._restore_soon.timeout.connect(self._restore)
        self._tidy_soon = QTimer(self, singleShot=True, interval=0)
        self._tidy_soon.timeout.connect(self._put_lost_tabs_away)
        self._arrange()
        self._first_state = window.saveState()

    def show(self) -> None:
        """A project is open."""
        if not self._shown:
            state = self._settings.window_state
            self._shown = True
            if state.isEmpty():
                self.reset()
            else:
                self._window.restoreState(state)
                self._restore_soon.start()
        self._allow_toggling()

    def hide(self) -> None:
        """No project is open."""
        self.remember()
        self._shown = False
        for widget in (*self._docks, self._tool_bar):
            widget.hide()
        for tabs in self._tab_bars():
            tabs.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._allow_toggling()

    def remember(self) -> None:
        """Keep the places for the next project and the next start."""
        if self._shown:
            self._settings.window_state = self._window.saveState()

    def reset(self) -> None:
        """Put everything where it stands at first."""
        if self._shown:
            self._window.restoreState(self._first_state)
            # Qt lays the restored docks out with the next event, and would take sizes given now for nothing
            self._arrange_soon.start()

    def _restore(self) -> None:
        """Once more: while the page before is still laid out Qt gives the panels of a low window less than they had."""
        if self._shown:
            self._window.restoreState(self._settings.window_state)
            self._tidy_soon.start()

    def _arrange(self) -> None:
        areas: dict[Qt.DockWidgetArea, list[QDockWidget]] = {}
        for dock in self._docks:
            areas.setdefault(self._window.dockWidgetArea(dock), []).append(dock)
        for docks in areas.values():
            for dock in docks[1:]:
                self._window.tabifyDockWidget(docks[0], dock)
            docks[0].raise_()
        side = _SIDE_WIDTH if self._window.width() >= _ROOMY else _NARROW_SIDE_WIDTH
        left, right = Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea
        for area, width in ((left, side + _MORE_AT_LEFT), (right, side)):
            self._window.resizeDocks(areas.get(area, [])[:1], [width], Qt.Orientation.Horizontal)
        bottom = areas.get(Qt.DockWidgetArea.BottomDockWidgetArea, [])[:1]
        # before it is shown always the same: Qt lays docks out over the edge where it finds them as they were to be
        time = _time_height(self._window.height()) if self._shown else _TIME_HEIGHT
        self._window.resizeDocks(bottom, [time], Qt.Orientation.Vertical)
        for tabs in self._tab_bars():
            tabs.setAccessibleName(self.tr("Panels"))
        self._tidy_soon.start()

    def _put_lost_tabs_away(self) -> None:
        """Qt forgets bars of tabs when docks are arranged anew, and leaves them lying over the picture."""
        corners = {(dock.x(), dock.geometry().bottom() + 1) for dock in self._docks if not dock.isFloating()}
        kept: set[tuple[int, int]] = set()
        for tabs in reversed(self._tab_bars()):
            place = (tabs.x(), tabs.y())
            if place in corners - kept:
                kept.add(place)
                tabs.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            else:
                tabs.move(-tabs.width(), -tabs.height())
                tabs.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def _tab_bars(self) -> list[QTabBar]:
        return self._window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly)

    def _allow_toggling(self) -> None:
        for dock in self._docks:
            dock.toggleViewAction().setEnabled(self._shown)
        self._tool_bar.toggleViewAction().setEnabled(self._shown)


def _time_height(window_height: int) -> int:
    if window_height >= _VERY_HIGH:
        return min(window_height * 3 // 10, _MOST_TIME_HEIGHT)
    return _TIME_HEIGHT if window_height >= _HIGH else _LOW_TIME_HEIGHT
