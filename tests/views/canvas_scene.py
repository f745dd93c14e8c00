"""What the tests of the canvas share: a view with a picture, and the mouse in picture coordinates."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from app.media.frame_source import Frame
from app.views.box_item import BoxLayer, BoxView
from app.views.palette import track_colour
from app.views.tokens import DARK
from app.views.video_view import VideoView
from tracker.geometry import BoundingBox

WIDTH, HEIGHT = 640, 480


def picture(width: int = WIDTH, height: int = HEIGHT, seed: int = 0) -> Frame:
    """A frame of noise."""
    return np.random.default_rng(seed).integers(0, 256, (height, width, 3), dtype=np.uint8)


def view_with_picture(qtbot: QtBot, width: int = WIDTH, height: int = HEIGHT) -> VideoView:
    """A shown VideoView of 800 x 600 px, the picture at 100 % in its middle."""
    view = VideoView(DARK)
    qtbot.addWidget(view)
    view.resize(800, 600)
    with qtbot.waitExposed(view):
        view.show()
    with qtbot.waitSignal(view.painted):
        view.show_frame(picture(width, height))
    view.actual_size()
    return view


def at(view: VideoView, x: float, y: float) -> QPoint:
    """The widget pixel at picture point (x, y)."""
    return view.mapping.to_widget(x, y).toPoint()


def drag(qtbot: QtBot, view: VideoView, start: QPoint, stop: QPoint) -> None:
    """Press, move in three steps, release."""
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    for step in (0.3, 0.7, 1.0):
        qtbot.mouseMove(view, start + (stop - start) * step)
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=stop)


def click(qtbot: QtBot, view: VideoView, point: QPoint) -> None:
    """A left click."""
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=point)


def box_view(track_id: int, box: BoundingBox, *, selected: bool = False, **changes: object) -> BoxView:
    """A tracked box, unlocked, with a label."""
    layer = changes.get("layer", BoxLayer.TRACKED)
    assert isinstance(layer, BoxLayer)
    locked = bool(changes.get("locked", False))
    return BoxView(track_id, box, f"#{track_id}", track_colour(track_id), layer, selected, locked)
