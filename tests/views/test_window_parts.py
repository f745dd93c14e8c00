"""Start page, banner, dialogs, strip and words, each by itself."""

from __future__ import annotations

import os
import re
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QColor, QPalette
from PySide6.QtWidgets import QDialogButtonBox, QLabel, QLineEdit, QListWidget, QPushButton, QSpinBox, QToolButton
from pytestqt.qtbot import QtBot

from app.media.frame_times import FrameTimes
from app.session.run_state import Phase, RunState
from app.views.action_table import ACTIONS
from app.views.banner import Banner, Tone
from app.views.go_to_frame_dialog import GoToFrameDialog
from app.views.number_margin import LEFT_MARGIN, with_margin
from app.views.opening_page import OpeningPage
from app.views.progress_line import ProgressLine
from app.views.shortcuts import Shortcuts
from app.views.shortcuts_overlay import ShortcutsOverlay, key_text
from app.views.start_page import StartPage
from app.views.status_strip import StatusStrip
from app.views.tokens import DARK, LIGHT
from app.views.wording import duration_text, seconds_of, shortened, time_text


def test_start_page_lists_projects_and_knows_the_ones_that_are_gone(qtbot: QtBot, tmp_path: Path) -> None:
    page = StartPage(DARK)
    qtbot.addWidget(page)
    there, gone = tmp_path / "a.mp4.dimple", tmp_path / "b.mp4.dimple"
    there.touch()
    page.set_recent([there, gone])
    page.resize(900, 700)
    page.show()
    recent = page.findChild(QListWidget)
    assert [recent.item(row).text().split("\n")[0] for row in range(2)] == ["a.mp4", "b.mp4"]
    left = Qt.MouseButton.LeftButton
    with qtbot.waitSignal(page.path_chosen) as chosen:
        qtbot.mouseClick(recent.viewport(), left, pos=recent.visualItemRect(recent.item(0)).center())
    assert chosen.args == [there]
    qtbot.waitUntil(lambda: "not there now" in recent.item(1).text())
    assert "not there now" not in recent.item(0).text()
    with qtbot.waitSignal(page.gone_chosen) as chosen:
        qtbot.mouseClick(recent.viewport(), left, pos=recent.visualItemRect(recent.item(1)).center())
    assert chosen.args == [gone]
    with qtbot.waitSignal(page.forget_requested) as forgotten:
        qtbot.keyClick(recent, Qt.Key.Key_Delete)
    assert forgotten.args == [gone]
    page.set_theme(LIGHT)
    assert recent.count() == 2
    assert "not there now" in recent.item(1).text()
    gone.touch()
    page.set_recent([there, gone])
    qtbot.waitUntil(lambda: "not there now" not in recent.item(1).text())


def test_start_page_waits_for_no_drive_and_gives_the_list_the_room_there_is(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = threading.Event()
    exists = os.path.exists

    def far(path: Path) -> bool:
        return answers.wait(20) and False if "far" in str(path) else exists(path)

    monkeypatch.setattr(os.path, "exists", far)
    page = StartPage(DARK)
    qtbot.addWidget(page)
    paths = [tmp_path / f"{place}{number}.dimple" for number in range(6) for place in ("far", "near")]
    page.resize(1100, 700)
    page.show()
    page.set_recent(paths)
    recent = page.findChild(QListWidget)
    qtbot.waitUntil(lambda: all("not there now" in recent.item(row).text() for row in range(1, 12, 2)))
    assert not any("not there now" in recent.item(row).text() for row in range(0, 12, 2))
    assert page.height() - recent.geometry().bottom() < 60
    answers.set()
    qtbot.waitUntil(lambda: "not there now" in recent.item(0).text())


def test_start_page_is_worked_by_keyboard(qtbot: QtBot) -> None:
    page = StartPage(DARK)
    qtbot.addWidget(page)
    page.show()
    buttons = page.findChildren(QPushButton)
    assert len(buttons) == 4
    for button, signal in zip(
        buttons,
        (page.open_video_requested, page.open_folder_requested, page.open_project_requested, page.sample_requested),
        strict=True,
    ):
        with qtbot.waitSignal(signal):
            qtbot.keyClick(button, Qt.Key.Key_Space)


def test_banner_offers_actions_and_can_be_closed(qtbot: QtBot) -> None:
    banner = Banner(DARK)
    qtbot.addWidget(banner)
    action = QAction("Retry", banner)
    banner.say(Tone.BAD, "The video cannot be read.", [action])
    assert banner.text == "The video cannot be read."
    button = next(it for it in banner.findChildren(QPushButton) if it.text() == "Retry")
    with qtbot.waitSignal(action.triggered):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    banner.say(Tone.INFO, "All is well.")
    with qtbot.waitSignal(banner.dismissed):
        qtbot.mouseClick(banner.findChild(QToolButton), Qt.MouseButton.LeftButton)
    assert banner.text == ""
    assert banner.isHidden()


def test_a_banner_without_room_has_its_buttons_below_the_sentence(qtbot: QtBot) -> None:
    banner = Banner(DARK)
    qtbot.addWidget(banner)
    banner.resize(560, 40)
    banner.show()
    text = "Frame 10: lost. Gone from frame 10 to 12? Press Enter if so, or draw the box."
    banner.say(
        Tone.DOUBT, text, [QAction(it, banner) for it in ("Accept and go on", "Draw box", "Next doubtful frame")]
    )
    label = next(it for it in banner.findChildren(QLabel) if it.text())
    buttons = banner.findChildren(QPushButton)
    for width, is_below in ((560, True), (1200, False), (560, True)):
        banner.resize(width, 80)
        qtbot.waitUntil(lambda below=is_below: (buttons[0].y() > label.geometry().bottom()) == below)
        assert label.width() >= 260
        assert max(it.geometry().right() for it in buttons) < width


def test_banner_shows_markup_as_it_is(qtbot: QtBot) -> None:
    banner = Banner(DARK)
    qtbot.addWidget(banner)
    banner.say(Tone.BAD, "<b>clip</b>.mp4 is empty.")
    label = next(it for it in banner.findChildren(QLabel) if it.text())
    assert label.textFormat() is Qt.TextFormat.PlainText


def test_opening_page(qtbot: QtBot) -> None:
    page = OpeningPage()
    qtbot.addWidget(page)
    page.begin(Path("holiday.mp4"), is_project=False)
    page.set_progress(30, 120)
    texts = [label.text() for label in page.findChildren(QLabel)]
    assert "Opening holiday.mp4" in texts
    assert any("25 %" in text for text in texts)
    with qtbot.waitSignal(page.cancelled):
        qtbot.mouseClick(page.findChild(QPushButton), Qt.MouseButton.LeftButton)


@pytest.mark.parametrize(
    ("text", "frame"),
    [("12", 12), ("0:00.52", 13), ("1.0s", 25), ("99", 99), ("100", None), ("abc", None), ("-3", None), ("", None)],
)
def test_go_to_frame_takes_numbers_and_times(qtbot: QtBot, text: str, frame: int | None) -> None:
    dialog = GoToFrameDialog(3, FrameTimes.even(100, 25.0))
    qtbot.addWidget(dialog)
    field = dialog.findChild(QLineEdit)
    field.clear()
    qtbot.keyClicks(field, text)
    assert dialog.frame == frame
    box = dialog.findChild(QDialogButtonBox)
    assert box.button(QDialogButtonBox.StandardButton.Ok).isEnabled() == (frame is not None)


@given(st.integers(0, 10**7))
def test_a_written_time_is_read_back(hundredths: int) -> None:
    assert seconds_of(time_text(hundredths / 100)) == pytest.approx(hundredths / 100, abs=1e-6)


@given(st.text(max_size=12))
def test_any_text_is_a_time_or_none(text: str) -> None:
    seconds = seconds_of(text)
    assert seconds is None or seconds >= 0


def test_a_tool_tip_shows_the_beginning_of_a_long_note() -> None:
    assert shortened("dark\nask Ann") == "dark\nask Ann"
    assert len(shortened("word " * 1000)) < 610
    assert shortened("line\n" * 200).count("\n") < 12
    assert shortened("line\n" * 200).endswith("…")


def test_durations() -> None:
    assert [duration_text(it) for it in (4.4, 65, 4800)] == ["4 s", "1:05 min", "1:20 h"]


def test_the_overlay_shows_every_action_that_has_a_key(qtbot: QtBot) -> None:
    overlay = ShortcutsOverlay(Shortcuts())
    for part in overlay.parts():
        part()
    qtbot.addWidget(overlay)
    texts = {label.text() for label in overlay.findChildren(QLabel)}
    for spec in ACTIONS:
        if spec.keys:
            assert spec.text.rstrip("…") in texts
            assert key_text(spec.keys[0]) in texts, spec.id
    overlay.show()
    with qtbot.waitSignal(overlay.rejected):
        qtbot.keyClick(overlay, Qt.Key.Key_Question)


def test_strip_says_speed_and_time_left_only_while_running(qtbot: QtBot) -> None:
    pause, stop = QAction("Pause"), QAction("Stop")
    strip = StatusStrip(pause, stop)
    qtbot.addWidget(strip)
    strip.resize(1200, 40)
    strip.show()
    strip.set_place(123, 4821, 5.12)
    strip.set_run(RunState(Phase.RUNNING, "Propagating forward", 123, 20, 100, 43.2, 12.0))
    assert strip.texts[:2] == ("Frame 123 / 4820", "0:05.12")
    assert strip.texts[3] == "12 s left  ·  43 fps  ·  Propagating forward"
    line = strip.findChild(ProgressLine)
    assert line.share == pytest.approx(0.2)
    assert line.accessibleDescription() == "20%"
    picture = line.grab().toImage()
    assert picture.pixelColor(100, 2) == line.palette().highlight().color()
    assert picture.pixelColor(600, 2) != line.palette().highlight().color()
    strip.set_run(RunState(text="Stopped."))
    assert strip.texts[3] == ""
    assert line.share == 0
    assert not [button for button in strip.findChildren(QToolButton) if button.isVisible()]


def test_every_number_field_has_room_before_the_number(qtbot: QtBot) -> None:
    """In the source: no spin box is made without it, for a style sheet cannot give it any."""
    views = Path(__file__).resolve().parents[2] / "app" / "views"
    for source in views.glob("*.py"):
        for line in source.read_text(encoding="utf-8").splitlines():
            assert not re.search(r"= Q(Double)?SpinBox\(", line), (source.name, line)
    field = with_margin(QSpinBox())
    qtbot.addWidget(field)
    assert field.findChild(QLineEdit).textMargins().left() == LEFT_MARGIN


def test_a_strip_without_room_leaves_the_least_wanted_out_whole(qtbot: QtBot) -> None:
    strip = StatusStrip(QAction("Pause"), QAction("Stop"))
    qtbot.addWidget(strip)
    strip.show()
    strip.set_place(123, 4821, 5.12)
    strip.set_box("score 0.90  ·  found")
    seen: list[str] = []
    for width in range(1200, 250, -10):  # how wide the texts are depends on the style that is in force
        strip.resize(width, 40)
        strip.set_run(RunState(Phase.RUNNING, "Propagating forward", 123, 20, 100, 43.2, 12.0))
        qtbot.wait(1)
        seen += [it.text() for it in strip.findChildren(QLabel) if "left" in it.text() and it.text() not in seen]
    assert seen == ["12 s left  ·  43 fps  ·  Propagating forward", "12 s left  ·  43 fps", "12 s left"]


def test_recent_projects_take_the_colours_of_the_theme(qtbot: QtBot, tmp_path: Path) -> None:
    page = StartPage(DARK)
    qtbot.addWidget(page)
    there, gone = tmp_path / "a.mp4.dimple", tmp_path / "b.mp4.dimple"
    there.touch()
    page.set_recent([there, gone])
    recent = page.findChild(QListWidget)
    qtbot.waitUntil(lambda: "not there now" in recent.item(1).text())
    colours = page.palette()
    colours.setColor(QPalette.ColorRole.PlaceholderText, QColor("#123456"))
    page.setPalette(colours)
    assert recent.item(1).foreground().color().name() == "#123456"
    assert recent.item(0).foreground().style() is Qt.BrushStyle.NoBrush, "the list's own"
