"""Docks come back where they were, and nothing of an earlier arrangement stays on the window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QDockWidget, QTabBar
from pytestqt.qtbot import QtBot
from window_fixture import Bench, make_bench, write_images

from app.views.action_table import ActionId


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
