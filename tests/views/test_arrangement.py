"""Docks come back where they were, and nothing of an earlier arrangement stays on the window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QDockWidget, QPushButton, QTabBar
from pytestqt.qtbot import QtBot
from window_fixture import Bench, make_bench, write_images

from app.views.action_table import ActionId
from app.views.banner import Tone


@pytest.fixture
def bench(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    yield from make_bench(qtbot, monkeypatch)


def covered(bench: Bench) -> list[QRect]:
    """Places of tabs that lie over the picture or a panel."""
    workspace = bench.window.panels.workspace
    areas = [it.geometry() for it in bench.window.findChildren(QDockWidget) if it.isVisible()]
    areas.append(QRect(workspace.mapTo(bench.window, QPoint()), workspace.size()))
    bars = bench.window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly)
    places = [it.geometry() for it in bars if it.isVisible()]
    return [place for place in places if any(place.intersects(area) for area in areas)]


def test_tabs_of_an_earlier_arrangement_do_not_lie_over_the_picture(bench: Bench, tmp_path: Path) -> None:
    bench.window.resize(1100, 700)
    bench.open(write_images(tmp_path / "grey", 3))
    workspace = bench.window.panels.workspace
    # as Qt leaves one behind at times when docks are arranged anew
    lost = QTabBar(bench.window)
    lost.addTab("lost")
    lost.setGeometry(QRect(workspace.mapTo(bench.window, QPoint(20, 20)), lost.sizeHint()))
    lost.show()
    assert covered(bench) == [lost.geometry()]
    bench.window.actions_table[ActionId.RESET_LAYOUT].trigger()
    bench.wait(lambda: not covered(bench))
    kept = bench.window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly)
    assert sum(it.isVisible() and it.geometry().right() >= 0 for it in kept) == 2, "left and right docks have tabs"


@pytest.mark.parametrize(("width", "height"), [(1100, 700), (1366, 768), (1400, 820), (1440, 900), (1920, 1080)])
def test_the_timeline_is_as_wide_as_the_window_and_keeps_its_height(
    bench: Bench, tmp_path: Path, width: int, height: int
) -> None:
    bench.window.resize(width, height)
    images = write_images(tmp_path / "grey", 3)
    bench.open(images)
    time = bench.window.findChild(QDockWidget, "time")
    first = {700: 196, 768: 196, 820: 240, 900: 270, 1080: 324}[height]
    bench.wait(lambda: (time.width(), time.height()) == (width, first))
    bench.window.resizeDocks([time], [first + 20], Qt.Orientation.Vertical)
    bench.wait(lambda: time.height() == first + 20)
    bench.window.close_project()
    bench.open(images)
    bench.wait(lambda: (time.width(), time.height()) == (width, first + 20))


def test_a_message_with_many_buttons_takes_no_room_from_the_panels(bench: Bench, tmp_path: Path) -> None:
    bench.window.resize(1100, 700)
    bench.open(write_images(tmp_path / "grey", 3))
    tracks = bench.window.findChild(QDockWidget, "tracks")
    bench.wait(lambda: tracks.width() == 320)
    banner = bench.window.panels.workspace.banner
    words = ("Annehmen und weiter", "Box zeichnen", "Nächstes zweifelhaftes Bild und so fort")
    banner.say(Tone.DOUBT, "Bild 60: verloren.", [QAction(it, banner) for it in words])
    bench.qtbot.wait(50)
    assert tracks.width() == 320
    buttons = banner.findChildren(QPushButton)
    assert [it.text() for it in buttons if it.isVisible()] == list(words[:2])
    assert all(it.width() >= it.sizeHint().width() for it in buttons if it.isVisible())
    bench.window.resize(1600, 900)
    bench.wait(lambda: all(it.isVisible() for it in buttons))


def test_a_tall_message_that_goes_leaves_the_picture_where_it_is(bench: Bench, tmp_path: Path) -> None:
    bench.window.resize(1100, 700)
    bench.open(write_images(tmp_path / "grey", 3))
    tracks = bench.window.findChild(QDockWidget, "tracks")
    bench.wait(lambda: tracks.width() == 320)
    banner, view = bench.window.panels.workspace.banner, bench.view
    low = banner.height()
    tall = [QAction(words, banner) for words in ("Accept and go on", "Next doubtful frame")]
    banner.say(Tone.DOUBT, "Frame 108: low score. Press Enter if the box is right, or move it to the object.", tall)
    bench.wait(lambda: banner.height() > low)
    bench.qtbot.wait(50)
    size, high = view.size(), banner.height()
    banner.clear()
    bench.qtbot.wait(50)
    assert view.size() == size
    banner.say(Tone.INFO, "Short.")
    bench.qtbot.wait(50)
    assert (view.size(), banner.height()) == (size, high)
    bench.window.resize(1600, 900)
    bench.wait(lambda: banner.height() < high)


def test_tab_goes_to_no_panel_on_the_start_page(bench: Bench, tmp_path: Path) -> None:
    bench.open(write_images(tmp_path / "grey", 3))
    bench.window.close_project()
    bench.window.start_page.findChild(QPushButton).setFocus()
    for _ in range(10):
        focused = QApplication.focusWidget()
        assert focused is not None
        assert bench.window.start_page.isAncestorOf(focused), focused
        bench.key(Qt.Key.Key_Tab)
