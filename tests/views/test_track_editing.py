"""Whole tracks and many frames, by the keys of the window."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from dialogs import in_dialog
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QInputDialog,
    QLineEdit,
    QListWidget,
    QScrollArea,
    QSpinBox,
    QWidget,
)
from pytestqt.qtbot import QtBot
from window_fixture import Bench, make_bench, write_images

from app.document.attributes import AttributeKind
from app.document.commands import DefineAttribute, RenameTrack, SetKeyframe
from app.document.model import Gap, Keyframe, Source, Track
from app.document.project_file import read_project
from app.session.run_state import Phase
from app.views.action_table import ActionId
from app.views.effort_dialog import EffortDialog
from app.views.other_track_dialog import MergeDialog, OtherTrackDialog
from app.views.track_model import COLUMN_FRAMES
from tracker.geometry import BoundingBox

BOX = BoundingBox(40, 30, 50, 40)
FAR = BoundingBox(10, 60, 20, 20)
CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
Key = Qt.Key


@pytest.fixture
def bench(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    yield from make_bench(qtbot, monkeypatch)


@pytest.fixture
def seated(bench: Bench, tmp_path: Path) -> Bench:
    """A window with one Track that has a keyframe on frame 0."""
    bench.open(write_images(tmp_path / "grey"))
    bench.draw(BOX)
    assert bench.session.track is not None
    return bench


def set_keyframe(bench: Bench, frame: int, box: BoundingBox | None) -> None:
    bench.session.document.push(SetKeyframe(bench.session.document, bench.session.track_id, frame, Keyframe(box)))


def second_track(bench: Bench, frame: int, box: BoundingBox = FAR) -> int:
    bench.session.go_to(frame)
    return bench.session.create_track(box, next(iter(bench.session.document.project.categories)))


def answer(bench: Bench, key: Qt.Key, *, seen: list[str] | None = None) -> None:
    """Press a key in the list of tracks of the dialog that opens next; remember what a merge says first."""

    def press() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, OtherTrackDialog)
        if seen is not None and isinstance(dialog, MergeDialog):
            seen.append(dialog.preview)
        bench.qtbot.keyClick(dialog.findChild(QListWidget), key)
        if dialog.isVisible():
            dialog.reject()
            raise AssertionError("the key did not end the dialog")

    QTimer.singleShot(50, press)


def test_o_says_outside_until_o_says_it_is_back(seated: Bench) -> None:
    track = seated.session.track
    seated.key(Key.Key_D, SHIFT)
    seated.key(Key.Key_O)
    assert track.keyframes[10] == Keyframe(None)
    assert seated.window.panels.inspector.state.span_text == "Outside from frame 10 on."
    seated.key(Key.Key_D, SHIFT)
    assert track.source_at(20) is Source.OUTSIDE
    seated.key(Key.Key_O)
    assert track.keyframes[20].box == track.keyframes[0].box
    seated.key(Key.Key_A)
    seated.wait(lambda: seated.window.panels.inspector.state.span_text == "Outside from frame 10 to 19.")
    seated.key(Key.Key_Z, CTRL)
    seated.key(Key.Key_A, SHIFT)
    seated.key(Key.Key_D)
    assert seated.session.frame == 10
    seated.key(Key.Key_O)
    assert list(track.keyframes) == [0], "O on the frame that says so takes it back"


def test_occluded_and_visibility_hold_on_and_stay_when_the_box_moves(seated: Bench) -> None:
    track = seated.session.track
    seated.key(Key.Key_O, SHIFT)
    assert track.keyframes[0].occluded
    field = seated.window.panels.inspector.state._visibility
    field.setFocus()
    field.selectAll()
    seated.qtbot.keyClicks(field, "30")
    seated.qtbot.keyClick(field, Key.Key_Tab)
    assert track.keyframes[0].visibility == 0.3
    seated.view.setFocus()
    seated.key(Key.Key_Right)
    assert (track.keyframes[0].occluded, track.keyframes[0].visibility) == (True, 0.3)
    seated.key(Key.Key_O, SHIFT)
    assert not track.keyframes[0].occluded


def test_y_makes_a_gap_a_straight_line_and_back(seated: Bench) -> None:
    track = seated.session.track
    set_keyframe(seated, 10, FAR)
    seated.session.go_to(5)
    seated.key(Key.Key_Y)
    first = track.keyframes[0].box
    middle = track.box_at(5)
    assert (middle.x, middle.y) == pytest.approx(((first.x + FAR.x) / 2, (first.y + FAR.y) / 2))
    assert seated.window.panels.workspace.strip.texts[2] == "on a straight line"
    seated.wait(lambda: seated.view.selected_box is not None and seated.view.selected_box.box == middle)
    seated.key(Key.Key_Right)
    assert track.keyframes[5].gap is Gap.INTERPOLATED, "a box set on the line divides it in two lines"
    assert track.source_at(7) is Source.INTERPOLATED
    seated.key(Key.Key_Z, CTRL)
    seated.key(Key.Key_Y)
    assert track.box_at(5) is None


def test_y_outside_a_gap_says_why_it_does_nothing(seated: Bench) -> None:
    seated.key(Key.Key_Y)
    assert "between two keyframes" in seated.banner


def test_copy_paste_and_copy_to_the_next_frames(seated: Bench) -> None:
    track = seated.session.track
    first = track.keyframes[0].box
    seated.key(Key.Key_C, CTRL)
    seated.key(Key.Key_D, SHIFT)
    seated.key(Key.Key_V, CTRL)
    assert track.keyframes[10].box == first

    def five(dialog: QInputDialog) -> None:
        margins = dialog.layout().contentsMargins()
        assert {margins.left(), margins.top(), margins.right(), margins.bottom()} == {16}, "as in all dialogs"
        seated.qtbot.keyClicks(dialog.findChild(QSpinBox), "5")
        seated.qtbot.keyClick(dialog, Key.Key_Return)

    in_dialog(QInputDialog, five, lambda: seated.key(Key.Key_B, CTRL))
    assert list(track.keyframes) == [0, 10, 11, 12, 13, 14, 15]
    seated.activate()
    seated.key(Key.Key_Z, CTRL)
    assert list(track.keyframes) == [0, 10]


def test_paste_without_a_track_begins_one(seated: Bench) -> None:
    seated.key(Key.Key_C, CTRL)
    seated.session.select_track(0)
    seated.key(Key.Key_V, CTRL)
    assert len(seated.session.sequence.tracks) == 2
    assert seated.session.track.keyframes[0].box == seated.session.sequence.tracks[1].keyframes[0].box


def test_split_selects_the_new_track_and_undo_joins_them_again(seated: Bench) -> None:
    old = seated.session.track
    set_keyframe(seated, 10, FAR)
    seated.session.go_to(8)
    seated.key(Key.Key_S)
    new = seated.session.track
    assert new is not old
    assert (list(old.keyframes), list(new.keyframes)) == ([0], [10])
    seated.key(Key.Key_Z, CTRL)
    assert list(seated.session.sequence.tracks) == [old.id]
    assert list(old.keyframes) == [0, 10]


def test_merging_shows_where_both_have_boxes_before_anything_happens(seated: Bench) -> None:
    kept = seated.session.track
    set_keyframe(seated, 10, BOX)
    other = second_track(seated, 10)
    set_keyframe(seated, 12, FAR)
    seated.session.select_track(kept.id)
    seen: list[str] = []
    answer(seated, Key.Key_Escape, seen=seen)
    seated.key(Key.Key_M)
    assert seen == ["Frames on which both have boxes: 1 (10)."]
    assert other in seated.session.sequence.tracks
    seated.activate()
    answer(seated, Key.Key_Return)
    seated.key(Key.Key_M)
    assert list(seated.session.sequence.tracks) == [kept.id]
    assert {frame: it.box for frame, it in kept.keyframes.items() if frame} == {10: BOX, 12: FAR}


def test_swapping_from_a_frame_on(seated: Bench) -> None:
    one = seated.session.track
    set_keyframe(seated, 10, BOX)
    other = seated.session.sequence.tracks[second_track(seated, 10)]
    answer(seated, Key.Key_Return)
    seated.key(Key.Key_S, SHIFT)
    assert one.keyframes[10].box == FAR
    assert other.keyframes[10].box == BOX
    assert 0 in one.keyframes


def test_delete_takes_the_keyframe_then_the_tracked_box_and_then_the_rest(seated: Bench) -> None:
    track = seated.session.track
    seated.key(Key.Key_F)
    seated.wait(lambda: seated.session.run_state.phase is Phase.IDLE and seated.session.frame == 29)
    seated.session.go_to(10)
    seated.key(Key.Key_Right)
    seated.key(Key.Key_Delete)
    assert track.source_at(10) is Source.TRACKED
    seated.key(Key.Key_Delete)
    assert track.source_at(10) is Source.NOTHING
    assert track.source_at(9) is track.source_at(11) is Source.TRACKED
    seated.session.go_to(20)
    seated.key(Key.Key_Delete, CTRL)
    assert track.boxes.frames().tolist() == [*range(1, 10), *range(11, 20)]
    seated.key(Key.Key_Z, CTRL)
    assert track.boxes.frames().tolist()[-1] == 29


def test_raise_and_lower_change_what_lies_on_top(seated: Bench) -> None:
    one = seated.session.track_id
    other = second_track(seated, 0)
    painted = seated.session.sequence.painted
    assert [it.id for it in painted()] == [one, other]
    seated.key(Key.Key_BracketLeft, CTRL)
    assert [it.id for it in painted()] == [other, one]
    seated.key(Key.Key_BracketRight, CTRL)
    assert [it.id for it in painted()] == [one, other]


def test_bookmarks_are_set_walked_and_undone(seated: Bench) -> None:
    for frame in (20, 5):
        seated.session.go_to(frame)
        seated.key(Key.Key_U)
    assert list(seated.session.document.bookmarks(1)) == [5, 20]
    seated.key(Key.Key_X, SHIFT)
    assert seated.session.frame == 20
    seated.key(Key.Key_Z, SHIFT)
    assert seated.session.frame == 5
    seated.key(Key.Key_U)
    assert list(seated.session.document.bookmarks(1)) == [20]
    seated.key(Key.Key_Z, CTRL)
    assert list(seated.session.document.bookmarks(1)) == [5, 20]


def field(bench: Bench, attribute_id: int, kind: type[QWidget]) -> QWidget:
    found = bench.window.panels.inspector.attributes.field(attribute_id)
    assert isinstance(found, kind)
    bench.wait(found.isVisible)
    return found


def define(bench: Bench, *parts, **more) -> int:
    command = DefineAttribute(bench.session.document, *parts, **more)
    bench.session.document.push(command)
    return command.attribute_id


def test_attributes_are_entered_in_the_inspector(seated: Bench) -> None:
    track = seated.session.track
    colour = define(seated, "colour", AttributeKind.CHOICE, ("red", "blue"))
    moving = define(seated, "moving", AttributeKind.FLAG, per_frame=True)
    note = define(seated, "note", AttributeKind.TEXT)
    size = define(seated, "size", AttributeKind.NUMBER)
    combo = field(seated, colour, QComboBox)
    combo.setFocus()
    seated.qtbot.keyClick(combo, Key.Key_Down)
    assert track.attributes == {colour: "red"}
    check = field(seated, moving, QCheckBox)
    check.setFocus()
    seated.qtbot.keyClick(check, Key.Key_Space)
    assert track.keyframes[0].attributes == {moving: True}
    for number, typed in ((note, "dbo x 1"), (size, "2,5")):
        line = field(seated, number, QLineEdit)
        line.setFocus()
        seated.qtbot.keyClicks(line, typed)
        seated.qtbot.keyClick(line, Key.Key_Return)
    assert track.attributes == {colour: "red", note: "dbo x 1", size: 2.5}
    assert list(track.keyframes) == [0], "letters typed into a field are no keys of the window"
    assert not seated.view.drawing
    seated.view.setFocus()
    seated.key(Key.Key_Z, CTRL)
    assert size not in track.attributes
    assert field(seated, size, QLineEdit).text() == ""


def test_arrow_keys_with_shift_and_alt_are_one_step_each_run_and_can_be_given_other_keys(seated: Bench) -> None:
    track = seated.session.track
    first = track.keyframes[0].box
    seated.key(Key.Key_Right, ALT | SHIFT)
    seated.key(Key.Key_Down, ALT)
    seated.key(Key.Key_Left, SHIFT)
    box = track.keyframes[0].box
    assert (box.x - first.x, box.w - first.w, box.h - first.h) == (-10, 10, 1)
    seated.key(Key.Key_Z, CTRL)
    assert track.keyframes[0].box == first


def test_the_copy_dialog_cancelled_changes_nothing(seated: Bench) -> None:
    in_dialog(QInputDialog, QInputDialog.reject, lambda: seated.key(Key.Key_B, CTRL))
    assert list(seated.session.track.keyframes) == [0]


def test_rows_of_a_dialogs_list_are_as_high_as_elsewhere(seated: Bench) -> None:
    for place in range(3):
        second_track(seated, place)
    seated.view.setFocus()
    heights = []

    def look(dialog: QDialog) -> None:
        listed = dialog.findChildren(QListWidget)[-1]
        heights.append(listed.visualItemRect(listed.item(2)).top() - listed.visualItemRect(listed.item(1)).top())
        assert heights[-1] == listed.sizeHintForRow(1) > listed.fontMetrics().height() + 6

    for action in (ActionId.MERGE, ActionId.SWAP, ActionId.EXPORT):
        in_dialog(QDialog, look, seated.window.actions_table[action].trigger)
    assert len(heights) == 3


def test_that_the_tracker_can_take_over_is_said_of_the_frame_with_the_box(seated: Bench) -> None:
    assert "tracker can take over" in seated.banner
    seated.key(Key.Key_D)
    assert seated.banner == ""


def test_a_track_that_redo_brings_back_is_selected_and_ready(seated: Bench) -> None:
    assert "tracker can take over" in seated.banner
    seated.key(Key.Key_Z, CTRL)
    assert "Draw a box" in seated.banner
    seated.key(Key.Key_Z, CTRL | SHIFT)
    assert len(seated.session.sequence.tracks) == 1
    assert seated.session.track_id
    assert "tracker can take over" in seated.banner


def test_a_name_that_does_not_fit_is_read_in_the_tool_tip(seated: Bench) -> None:
    name = "the one with the very long name that no column holds"
    seated.session.document.push(RenameTrack(seated.session.document, 1, name))
    model = seated.window.panels.tracks.table.model()
    assert f"1  {name}\nobject\n1 set by you" in model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)


def test_long_names_of_attributes_push_nothing_out_of_the_inspector(seated: Bench) -> None:
    document, inspector = seated.session.document, seated.window.panels.inspector
    seated.window.resize(1100, 900)
    names = ("damaged and hard to recognize against the light of the evening", "x" * 200, "make")
    document.push(DefineAttribute(document, names[0], AttributeKind.FLAG, per_frame=True))
    document.push(DefineAttribute(document, names[1], AttributeKind.TEXT))
    document.push(
        DefineAttribute(document, names[2], AttributeKind.CHOICE, ("a word that is longer than panels are wide", "b"))
    )
    scroll = inspector.findChild(QScrollArea)
    seated.wait(inspector.attributes.isVisible)
    QApplication.processEvents()
    assert scroll.widget().width() <= scroll.viewport().width()
    for field in (inspector.attributes.field(it) for it in document.project.attributes):
        assert field.mapTo(scroll.viewport(), field.rect().topRight()).x() <= scroll.viewport().width()
        assert field.width() >= 40 or isinstance(field, QCheckBox)


def type_number(bench: Bench, number: str) -> None:
    field = next(it for it in bench.window.panels.inspector.findChildren(QLineEdit) if "Number" in it.accessibleName())
    field.setFocus()
    field.selectAll()
    bench.qtbot.keyClicks(field, number)
    bench.qtbot.keyClick(field, Key.Key_Return)
    assert field.text() == str(bench.session.track_id), "the number that it has"


def test_the_number_of_a_track_is_typed_in_and_undone(seated: Bench) -> None:
    track, document = seated.session.track, seated.session.document
    assert track is not None
    other = second_track(seated, 0)
    seated.session.select_track(track.id)
    type_number(seated, "17")
    assert (track.id, seated.session.track) == (17, track), "still selected"
    assert list(seated.session.sequence.tracks) == [other, 17]
    model = seated.window.panels.tracks.table.model()
    assert [model.index(row, 0).data() for row in range(model.rowCount())] == [str(other), "17"]
    assert seated.view.selected_box.label.startswith("17")
    assert second_track(seated, 3) == 18, "no number comes twice by itself"
    seated.view.setFocus()
    for _ in range(2):
        seated.key(Key.Key_Z, CTRL)
    assert (track.id, list(seated.session.sequence.tracks)) == (1, [1, other])
    seated.session.select_track(1)
    seated.key(Key.Key_Z, CTRL | SHIFT)
    assert (track.id, seated.session.track) == (17, track)
    assert read_project(document.path).project.sequences == document.project.sequences


@pytest.mark.parametrize(
    ("number", "said"),
    [("2", "Another track in grey has the number 2; 3 is free."), ("9999999999", "from 1 to 999,999,999")],
)
def test_a_number_that_another_track_has_is_refused(seated: Bench, number: str, said: str) -> None:
    second_track(seated, 0)
    seated.session.select_track(1)
    type_number(seated, number)
    assert said in seated.banner
    assert list(seated.session.sequence.tracks) == [1, 2]
    type_number(seated, "0")
    assert seated.session.track_id == 1


def test_the_title_above_the_counts_of_frames_is_whole(seated: Bench) -> None:
    header = seated.window.panels.tracks.table.horizontalHeader()
    assert header.sectionSize(COLUMN_FRAMES) >= header.sectionSizeHint(COLUMN_FRAMES)


def test_a_frame_that_was_tracked_and_then_set_counts_once(seated: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    counted: list[int] = []
    count = Track.count_of_frames

    def noted(track: Track) -> int:
        counted.append(track.id)
        return count(track)

    monkeypatch.setattr(Track, "count_of_frames", noted)
    table = seated.window.panels.tracks.table

    def frames(row: int = 0) -> str:
        return str(table.model().index(row, COLUMN_FRAMES).data())

    seated.key(Key.Key_F)
    seated.wait(lambda: not seated.session.run_state.is_busy and seated.session.frame == 29)
    assert frames() == "30"
    seated.key(Key.Key_Right, SHIFT)  # moves the box: a keyframe above the tracked one
    assert len(seated.session.track.keyframes) == 2
    assert len(seated.session.track.boxes) == 29
    assert frames() == "30"
    counted.clear()
    table.viewport().repaint()
    assert [frames(), frames()] == ["30", "30"]
    assert not counted, "a painting looks only"
    seated.key(Key.Key_Delete, CTRL | SHIFT)
    seated.key(Key.Key_Z, CTRL)
    assert frames() == "30"
    seated.session.select_track(1)
    seated.session.go_to(20)
    seated.key(Key.Key_S)
    assert [frames(0), frames(1)] == ["20", "10"]
    seated.key(Key.Key_Z, CTRL)
    seated.key(Key.Key_Z, CTRL)
    assert table.model().rowCount() == 1
    assert frames() == "30"


def test_a_refusal_is_taken_back_by_the_next_edit(seated: Bench) -> None:
    type_number(seated, "9999999999")
    assert "from 1 to 999,999,999" in seated.banner
    type_number(seated, "7")
    assert seated.session.track_id == 7
    assert "from 1 to" not in seated.banner


def test_a_track_is_tracked_on_under_its_new_number(seated: Bench) -> None:
    seated.key(Key.Key_F)
    seated.wait(lambda: seated.session.run_state.phase is Phase.IDLE and seated.session.frame == 29)
    seated.session.go_to(10)
    type_number(seated, "5")
    seated.view.setFocus()
    seated.key(Key.Key_Right)
    seated.key(Key.Key_Return)
    seated.wait(lambda: seated.session.run_state.phase is Phase.IDLE and seated.session.frame == 29)
    track = seated.session.sequence.tracks[5]
    assert sorted(track.keyframes) == [0, 10]
    assert len(track.boxes) >= 28


def test_the_work_of_drawing_correcting_and_accepting_is_counted(seated: Bench) -> None:
    for _ in range(3):
        seated.key(Key.Key_Right)
    seated.key(Key.Key_F)
    seated.wait(lambda: seated.session.run_state.phase is Phase.IDLE and seated.session.frame == 29)
    seated.session.go_to(10)
    for _ in range(3):
        seated.key(Key.Key_Right)
    seated.session.go_to(20)
    seated.key(Key.Key_Return)
    seated.wait(lambda: seated.session.run_state.phase is Phase.IDLE)
    seated.session.effort.flush()
    effort = seated.session.sequence.effort
    assert (effort.drawn, effort.corrected, effort.accepted) == (1, 1, 1)
    assert 0 < effort.seconds < 60
    in_dialog(
        EffortDialog,
        lambda dialog: dialog.table.item(0, 2).text() == "1" or pytest.fail("not in the table"),
        seated.window.actions_table[ActionId.EFFORT].trigger,
    )


def test_what_changes_between_lanes_and_curve_is_shown_too(seated: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    timeline, curve = seated.window.panels.time.timeline, seated.window.panels.time.curve
    seated.wait(lambda: timeline.has_lane(1))
    shown: list[list[int]] = []
    show_track = curve.show_track

    def show(scores: object, keyframes: Iterable[int]) -> None:
        shown.append(list(keyframes))
        show_track(scores, keyframes)
        if len(shown) == 1:
            second_track(seated, 9)

    seated.session.go_to(9)
    monkeypatch.setattr(curve, "show_track", show)
    seated.key(Key.Key_B, SHIFT)
    seated.wait(lambda: timeline.has_lane(2))
    seated.wait(lambda: shown == [[0, 9], [9]])
