"""Three objects labelled with key events alone, drawing included; the exported boxes are exactly those in the clip.

Red is hidden behind green where they cross, blue leaves the picture and comes back. The tracker finds colours, so that
it goes wrong only where the picture gives it nothing to see, and there the annotator has to do the rest.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
from annotator import Key, Modifier, StartProgram
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from app.document.model import Track
from app.media.frame_source import Frame
from app.session.fake_tracker import FakeTracker, _result
from app.session.run_state import Phase
from app.session.session import Session
from app.views.export_dialog import ExportDialog
from app.views.main_window import MainWindow
from tracker.geometry import BoundingBox
from tracker.result import TrackResult, TrackStatus

WIDTH, HEIGHT, FRAMES = 240, 160, 41
RED, GREEN, BLUE = (220, 30, 30), (30, 200, 60), (40, 60, 220)
SHIFT, CTRL, ALT = Modifier.ShiftModifier, Modifier.ControlModifier, Modifier.AltModifier
TURN = 20


def red_at(frame: int) -> BoundingBox:
    return BoundingBox(50 + 2 * frame, 40, 24, 18)


def green_at(frame: int) -> BoundingBox:
    return BoundingBox(130 - 2 * frame, 34, 44, 30)


def blue_at(frame: int) -> BoundingBox | None:
    """What is in the picture of a square that sinks below it and rises again."""
    return BoundingBox(100, 90 + 5 * min(frame, 2 * TURN - frame), 20, 20).clipped(WIDTH, HEIGHT)


SCENE = ((RED, red_at), (BLUE, blue_at), (GREEN, green_at))
"""From the back to the front."""


def hidden(frame: int) -> bool:
    """Whether green covers red whole."""
    red, green = red_at(frame), green_at(frame)
    return green.x <= red.x and red.right <= green.right


def touched(frame: int) -> bool:
    return red_at(frame).x < green_at(frame).right and green_at(frame).x < red_at(frame).right


def write_clip(folder: Path) -> Path:
    folder.mkdir()
    for frame in range(FRAMES):
        picture = np.full((HEIGHT, WIDTH, 3), 120, np.uint8)
        for colour, box_at in SCENE:
            box = box_at(frame)
            if box is not None:
                picture[int(box.y) : int(box.bottom), int(box.x) : int(box.right)] = colour
        assert cv2.imwrite(str(folder / f"{frame:03d}.png"), picture[:, :, ::-1])
    return folder


class ColourTracker(FakeTracker):
    """Learns the colour in the middle of its first box, and finds the box round all pixels that have it."""

    def _learn(self, image: Frame, box: BoundingBox) -> TrackResult:
        if not self.learned:
            x, y = box.center
            self._colour = np.array(image[int(y), int(x)])
        return super()._learn(image, box)

    def track(self, image: Frame) -> TrackResult:
        assert self._box is not None
        rows, columns = np.nonzero((np.asarray(image) == self._colour).all(axis=2))
        if not len(rows):
            return _result(self._box, self._box, 0.05, TrackStatus.NOT_FOUND)
        x, y = float(columns.min()), float(rows.min())
        looked_at = self._box
        self._box = BoundingBox(x, y, columns.max() + 1 - x, rows.max() + 1 - y)
        return _result(self._box, looked_at, 0.9, TrackStatus.FOUND)


class Keyboard:
    """Ten fingers: every key goes to whatever has the focus."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self.window, self.qtbot = window, qtbot

    @property
    def session(self) -> Session:
        assert self.window.open_session is not None
        return self.window.open_session.session

    @property
    def track(self) -> Track:
        assert self.session.track is not None
        return self.session.track

    def until(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition, timeout=20_000)

    def press(self, key: Key, modifiers: Modifier = Modifier.NoModifier, times: int = 1) -> None:
        for _ in range(times):
            focused = QApplication.focusWidget()
            assert focused is not None
            self.qtbot.keyClick(focused, key, modifiers)

    def point(self, x: float, y: float, start: tuple[float, float]) -> None:
        """Bring the drawing cursor from ``start`` to a point: steps of ten, then of one, then Enter."""
        for distance, forth, back in (
            (x - start[0], Key.Key_Right, Key.Key_Left),
            (y - start[1], Key.Key_Down, Key.Key_Up),
        ):
            key = forth if distance > 0 else back
            tens, ones = divmod(round(abs(distance)), 10)
            self.press(key, times=tens)
            self.press(key, SHIFT, times=ones)
        self.press(Key.Key_Return)

    def draw(self, box: BoundingBox) -> None:
        """Corner by corner, when the frame is there."""
        self.until(lambda: not self.window.panels.workspace.view.veil.is_waiting)
        self.point(box.x, box.y, (WIDTH / 2, HEIGHT / 2))
        self.point(box.right, box.bottom, (box.x, box.y))

    def run(self, key: Key) -> None:
        before = self.session.run_state
        self.press(key)
        # on a busy machine the run may have ended by now
        self.until(lambda: self.session.run_state.phase is Phase.IDLE and self.session.run_state != before)

    def go_to(self, frame: int) -> None:
        """By the keys for ten frames and for one."""
        tens, ones = divmod(abs(frame - self.session.frame), 10)
        forward = frame > self.session.frame
        self.press(Key.Key_D if forward else Key.Key_A, SHIFT, times=tens)
        self.press(Key.Key_D if forward else Key.Key_A, times=ones)
        assert self.session.frame == frame

    def export(self, target: Path) -> None:
        """Ctrl+E, down to COCO, Tab to the path, type it, Enter."""

        def fill() -> None:
            if not isinstance(QApplication.activeModalWidget(), ExportDialog):
                QTimer.singleShot(20, fill)
                return
            QApplication.activeModalWidget().activateWindow()  # no window manager does it here
            QApplication.processEvents()
            formats = QApplication.focusWidget()
            assert isinstance(formats, QComboBox)
            while "COCO" not in formats.currentText():
                before = formats.currentIndex()
                self.press(Key.Key_Down)
                assert formats.currentIndex() != before
            while not isinstance(QApplication.focusWidget(), QLineEdit):
                self.press(Key.Key_Tab)
            self.press(Key.Key_A, CTRL)
            self.qtbot.keyClicks(QApplication.focusWidget(), str(target))
            self.press(Key.Key_Return)

        QTimer.singleShot(0, fill)
        self.press(Key.Key_E, CTRL)
        self.until(target.exists)


def label_red(keyboard: Keyboard) -> None:
    """Tracked to where green touches it and from where green leaves it; a straight line between, said to be hidden."""
    first = next(frame for frame in range(FRAMES) if touched(frame))
    last = next(frame for frame in range(FRAMES - 1, 0, -1) if touched(frame))
    keyboard.draw(red_at(0))
    keyboard.run(Key.Key_F)
    assert keyboard.session.run_state.text.startswith("Stopped"), "by itself, where red is hidden"
    assert first <= keyboard.session.frame < last
    keyboard.go_to(first - 1)
    keyboard.press(Key.Key_B)
    keyboard.draw(red_at(first - 1))
    keyboard.go_to(last + 1)
    keyboard.press(Key.Key_B)
    keyboard.draw(red_at(last + 1))
    keyboard.run(Key.Key_F)
    keyboard.go_to(first)
    keyboard.press(Key.Key_Y)
    keyboard.press(Key.Key_O, SHIFT)


def label_green(keyboard: Keyboard) -> None:
    keyboard.go_to(0)
    keyboard.press(Key.Key_T)
    keyboard.draw(green_at(0))
    keyboard.run(Key.Key_F)
    assert keyboard.session.frame == FRAMES - 1


def label_blue(keyboard: Keyboard) -> None:
    """Tracked until it has left the picture, said to be outside, drawn anew where it comes back."""
    gone = next(frame for frame in range(FRAMES) if blue_at(frame) is None)
    back = next(frame for frame in range(gone, FRAMES) if blue_at(frame) is not None)
    first, again = blue_at(0), blue_at(back)
    assert first is not None
    assert again is not None
    keyboard.go_to(0)
    keyboard.press(Key.Key_T)
    keyboard.draw(first)
    keyboard.run(Key.Key_F)
    assert keyboard.session.run_state.text.startswith("Stopped")
    keyboard.go_to(gone)
    keyboard.press(Key.Key_O)
    keyboard.go_to(back)
    keyboard.press(Key.Key_B)
    keyboard.draw(again)
    keyboard.run(Key.Key_F)


def exported_boxes(file: Path) -> dict[int, dict[int, tuple[float, ...]]]:
    written = json.loads(file.read_text(encoding="utf-8"))
    frames = {image["id"]: image["frame_index"] for image in written["images"]}
    boxes: dict[int, dict[int, tuple[float, ...]]] = {}
    for annotation in written["annotations"]:
        boxes.setdefault(annotation["track_id"], {})[frames[annotation["image_id"]]] = tuple(annotation["bbox"])
    return boxes


def test_three_objects_are_labelled_by_keys_alone_and_exported_exactly(
    start_program: StartProgram, qtbot: QtBot, tmp_path: Path
) -> None:
    assert any(map(hidden, range(FRAMES)))
    annotator = start_program(lambda choice: ColourTracker(choice=choice))
    annotator.window.open_path(write_clip(tmp_path / "three"))
    annotator.wait_for_picture()
    keyboard = Keyboard(annotator.window, qtbot)
    keyboard.until(lambda: annotator.view.drawing)
    label_red(keyboard)
    label_green(keyboard)
    label_blue(keyboard)
    annotator.window.activateWindow()
    keyboard.export(tmp_path / "boxes.json")

    found = exported_boxes(tmp_path / "boxes.json")
    for number, box_at in enumerate((red_at, green_at, blue_at), start=1):
        boxes = {frame: box_at(frame) for frame in range(FRAMES)}
        expected = {frame: (box.x, box.y, box.w, box.h) for frame, box in boxes.items() if box is not None}
        assert found[number] == expected, number
    assert len(found) == 3
    red = annotator.session.document.project.track(1)
    assert [frame for frame in range(FRAMES) if red.occluded_at(frame)] == [
        frame for frame in range(FRAMES) if touched(frame)
    ]
