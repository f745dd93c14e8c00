"""Several videos in one project, by the window's menu and keys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from dialogs import in_dialog
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QInputDialog, QListWidget, QPlainTextEdit
from pytestqt.qtbot import QtBot
from window_fixture import Bench, make_bench, write_images

from app.document.model import Category, Keyframe, Keyframes, Project, Sequence, SequenceState, Track
from app.document.project_file import read_project, write_project
from app.settings import ThemeChoice
from app.views.action_table import ActionId
from app.views.effort_dialog import EffortDialog
from app.views.project_thumbnail import SIZE, thumbnail
from tracker.geometry import BoundingBox

CTRL = Qt.KeyboardModifier.ControlModifier
Key = Qt.Key


@pytest.fixture
def bench(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    yield from make_bench(qtbot, monkeypatch)


def add(bench: Bench, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    before = bench.session.sequence.id
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_arguments: str(folder))
    bench.window.actions_table[ActionId.ADD_FOLDER].trigger()
    bench.wait(lambda: bench.session.sequence.id != before and not bench.view.picture_size.isEmpty())


@pytest.fixture
def two(bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bench:
    """A project of two Sequences, the second on the screen; the first has a Track."""
    bench.open(write_images(tmp_path / "first"))
    bench.draw(BoundingBox(40, 30, 50, 40))
    add(bench, monkeypatch, write_images(tmp_path / "second", 12))
    return bench


def texts(bench: Bench) -> list[str]:
    return bench.window.panels.sequences.texts


def test_a_folder_is_added_shown_and_listed_with_counts(two: Bench) -> None:
    assert two.session.sequence.name == "second"
    assert two.session.sequence.frame_count == 12
    two.wait(lambda: len(texts(two)) == 2)
    assert texts(two) == [
        "first\nin progress\ntracks: 1, boxes: 1",
        "second\nuntouched\ntracks: 0, boxes: 0",
    ]
    assert [it.name for it in two.session.document.project.sequences.values()] == ["first", "second"]


def test_the_same_source_again_is_shown_and_not_added(two: Bench, tmp_path: Path, monkeypatch) -> None:
    add(two, monkeypatch, tmp_path / "first")
    assert two.session.sequence.name == "first"
    assert len(two.session.document.project.sequences) == 2


def test_ctrl_page_keys_go_from_sequence_to_sequence(two: Bench) -> None:
    two.key(Key.Key_PageDown, CTRL)
    two.wait(lambda: two.session.sequence.name == "first" and not two.view.picture_size.isEmpty())
    assert two.session.track is not None
    two.key(Key.Key_PageUp, CTRL)
    assert two.session.sequence.name == "second"


def test_a_sequence_is_shown_again_where_it_was_left(two: Bench) -> None:
    two.key(Key.Key_PageDown, CTRL)
    two.wait(lambda: two.session.sequence.name == "first" and not two.view.picture_size.isEmpty())
    two.key(Key.Key_T)
    two.draw(BoundingBox(10, 10, 20, 20))
    two.session.go_to(17)
    two.key(Key.Key_PageDown, CTRL)
    assert two.session.frame == 0
    two.key(Key.Key_PageUp, CTRL)
    assert (two.session.sequence.name, two.session.frame, two.session.track_id) == ("first", 17, 2)
    two.wait(lambda: not two.view.veil.is_waiting and not two.view.picture_size.isEmpty())


def test_a_project_is_opened_again_where_it_was_closed(two: Bench, tmp_path: Path) -> None:
    two.key(Key.Key_PageDown, CTRL)
    two.wait(lambda: two.session.sequence.name == "first" and not two.view.picture_size.isEmpty())
    two.key(Key.Key_PageDown, CTRL)
    two.wait(lambda: two.session.sequence.name == "second" and not two.view.picture_size.isEmpty())
    two.session.go_to(7)
    project = two.session.document.path
    two.window.close_project()
    two.open(project)
    assert (two.session.sequence.name, two.session.frame) == ("second", 7)
    two.window.close_project()
    two.open(tmp_path / "first")
    assert (two.session.sequence.name, two.session.frame, two.session.track_id) == ("first", 0, 1)
    two.session.go_to(21)
    two.session.select_track(0)
    two.window.close_project()
    two.open(tmp_path / "first")
    assert (two.session.sequence.name, two.session.frame) == ("first", 21)
    two.wait(lambda: not two.view.veil.is_waiting)


def test_the_guide_of_an_untouched_sequence_does_not_follow_one_to_another(two: Bench) -> None:
    assert "Draw a box" in two.banner
    two.key(Key.Key_PageDown, CTRL)
    two.wait(lambda: two.session.sequence.name == "first" and not two.view.picture_size.isEmpty())
    two.key(Key.Key_T, Qt.KeyboardModifier.ShiftModifier)
    assert len(two.session.sequence.tracks) == 2
    assert "tracker can take over" not in two.banner


def test_an_undo_that_cannot_be_seen_says_where_it_was(two: Bench) -> None:
    two.key(Key.Key_Z, CTRL)
    assert two.banner == "This was in first, which is not on the screen."
    two.key(Key.Key_PageDown, CTRL)
    two.wait(lambda: two.session.sequence.name == "first" and not two.view.picture_size.isEmpty())
    two.key(Key.Key_Z, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert "not on the screen" not in two.banner
    assert two.session.sequence.tracks


def test_a_sequence_is_marked_done_and_in_progress_again(two: Bench) -> None:
    two.key(Key.Key_Return, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert two.session.sequence.state is SequenceState.DONE
    assert texts(two)[1].startswith("second\ndone")
    two.key(Key.Key_Return, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert two.session.sequence.state is SequenceState.UNTOUCHED
    two.key(Key.Key_Z, CTRL)
    assert two.session.sequence.state is SequenceState.DONE


def test_a_note_is_kept_and_shown(two: Bench) -> None:
    def write(dialog: QInputDialog) -> None:
        field = dialog.findChild(QPlainTextEdit)
        two.qtbot.keyClicks(field, "dark")
        two.qtbot.keyClick(field, Qt.Key.Key_Return)
        two.qtbot.keyClicks(field, "ask Ann")
        dialog.accept()

    in_dialog(QInputDialog, write, two.window.actions_table[ActionId.SEQUENCE_NOTE].trigger)
    assert two.session.sequence.note == "dark\nask Ann"
    assert texts(two)[1].endswith("boxes: 0\ndark")


def test_a_removed_sequence_comes_back_with_undo_and_the_last_one_stays(two: Bench) -> None:
    two.key(Key.Key_PageDown, CTRL)
    two.wait(lambda: two.session.sequence.name == "first")
    two.window.actions_table[ActionId.REMOVE_SEQUENCE].trigger()
    assert two.session.sequence.name == "second"
    assert list(two.session.document.project.sequences) == [2]
    two.window.actions_table[ActionId.REMOVE_SEQUENCE].trigger()
    assert "only sequence" in two.banner
    two.key(Key.Key_Z, CTRL)
    assert list(two.session.document.project.sequences) == [1, 2]
    assert len(two.session.document.project.sequences[1].tracks) == 1
    assert len(texts(two)) == 2


def test_a_source_that_cannot_be_read_is_told_and_nothing_changes(two: Bench, tmp_path: Path, monkeypatch) -> None:
    (tmp_path / "empty").mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_arguments: str(tmp_path / "empty"))
    two.window.actions_table[ActionId.ADD_FOLDER].trigger()
    two.wait(lambda: bool(two.told))
    assert "empty" in two.told[0]
    assert len(two.session.document.project.sequences) == 2


def test_a_copy_is_saved_and_the_work_goes_on_in_the_project(two: Bench, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_arguments: (str(tmp_path / "aside"), ""))
    two.key(Key.Key_S, CTRL | Qt.KeyboardModifier.ShiftModifier)
    two.wait(lambda: "aside.dimple" in two.banner)
    assert read_project(tmp_path / "aside.dimple").project == two.session.document.project
    assert two.session.document.path != tmp_path / "aside.dimple"


def test_a_project_that_was_left_is_listed_with_a_picture_of_it(two: Bench) -> None:
    path = two.session.document.path
    assert thumbnail(path) is None
    two.key(Key.Key_W, CTRL)
    picture = thumbnail(path)
    assert picture is not None
    listed = two.window.start_page.findChild(QListWidget)
    assert not listed.item(0).icon().pixmap(SIZE).isNull()
    assert picture.pixmap(SIZE).toImage().pixelColor(30, 20).red() in range(40, 53), "a grey frame of the second folder"


def test_icons_of_sequences_follow_the_theme(two: Bench) -> None:
    row = two.window.panels.sequences.model.index(0)
    before = row.data(Qt.ItemDataRole.DecorationRole).cacheKey()
    two.settings.theme = ThemeChoice.LIGHT
    two.wait(lambda: row.data(Qt.ItemDataRole.DecorationRole).cacheKey() != before)


@pytest.fixture
def many(bench: Bench, tmp_path: Path) -> Bench:
    """A project of 75 Sequences over one folder, a Track of three Keyframes in each."""
    folder = write_images(tmp_path / "folder")
    project = Project(categories={1: Category(1, "thing")})
    for number in range(1, 76):
        keyframes = Keyframes({frame: Keyframe(BoundingBox(10, 10, 20, 20)) for frame in (0, 10, 20)})
        track = Track(number, f"thing {number}", 1, keyframes)
        project.sequences[number] = Sequence(
            number, f"part {number}", str(folder), 30, 160, 120, 25.0, tracks={number: track}
        )
    write_project(tmp_path / "many.dimple", project)
    bench.open(tmp_path / "many.dimple")
    return bench


def test_hundreds_of_sequences_are_counted_a_few_at_a_time(many: Bench) -> None:
    many.wait(lambda: all("boxes: 3" in it for it in texts(many)))
    assert len(texts(many)) == 75
    listed = many.window.panels.sequences
    for number in (75, *range(2, 60)):
        listed.model.forget_count(number)
    listed.show_sequences(listed.model.sequences, 1)
    assert "boxes: 3" in texts(many)[1]
    assert "boxes: …" in texts(many)[74]
    many.wait(lambda: "boxes: 3" in texts(many)[74])


def test_what_changes_in_a_sequence_is_counted_again(many: Bench) -> None:
    many.wait(lambda: "boxes: 3" in texts(many)[0])
    many.session.go_to(5)
    many.window.actions_table[ActionId.DELETE_KEYFRAME].trigger()
    many.session.go_to(10)
    many.window.actions_table[ActionId.DELETE_KEYFRAME].trigger()
    many.wait(lambda: "boxes: 2" in texts(many)[0])
    many.key(Key.Key_PageDown, CTRL)
    many.wait(lambda: many.session.sequence.id == 2)
    many.key(Key.Key_Z, CTRL)
    many.wait(lambda: "boxes: 3" in texts(many)[0])
    assert "boxes: 3" in texts(many)[1]


def test_the_effort_of_hundreds_of_sequences_is_counted_a_few_at_a_time(many: Bench, tmp_path: Path) -> None:
    new = EffortDialog(many.session.document.project, tmp_path)
    many.qtbot.addWidget(new)
    assert 0 < new.table.rowCount() < 40

    def look(dialog: EffortDialog) -> None:
        many.wait(lambda: dialog.table.rowCount() == 76)
        assert [dialog.table.item(row, 0).text() for row in (0, 74, 75)] == ["part 1", "part 75", "Whole project"]
        assert {dialog.table.item(row, 1).text() for row in range(75)} == {"3"}
        assert dialog.table.item(75, 1).text() == "225"

    in_dialog(EffortDialog, look, many.window.actions_table[ActionId.EFFORT].trigger)
