"""The tour: at most five bubbles on the sample, skippable, and never again unless asked for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from window_fixture import Bench, make_bench, write_images

from app.settings import Settings
from app.views.action_table import ActionId

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def bench(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    for bench in make_bench(qtbot, monkeypatch):
        bench.settings.tour_done = False
        yield bench


def button(bench: Bench, *texts: str) -> QPushButton:
    return next(it for it in bench.window.tour.findChildren(QPushButton) if it.text() in texts)


def open_sample(bench: Bench) -> None:
    sample = next(
        it for it in bench.window.start_page.findChildren(QPushButton) if it.text().strip() == "Try the sample"
    )
    bench.qtbot.mouseClick(sample, LEFT)
    bench.wait(lambda: bench.window.open_session is not None and not bench.view.picture_size.isEmpty())


def test_five_steps_at_most_beside_what_they_tell_of_and_only_once(bench: Bench) -> None:
    bench.window.resize(1100, 700)
    open_sample(bench)
    tour = bench.window.tour
    bench.wait(lambda: tour.step == 1)
    steps = 0
    while tour.step:
        steps += 1
        corner = tour.mapTo(bench.window, QPoint(0, 0))
        assert bench.window.rect().contains(tour.geometry()), (steps, corner)
        bench.key(Qt.Key.Key_Return if steps % 2 else Qt.Key.Key_Space)
    assert 3 <= steps <= 5
    assert bench.session.track.keyframes.frames == [0], "Enter was the tour's and taught no tracker"
    assert Settings().tour_done
    assert bench.view.hasFocus()
    bench.window.close_project()
    open_sample(bench)
    assert tour.step == 0


def test_it_is_skipped_by_escape_or_button_and_comes_back_when_asked_for(bench: Bench) -> None:
    open_sample(bench)
    tour = bench.window.tour
    bench.wait(lambda: tour.step == 1)
    bench.qtbot.keyClick(button(bench, "Next"), Qt.Key.Key_Escape)
    assert tour.step == 0
    assert Settings().tour_done
    bench.session.go_to(20)
    bench.window.actions_table[ActionId.TOUR].trigger()  # with the sample on the screen
    bench.wait(lambda: tour.step == 1)
    assert bench.session.frame == 0
    bench.qtbot.keyClick(button(bench, "Next"), Qt.Key.Key_Escape)
    bench.window.close_project()
    bench.window.actions_table[ActionId.TOUR].trigger()
    bench.wait(lambda: tour.step == 1)
    bench.qtbot.mouseClick(button(bench, "Skip the tour"), LEFT)
    assert tour.step == 0


def test_the_window_works_under_it(bench: Bench) -> None:
    open_sample(bench)
    bench.wait(lambda: bench.window.tour.step == 1)
    bench.key(Qt.Key.Key_D)
    assert bench.session.frame == 1
    assert bench.window.tour.step == 1


def test_a_tour_that_did_not_come_about_does_not_begin_on_another_video(bench: Bench, tmp_path: Path) -> None:
    bench.window.start_tour()
    bench.window.opening.cancel()
    bench.open(write_images(tmp_path / "images", 3))
    bench.wait(lambda: bench.banner != "")
    assert bench.window.tour.step == 0
