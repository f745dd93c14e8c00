"""Thousands of Tracks in one Sequence, as in crowd data: what is done with them is done in turns, or once."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtWidgets import QMainWindow, QPushButton
from pytestqt.qtbot import QtBot

from app.document.document import create_project, open_project
from app.document.import_command import ImportTracks
from app.document.model import Category, Keyframe, Keyframes, Project, Sequence, Track
from app.document.statements import LastIds
from app.document.track_commands import MoveInOrder
from app.formats.export import export_project
from app.formats.losses import losses
from app.formats.progress import CancelledError, Progress
from app.formats.registry import ExportTarget, all_formats
from app.formats.selection import select
from app.formats.snapshot import snapshot
from app.session.track_switches import TrackSwitches
from app.settings import Settings
from app.views import export_dialog, import_dialog
from app.views.actions import Actions
from app.views.effort_dialog import EffortDialog
from app.views.export_dialog import ExportDialog
from app.views.import_dialog import ImportDialog
from app.views.palette import shown_colour
from app.views.sequence_list import SequenceList
from app.views.tokens import DARK
from app.views.track_list import TrackList
from app.views.track_model import TrackModel
from tracker.geometry import BoundingBox

COUNT = 1500


def many() -> Project:
    tracks = {
        number: Track(number, f"p {number}", 1, Keyframes({number % 90: Keyframe(BoundingBox(1, 2, 3, 4))}))
        for number in range(1, COUNT + 1)
    }
    return Project({1: Sequence(1, "crowd", "/v/crowd.mp4", 90, 640, 480, 25.0, tracks=tracks)}, {1: Category(1, "p")})


def test_export_copies_and_lists_the_tracks_in_turns_and_exports_only_when_all_are_there(
    qtbot: QtBot, tmp_path: Path
) -> None:
    project = many()
    dialog = ExportDialog(project, project.sequences[1], tmp_path)
    qtbot.addWidget(dialog)
    button = next(it for it in dialog.findChildren(QPushButton) if it.text() == "Export")
    listed = dialog._choices._tracks
    assert listed.count() + len(dialog._project.sequences[1].tracks) < COUNT
    assert not button.isEnabled()
    seen = set()
    each_turn = QTimer(dialog, interval=0)
    each_turn.timeout.connect(lambda: seen.add(listed.count()))
    each_turn.start()
    qtbot.waitUntil(button.isEnabled)
    assert listed.count() == COUNT
    assert len(seen) > 3, "in turns"
    assert dialog._project == project
    copied = dialog._project.sequences[1].tracks
    assert copied[7] is not project.sequences[1].tracks[7]
    dialog.reject()
    qtbot.waitUntil(lambda: not copied)  # track by track, beside the window
    assert len(project.sequences[1].tracks) == COUNT


def test_import_copies_the_tracks_in_turns_and_compares_only_when_all_are_there(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_dialog, "_AT_ONCE", 20)
    project = many()
    csv = next(it for it in all_formats() if it.name == "csv")
    export_project(project, ExportTarget(csv, tmp_path / "boxes.csv"))
    sequence = project.sequences[1]
    last_ids = LastIds(sequence=1, track=COUNT, category=1)
    dialog = ImportDialog(project, last_ids, sequence, tmp_path / "boxes.csv", csv, Settings())
    qtbot.addWidget(dialog)
    copied = dialog._project.sequences[1].tracks
    assert len(copied) < COUNT
    seen = set()

    def is_compared() -> bool:
        seen.add(len(copied))
        return dialog.added is not None

    qtbot.waitUntil(is_compared)
    assert len(seen) > 3, "in turns"
    assert dialog._project == project
    assert dialog._project.sequences[1].tracks[7] is not project.sequences[1].tracks[7]
    assert dialog.added is not None
    assert len(dialog.added.tracks) == COUNT
    assert any("there twice" in it for it in dialog.added.notes), "compared with all of them"
    assert dialog._read is not None
    read, before = dialog._read.project.sequences[1].tracks, dialog.added.tracks
    dialog._tolerance.setValue(3)
    qtbot.waitUntil(lambda: dialog.added is not None)
    qtbot.waitUntil(lambda: not before)
    added = dialog.added
    dialog.accept()
    qtbot.waitUntil(lambda: not copied and not read)
    assert dialog.added is added
    assert len(added.tracks) == len(project.sequences[1].tracks) == COUNT


def test_a_dialog_that_is_closed_does_not_wait_for_what_it_was_counting(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[Progress] = []

    def note(*_args: object, progress: Progress) -> list[str]:
        given.append(progress)
        return []

    monkeypatch.setattr(export_dialog, "losses", note)
    project = many()
    dialog = ExportDialog(project, project.sequences[1], tmp_path)
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: bool(given))
    assert given[0]._cancelled is not None
    dialog.reject()
    asked: list[int] = []

    def has_had_enough() -> bool:
        asked.append(1)
        return len(asked) > 3

    known = all_formats()[0]
    with pytest.raises(CancelledError):
        losses(known, select(project, dialog.options), progress=Progress(cancelled=has_had_enough))
    assert len(asked) == 4, "asked before each track"


def test_a_change_of_the_painting_order_is_said_and_written_once(tmp_path: Path, qtbot: QtBot) -> None:
    document = create_project(tmp_path / "p.dimple")
    sequence = document.add_sequence(tmp_path / "v.mp4", "v", 90, 640, 480, 25.0)
    tracks = [(sequence.id, it) for it in snapshot(many()).sequences[1].tracks.values()]
    document.push(ImportTracks(document, [Category(1, "p")], [], tracks))
    said: list[tuple[int, ...]] = []
    document.tracks_changed.connect(said.append)
    order = [it.id for it in sequence.painted()]
    document.push(MoveInOrder(document, 700, 1))
    assert said == [(700,)]
    place = order.index(700)
    order[place : place + 2] = [701, 700]
    assert [it.id for it in sequence.painted()] == order
    document.close()
    again = open_project(tmp_path / "p.dimple")
    assert [it.id for it in again.project.sequences[1].painted()] == order
    again.close()


def test_rows_are_found_without_going_through_the_list(tmp_path: Path, qtbot: QtBot) -> None:
    project = many()
    document = create_project(tmp_path / "p.dimple")
    model = TrackModel(document, project.sequences[1], TrackSwitches(document))

    class Unsearched(list[int]):
        def __contains__(self, _it: object) -> bool:
            raise AssertionError

        index = __contains__  # type: ignore[assignment]

    model._ids = Unsearched(model._ids)
    assert [model.row_of(it) for it in (0, 1, COUNT, COUNT + 1)] == [-1, 0, COUNT - 1, -1]
    document.close()


def test_a_name_of_thousands_of_characters_is_shown_as_far_as_there_is_room_and_edited_whole(
    tmp_path: Path, qtbot: QtBot
) -> None:
    project = many()
    project.sequences[1].tracks[1].name = "n" * 5000
    document = create_project(tmp_path / "p.dimple")
    document.project.categories.update(project.categories)
    model = TrackModel(document, project.sequences[1], TrackSwitches(document))
    index = model.index(0, 0)
    for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
        assert 200 < len(model.data(index, role)) < 400
    assert model.data(index, Qt.ItemDataRole.EditRole) == "n" * 5000
    document.close()


def test_the_colours_of_five_thousand_tracks_are_made_once() -> None:
    project = Project()
    tracks = [Track(number, "", 1) for number in range(1, 5001)]
    first = [shown_colour(it, project) for it in tracks]
    assert all(shown_colour(track, project) is colour for track, colour in zip(tracks, first, strict=True))


def test_the_effort_counts_the_boxes_of_a_sequence_in_turns(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    shown = Track.shown_frames

    def note(track: Track) -> object:
        asked.append(track.id)
        return shown(track)

    monkeypatch.setattr(Track, "shown_frames", note)
    dialog = EffortDialog(many(), tmp_path)
    qtbot.addWidget(dialog)
    assert 0 < len(asked) < COUNT / 2
    qtbot.waitUntil(lambda: dialog.table.rowCount() == 2)
    assert [dialog.table.item(row, 1).text() for row in range(2)] == [str(COUNT)] * 2


def test_the_boxes_of_a_sequence_are_counted_in_turns(qtbot: QtBot) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    listed = SequenceList(Actions(window), DARK, window)
    sequence = many().sequences[1]
    listed.show_sequences([sequence], 1)
    assert "boxes: …" in listed.texts[0]
    sequence.tracks[1].keyframes[5] = Keyframe(BoundingBox(1, 2, 3, 4))
    listed.model.forget_count(1)  # the person goes on meanwhile: what was counted by then does not count
    qtbot.wait(60)
    assert "boxes: …" in listed.texts[0]
    listed.show_sequences([sequence], 1)
    qtbot.waitUntil(lambda: f"boxes: {COUNT + 1}" in listed.texts[0])


def test_the_list_of_tracks_measures_only_the_rows_that_are_seen(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    data = TrackModel.data

    def note(model: TrackModel, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        asked.append(index.row())
        return data(model, index, role)

    monkeypatch.setattr(TrackModel, "data", note)
    window = QMainWindow()
    qtbot.addWidget(window)
    listed = TrackList(Actions(window))
    window.setCentralWidget(listed)
    window.resize(300, 400)
    project = many()
    document = create_project(tmp_path / "p.dimple")
    document.project.categories.update(project.categories)
    listed.set_model(TrackModel(document, project.sequences[1], TrackSwitches(document)))  # the panel comes later
    window.show()
    qtbot.waitExposed(window)
    qtbot.waitUntil(lambda: bool(asked))
    assert max(asked) < COUNT / 10
    listed.set_model(None)
    document.close()


def test_rows_of_sequences_are_laid_out_anew_only_where_they_say_something_else(qtbot: QtBot) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    listed = SequenceList(Actions(window), DARK, window)
    sequences = [Sequence(number, f"clip {number}", f"/v/{number}.mp4", 9, 64, 48, 25.0) for number in range(1, 9)]
    said: list[tuple[int, int]] = []
    listed.show_sequences(sequences, 1)
    listed.model.dataChanged.connect(lambda first, last: said.append((first.row(), last.row())))
    listed.show_sequences(sequences, 2)
    assert said == []
    sequences[3].note = "dark"
    sequences[5].tracks[1] = Track(1, "", 1)
    listed.show_sequences(sequences, 2)
    assert said[0] == (3, 5)
    assert "dark" in listed.texts[3]
    said.clear()
    listed.show_sequences(sequences[1:], 2)
    listed.show_sequences(sequences, 2)
    assert all(first == last == 0 for first, last in said)
    assert listed.texts[0].startswith("clip 1")
