"""Where the keyboard is: from the picture to the panels and back without the mouse."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QDockWidget, QMainWindow, QToolBar, QWidget

from app.views.action_table import ActionId
from app.views.panels import Panels


class PanelDock(QDockWidget):
    """A dock that says when Esc or Enter is pressed in it and nothing there wants it, or any more."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Esc comes here from a field that has no use for it, Enter when the field holds what was typed."""
        if event.key() in {Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class KeyboardPlaces(QObject):
    """Carries the keyboard from panel to panel, to the name of the Track, and back to the picture.

    Args:
        panels: The window's.
        docks: Round the picture, in the order in which they are visited.
        tool_bar: Visited last.
        window: Has them all; the Qt owner.
    """

    def __init__(self, panels: Panels, docks: Sequence[PanelDock], tool_bar: QToolBar, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._panels = panels
        self._docks = tuple(docks)
        self._tool_bar = tool_bar
        self._first = {
            panels.tracks: panels.tracks.table,
            panels.sequences: panels.sequences.list,
            panels.inspector: panels.inspector.name,
            panels.review: panels.review.list,
            panels.memory: panels.memory.list,
            panels.time: panels.time.timeline,
        }
        panels.actions.on(ActionId.NEXT_PANEL, self._next)
        panels.actions.on(ActionId.PREVIOUS_PANEL, self._previous)
        panels.actions.on(ActionId.PANEL_BEHIND, self._turn_over)
        panels.actions.on(ActionId.NAME_TRACK, self._name_track)
        for dock in self._docks:
            dock.left.connect(self._to_picture)

    def _to_picture(self) -> None:
        self._panels.workspace.view.setFocus()

    def _name_track(self) -> None:
        dock = next(it for it in self._docks if it.widget() is self._panels.inspector)
        dock.show()
        dock.raise_()
        self._panels.inspector.name.setFocus(Qt.FocusReason.TabFocusReason)
        self._panels.inspector.name.selectAll()

    def _next(self) -> None:
        self._go(1)

    def _previous(self) -> None:
        self._go(-1)

    def _go(self, step: int) -> None:
        places = self._places()
        focused = QApplication.focusWidget()
        areas = [area for area, _first in places]
        here = next((area for area in areas if focused is not None and area.isAncestorOf(focused)), areas[0])
        places[(areas.index(here) + step) % len(places)][1].setFocus(Qt.FocusReason.TabFocusReason)

    def _turn_over(self) -> None:
        """The next of the docks that lie on each other: where the keyboard is, else where the Inspector is."""
        focused = QApplication.focusWidget()
        inspector = next(it for it in self._docks if it.widget() is self._panels.inspector)
        here = next((it for it in self._docks if focused is not None and it.isAncestorOf(focused)), inspector)
        group = {here, *self._window.tabifiedDockWidgets(here)}
        pile = [it for it in self._docks if it in group and it.toggleViewAction().isChecked()]
        front = next((it for it in pile if not it.widget().visibleRegion().isEmpty()), here)
        if len(pile) < 2:  # nothing lies behind it
            return
        dock = pile[(pile.index(front) + 1) % len(pile)]
        dock.raise_()
        wanted = self._first[dock.widget()]
        inside = [wanted, *dock.widget().findChildren(QWidget)]
        first = next((it for it in inside if it.isVisibleTo(dock) and it.isEnabled() and _is_stop(it)), None)
        (first or self._panels.workspace.view).setFocus(Qt.FocusReason.TabFocusReason)

    def _places(self) -> list[tuple[QWidget, QWidget]]:
        """What can be seen, the picture first: (area, what in it gets the keyboard)."""
        places: list[tuple[QWidget, QWidget]] = [(self._panels.workspace, self._panels.workspace.view)]
        for area in (*self._docks, self._tool_bar):
            content = area.widget() if isinstance(area, QDockWidget) else area
            if not area.isVisible() or content.visibleRegion().isEmpty():
                continue  # closed, or behind another one
            wanted = self._first.get(content)
            inside = [wanted, *content.findChildren(QWidget)] if wanted is not None else content.findChildren(QWidget)
            first = next((it for it in inside if _takes_keys(it)), None)
            if first is not None:
                places.append((area, first))
        return places


def _takes_keys(widget: QWidget) -> bool:
    return widget.isVisible() and widget.isEnabled() and _is_stop(widget)


def _is_stop(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
