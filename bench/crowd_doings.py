"""What a person does among a crowd of objects, besides what is done to a huge project."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtCore import QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from app.session.run_state import Direction, Phase
from app.views.action_table import ActionId
from bench.doings import Doing, Doings

_TURN_MS = 15
"""Between two events of a mouse or a key that is held."""
_TRACKED = 40
"""Frames of a run."""


class _InTurns:
    """Does one thing after the other, each in a turn of its own."""

    def __init__(self, acts: Iterable[Callable[[], object]]) -> None:
        self._acts = iter(acts)
        self.is_done = False
        self._timer = QTimer(interval=_TURN_MS)
        self._timer.timeout.connect(self._next)

    def begin(self) -> None:
        """From the next turn on."""
        self._timer.start()

    def _next(self) -> None:
        act = next(self._acts, None)
        if act is None:
            self._timer.stop()
            self.is_done = True
        else:
            act()


def in_turns(it: Doings, what: str, acts: Iterable[Callable[[], object]]) -> None:
    """Several acts as one thing, each in a turn of its own."""
    turns = _InTurns(acts)
    it.do(what, turns.begin, lambda: turns.is_done)


def use_the_mouse(it: Doings) -> None:
    """Drag a box, draw one, zoom and move the picture."""
    view = it.hands.window.panels.workspace.view
    box = view.selected_box
    assert box is not None
    grip = view.mapping.box_rect(box.box).center().toPoint()
    in_turns(it, "drag a box", _drag(view, grip, QPoint(60, 40)))
    it.undo_and_redo("drag a box")
    it.hands.do(ActionId.DRAW)
    in_turns(it, "draw a box", _drag(view, QPoint(300, 200), QPoint(80, 60)))
    it.undo_and_redo("draw a box")
    it.hands.session.select_track(2)
    in_turns(it, "zoom in and out", [partial(turn_wheel, view, 120 if turn < 8 else -120) for turn in range(16)])
    it.hands.do(ActionId.ZOOM_TARGET)
    in_turns(it, "move the picture", _drag(view, view.rect().center(), QPoint(90, 70), Qt.MouseButton.MiddleButton))
    it.hands.do(ActionId.FOLLOW)
    in_turns(it, "follow a track", [partial(it.hands.do, ActionId.NEXT_FRAME)] * 30)
    it.hands.do(ActionId.FOLLOW)
    it.hands.do(ActionId.ZOOM_FIT)
    it.hands.do(ActionId.CROSS_HAIR)
    in_turns(it, "move the mouse", [partial(QTest.mouseMove, view, QPoint(20 * turn, 15 * turn)) for turn in range(30)])
    it.hands.do(ActionId.CROSS_HAIR)


def look(it: Doings) -> None:
    """Show more or less of the boxes."""
    for action, what in (
        (ActionId.HEATMAP, "the heat-map"),
        (ActionId.LABELS, "labels"),
        (ActionId.GHOSTS, "ghosts"),
    ):
        for _ in range(3 if action is ActionId.LABELS else 2):
            it.do(f"show or hide {what}", partial(it.hands.do, action))


def use_the_keys(it: Doings) -> None:
    """Move a box by keys, and walk through what is doubtful."""
    view = it.hands.window.panels.workspace.view
    in_turns(it, "move a box by keys", [partial(view.nudge, 1, 0)] * 30)
    it.undo_and_redo("move a box by keys")
    in_turns(it, "walk through 20 doubtful frames", [partial(it.hands.do, ActionId.NEXT_DOUBT)] * 20)
    it.edit(ActionId.ACCEPT, "accept what is doubtful")
    in_turns(it, "select 20 tracks", [partial(it.hands.do, ActionId.NEXT_TRACK)] * 20)


def use_the_lists(it: Doings) -> None:
    """Scroll the list of tracks and their lanes, and look closer at the time."""
    panels = it.hands.window.panels
    bar = panels.tracks.table.verticalScrollBar()
    in_turns(it, "scroll the tracks", [partial(bar.setValue, bar.maximum() * turn // 20) for turn in range(21)])
    lanes = panels.time.timeline
    bar = lanes.verticalScrollBar()
    in_turns(it, "scroll the lanes", [partial(bar.setValue, bar.maximum() * turn // 20) for turn in range(21)])
    in_turns(
        it,
        "look closer at the time and back",
        [
            partial(turn_wheel, lanes.viewport(), 120 if turn < 8 else -120, Qt.KeyboardModifier.ControlModifier)
            for turn in range(16)
        ],
    )
    bar = panels.review.list.verticalScrollBar()
    in_turns(it, "scroll the doubts", [partial(bar.setValue, bar.maximum() * turn // 20) for turn in range(21)])


def track_all(it: Doings) -> None:
    """A run of all tracks."""
    session = it.hands.session
    session.all_tracks = True
    run = partial(session.propagate, Direction.FORWARD, session.frame + _TRACKED)
    it.do(f"track all over {_TRACKED} frames", run, lambda: session.run_state.phase is Phase.IDLE)
    it.undo_and_redo("track all")
    session.all_tracks = False


def edit_tracks(it: Doings) -> None:
    """What changes tracks as a whole."""
    for action, what, answer in (
        (ActionId.SPLIT, "split a track", None),
        (ActionId.DUPLICATE, "duplicate a track", None),
        (ActionId.DELETE_FROM_HERE, "delete half a track", None),
        (ActionId.SWAP, "swap two tracks", QDialog.accept),
        (ActionId.MERGE, "merge two tracks", QDialog.accept),
        (ActionId.OUTSIDE, "say that an object is outside", None),
    ):
        it.hands.session.select_track(2)
        it.edit(action, what, answer)
    it.whole()


CROWD_DOINGS: dict[str, Doing] = {
    "crowd-go": Doings.go,
    "crowd-mouse": use_the_mouse,
    "crowd-look": look,
    "crowd-keys": use_the_keys,
    "crowd-lists": use_the_lists,
    "crowd-run": track_all,
    "crowd-raise": lambda it: it.edit(ActionId.RAISE, "raise a track"),
    "crowd-delete": lambda it: it.edit(ActionId.DELETE_TRACK, "delete a track"),
    "crowd-tracks": edit_tracks,
    "crowd-import": Doings.take_in,
    "crowd-dialogs": Doings.dialogs,
    "crowd-categories": Doings.categories,
}
"""By a short name, in this order."""


def _drag(
    widget: QWidget, start: QPoint, way: QPoint, button: Qt.MouseButton = Qt.MouseButton.LeftButton, steps: int = 20
) -> list[Callable[[], object]]:
    moves = [partial(QTest.mouseMove, widget, start + way * (step / steps)) for step in range(1, steps + 1)]
    return [
        partial(QTest.mousePress, widget, button, Qt.KeyboardModifier.NoModifier, start),
        *moves,
        partial(QTest.mouseRelease, widget, button, Qt.KeyboardModifier.NoModifier, start + way),
    ]


def turn_wheel(widget: QWidget, angle: int, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """One event of a mouse wheel in the middle of a widget."""
    place = QPointF(widget.rect().center())
    event = QWheelEvent(
        place,
        QPointF(widget.mapToGlobal(place.toPoint())),
        QPoint(),
        QPoint(0, angle),
        Qt.MouseButton.NoButton,
        keys,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)
