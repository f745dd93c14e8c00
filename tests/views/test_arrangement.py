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
    images = write_images(tmp_path / "grey", 3)
    bench.window.resize(1100, 700)
    for _ in range(2):
        bench.open(images)
        bench.wait(lambda: not covered(bench))
        bench.window.actions_table[ActionId.RESET_LAYOUT].trigger()
        bench.wait(lambda: not covered(bench))
        bench.window.close_project()
