"""The rows of an import that say what goes where, of a data set with many sequences."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from app.document.model import Project, Sequence
from app.views.import_matches import ImportMatches


def clips(count: int) -> Project:
    return Project({it: Sequence(it, f"clip {it}", "", 100, 64, 48, 25.0) for it in range(1, count + 1)})


def test_rows_are_made_a_few_at_a_time_and_matches_are_whole_at_once(qtbot: QtBot) -> None:
    matches = ImportMatches(clips(60))
    qtbot.addWidget(matches)
    matches.show()
    matches.show_sequences(clips(60))
    assert matches.matches == {it: it for it in range(1, 61)}
    assert len(matches.findChildren(QComboBox)) < 20
    qtbot.waitUntil(lambda: len(matches.findChildren(QComboBox)) == 60)
    assert matches.matches == {it: it for it in range(1, 61)}


def test_what_is_chosen_in_a_late_row_counts_and_stays_for_the_next_reading(qtbot: QtBot) -> None:
    matches = ImportMatches(clips(40))
    qtbot.addWidget(matches)
    matches.show()
    matches.show_sequences(clips(40))
    qtbot.waitUntil(lambda: len(matches.findChildren(QComboBox)) == 40)
    row = next(it for it in matches.findChildren(QComboBox) if it.accessibleName() == "Where clip 30 goes")
    with qtbot.waitSignal(matches.changed):
        qtbot.keyClick(row, Qt.Key.Key_End)
    assert row.currentText() == "Leave out"
    assert 30 not in matches.matches
    assert len(matches.matches) == 39
    matches.show_sequences(clips(40))
    assert 30 not in matches.matches
    matches.forget()
    matches.show_sequences(clips(40))
    assert matches.matches[30] == 30
