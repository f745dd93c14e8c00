"""On scaled screens a box is drawn where the mouse points and handles keep their size (a process a scale)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

_ROOT = Path(__file__).resolve().parents[2]
_SCRIPT = """
import json, sys
import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from app.views.box_handles import HANDLE_SIZE
from app.views.box_item import BoxLayer, BoxView
from app.views.palette import track_colour
from app.views.tokens import DARK
from app.views.video_view import VideoView
from tracker.geometry import BoundingBox

app = QApplication([])
view = VideoView(DARK)
view.resize(800, 600)
view.show()
QTest.qWaitForWindowExposed(view)
view.show_frame(np.zeros((480, 640, 3), dtype=np.uint8))
drawn = []
view.box_drawn.connect(drawn.append)
for zoom in (0.37, 7.3):
    view.center_on(320, 240, zoom)
    # whole steps of the mouse from the middle of the widget, which shows picture point (320, 240)
    view.start_drawing()
    QTest.mousePress(view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(400, 300))
    QTest.mouseMove(view, QPoint(440, 330))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(440, 330))
view.center_on(320, 240, 1.0)
view.set_boxes([BoxView(1, BoundingBox(220, 140, 200, 200), "", track_colour(0), BoxLayer.TRACKED, selected=True)])
image = view.grab().toImage()
ratio = view.devicePixelRatioF()
corner = view.mapping.to_widget(220, 140)
row = round((corner.y() - 3) * ratio)
left = round((corner.x() - 20) * ratio)
fill = track_colour(0).name()
width = sum(image.pixelColor(left + x, row).name() == fill for x in range(round(40 * ratio)))
print(json.dumps({"ratio": ratio, "boxes": [[b.x, b.y, b.w, b.h] for b in drawn], "handle": width / ratio}))
view.close()
"""


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_boxes_and_handles_on_a_scaled_screen(ratio: float) -> None:
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": str(ratio), "PYTHONPATH": str(_ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", _SCRIPT], env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)
    assert seen["ratio"] == ratio
    for box, zoom in zip(seen["boxes"], (0.37, 7.3), strict=True):
        # 40 x 30 logical px of mouse movement; zoom counts device px a picture px
        expected = [320, 240, 40 * ratio / zoom, 30 * ratio / zoom]
        assert box == pytest.approx(expected, abs=0.51)
        assert all(number == int(number) for number in box)
    # the ring round the fill takes 1.5 px
    assert 10 - 2.5 <= seen["handle"] <= 10
