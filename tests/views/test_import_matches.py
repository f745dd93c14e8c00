"""The rows of an import that say what goes where, of a data set with many sequences."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from app.document.model import Project, Sequence
from app.views import import_matches
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


def test_each_row_of_a_project_of_a_thousand_sequences_has_a_turn_of_its_own(qtbot: QtBot) -> None:
    matches = ImportMatches(clips(1000))
    qtbot.addWidget(matches)
    matches.show()
    matches.show_sequences(clips(12))
    counts = {len(matches.findChildren(QComboBox))}
    assert max(counts) <= 2, "Qt goes through a thousand places for each"

    def are_all_there() -> bool:
        counts.add(len(matches.findChildren(QComboBox)))
        return max(counts) == 12

    qtbot.waitUntil(are_all_there)
    assert matches.matches == {it: it for it in range(1, 13)}


def test_what_fits_can_be_found_out_beforehand(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    matches = ImportMatches(clips(3))
    qtbot.addWidget(matches)
    matches.offer(2)
    found = matches.finding()(clips(1))
    monkeypatch.setattr(import_matches, "match_sequences", None)  # and is not again
    matches.show_sequences(clips(1), found)
    assert matches.matches == {1: 2}


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
