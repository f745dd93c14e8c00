"""The rows of an import that say what goes where, of a data set with many sequences."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from app.document.model import Project, Sequence
from app.views import import_matches
from app.views.import_match_model import WHAT, WHERE
from app.views.import_matches import ImportMatches
from app.views.style_sheet import style_sheet


def clips(count: int) -> Project:
    return Project({it: Sequence(it, f"clip {it}", "", 100, 64, 48, 25.0) for it in range(1, count + 1)})


def shown(qtbot: QtBot, project: Project, imported: Project) -> ImportMatches:
    matches = ImportMatches(project)
    qtbot.addWidget(matches)
    matches.resize(600, 140)
    matches.show_sequences(imported)
    with qtbot.waitExposed(matches):
        matches.show()
    return matches


def editor(qtbot: QtBot, matches: ImportMatches) -> QComboBox:
    """The list box that is open."""

    def open_one() -> QComboBox | None:
        return next((it for it in matches.viewport().findChildren(QComboBox) if it.view().isVisible()), None)

    qtbot.waitUntil(lambda: open_one() is not None)
    found = open_one()
    assert found is not None
    return found


def where(matches: ImportMatches, row: int) -> str:
    return str(matches.model().index(row, WHERE).data())


def test_each_of_thousands_of_sequences_can_be_chosen_and_costs_no_widget(qtbot: QtBot) -> None:
    matches = shown(qtbot, clips(3000), clips(3000))
    assert matches.matches == {it: it for it in range(1, 3001)}
    assert len(matches.findChildren(QComboBox)) == 1, "the one that lends its looks"
    matches.setCurrentIndex(matches.model().index(2998, WHERE))
    qtbot.keyClick(matches, Qt.Key.Key_F2)
    box = editor(qtbot, matches)
    assert box.currentText() == "clip 2999"
    with qtbot.waitSignal(matches.changed):
        qtbot.keyClick(box.view(), Qt.Key.Key_End)
        qtbot.keyClick(box.view(), Qt.Key.Key_Return)
    assert where(matches, 2998) == "Leave out"
    assert 2999 not in matches.matches
    assert len(matches.matches) == 2999


def test_a_click_opens_the_choice_and_a_click_in_it_chooses(qtbot: QtBot) -> None:
    matches = shown(qtbot, clips(3), clips(3))
    place = matches.visualRect(matches.model().index(1, WHERE)).center()
    qtbot.mouseClick(matches.viewport(), Qt.MouseButton.LeftButton, pos=place)
    view = editor(qtbot, matches).view()
    with qtbot.waitSignal(matches.changed):
        third = QPoint(20, view.visualRect(view.model().index(2, 0)).center().y())
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=third)
    assert matches.matches == {1: 1, 2: 3, 3: 3}
    qtbot.waitUntil(lambda: not any(it.isVisible() for it in matches.findChildren(QComboBox)))


def test_escape_leaves_what_was_chosen(qtbot: QtBot) -> None:
    matches = shown(qtbot, clips(3), clips(3))
    heard: list[None] = []
    matches.changed.connect(lambda: heard.append(None))
    qtbot.keyClick(matches, Qt.Key.Key_Down)
    qtbot.keyClick(matches, Qt.Key.Key_Space)
    box = editor(qtbot, matches)
    qtbot.keyClick(box.view(), Qt.Key.Key_Down)
    qtbot.keyClick(box.view(), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not box.view().isVisible())
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert matches.matches == {1: 1, 2: 2, 3: 3}
    assert not heard


def test_rows_say_what_they_are(qtbot: QtBot) -> None:
    matches = shown(qtbot, clips(2), clips(2))
    model = matches.model()
    assert model.index(1, WHAT).data() == "clip 2  ·  64 × 48  ·  100 frames"
    assert model.index(1, WHERE).data(Qt.ItemDataRole.AccessibleTextRole) == "Where clip 2 goes: clip 2"
    picture = matches.grab().toImage()
    cell = matches.visualRect(model.index(0, WHERE))
    inks = {QColor(picture.pixel(x, cell.center().y())).name() for x in range(cell.left(), cell.right())}
    assert len(inks) > 3, "words in a list box"


def test_what_fits_can_be_found_out_beforehand(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    matches = ImportMatches(clips(3))
    qtbot.addWidget(matches)
    matches.offer(2)
    found = matches.finding()(clips(1))
    monkeypatch.setattr(import_matches, "match_sequences", None)  # and is not again
    matches.show_sequences(clips(1), found)
    assert matches.matches == {1: 2}


def test_what_is_chosen_stays_for_the_next_reading_until_it_is_another_one(qtbot: QtBot) -> None:
    matches = shown(qtbot, clips(40), clips(40))
    matches.model().setData(matches.model().index(29, WHERE), None)
    assert 30 not in matches.matches
    matches.show_sequences(clips(40))
    assert 30 not in matches.matches
    matches.forget()
    matches.show_sequences(clips(40))
    assert matches.matches[30] == 30


def test_a_few_rows_need_no_scroll_bar(qtbot: QtBot) -> None:
    matches = ImportMatches(clips(2))
    matches.setStyleSheet(style_sheet())
    qtbot.addWidget(matches)
    matches.show_sequences(clips(2))
    with qtbot.waitExposed(matches):
        matches.show()
    assert matches.verticalScrollBar().maximum() == 0
