"""What is typed in the fields of the Inspector, and the way back to the picture, by keys alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDoubleSpinBox,
    QLineEdit,
    QSpinBox,
    QWidget,
)
from pytestqt.qtbot import QtBot
from window_fixture import Bench, make_bench, write_images

from app.document.attributes import AttributeKind
from app.document.commands import DefineAttribute
from app.session.fake_tracker import FakeTrackerScript
from app.session.run_state import Phase
from tracker.geometry import BoundingBox

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
BOX = BoundingBox(40, 30, 50, 40)


@pytest.fixture
def bench(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Bench]:
    """A window with one Track that has a keyframe on frame 0."""
    made = make_bench(qtbot, monkeypatch, FakeTrackerScript(delay=0.02))
    bench = next(made)
    bench.open(write_images(tmp_path / "grey", 60, width=320))
    bench.draw(BOX)
    yield bench
    next(made, None)


def focus() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def type_here(bench: Bench, text: str) -> None:
    bench.qtbot.keyClicks(focus(), text)


def number(bench: Bench, name: str) -> QDoubleSpinBox:
    fields = bench.window.panels.inspector.findChildren(QDoubleSpinBox)
    return next(it for it in fields if it.accessibleName().startswith(name))


def test_enter_in_any_field_gives_the_keyboard_back_to_the_picture(bench: Bench) -> None:
    left = number(bench, "Left")
    left.setFocus()
    left.selectAll()
    type_here(bench, "50")
    bench.key(Key.Key_Return)
    assert focus() is bench.view
    bench.key(Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert bench.session.track is not None
    assert bench.session.track.keyframes[0].box == BOX, "undo is the document's, not the field's"


def test_esc_puts_back_what_was_there(bench: Bench) -> None:
    bench.key(Key.Key_F2)
    type_here(bench, "wrong")
    bench.key(Key.Key_Escape)
    assert focus() is bench.view
    assert bench.session.track is not None
    assert bench.session.track.name == ""
    left = number(bench, "Left")
    left.setFocus()
    left.selectAll()
    type_here(bench, "99")
    bench.key(Key.Key_Escape)
    assert bench.session.track.keyframes[0].box == BOX
    assert left.value() == BOX.x
    bench.key(Key.Key_F2)
    bench.key(Key.Key_Tab)
    bench.key(Key.Key_Tab)
    assert focus().accessibleName() == "Name of a new category"
    type_here(bench, "cu")
    bench.key(Key.Key_Escape)
    bench.key(Key.Key_D)
    assert [it.name for it in bench.session.document.project.categories.values()] == ["object"]


def test_the_fields_say_what_is_when_what_was_entered_is_refused(bench: Bench) -> None:
    width = number(bench, "Width")
    width.setFocus()
    width.selectAll()
    type_here(bench, "-5")
    bench.key(Key.Key_Return)
    assert "empty or outside" in bench.banner
    assert width.value() == BOX.w


def test_categories_are_added_and_chosen_in_the_list_by_keys(bench: Bench) -> None:
    for name in ("cup", "plate"):
        bench.key(Key.Key_F2)
        bench.key(Key.Key_Tab)
        bench.key(Key.Key_Tab)
        type_here(bench, name)
        bench.key(Key.Key_Return)
        assert focus() is bench.view
    categories = {it.name: it.id for it in bench.session.document.project.categories.values()}
    assert bench.session.track is not None
    assert bench.session.track.category_id == categories["plate"]
    bench.key(Key.Key_F2)
    bench.key(Key.Key_Tab)
    bench.key(Key.Key_Up)
    bench.key(Key.Key_Return)
    assert bench.session.track.category_id == categories["cup"]
    bench.key(Key.Key_F2)
    bench.key(Key.Key_Tab)
    bench.key(Key.Key_Tab)
    type_here(bench, "object")  # which there is
    bench.key(Key.Key_Return)
    assert bench.session.track.category_id == categories["object"]
    assert "already" not in bench.banner


def test_the_wheel_over_a_field_without_the_keyboard_changes_no_label(bench: Bench) -> None:
    document = bench.session.document
    document.push(DefineAttribute(document, "side", AttributeKind.CHOICE, per_frame=False, choices=("left", "right")))
    panel = bench.window.panels.inspector
    bench.view.setFocus()
    before = document.undo_stack.count()
    fields = [*panel.findChildren(QDoubleSpinBox), *panel.findChildren(QComboBox)]
    assert len(fields) == 6
    for field in fields:
        place = QPointF(field.rect().center())
        event = QWheelEvent(
            place,
            QPointF(field.mapToGlobal(place)),
            QPoint(),
            QPoint(0, -120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(field, event)
    assert document.undo_stack.count() == before


def test_what_is_no_number_does_not_take_the_number_away_that_there_was(bench: Bench) -> None:
    document, track = bench.session.document, bench.session.track
    assert track is not None
    document.push(DefineAttribute(document, "age", AttributeKind.NUMBER, per_frame=False))
    attribute = next(iter(document.project.attributes.values()))
    field = bench.window.panels.inspector.attributes.field(attribute.id)
    assert isinstance(field, QLineEdit)
    for text, shown in (("5", "5"), ("five", "5"), ("", "")):
        field.setFocus()
        field.selectAll()
        bench.key(Key.Key_Delete)
        type_here(bench, text)
        bench.key(Key.Key_Return)
        assert field.text() == shown
        assert track.value_at(attribute, 0) == (5.0 if shown else None)
        assert ("is a number" in bench.banner) == (text == "five")


def test_space_after_a_click_on_a_button_or_a_check_box_plays(bench: Bench) -> None:
    panel = bench.window.panels.inspector
    bench.view.setFocus()
    for control in panel.findChildren(QAbstractButton):
        if control.isVisible() and control.text() in {"Occluded", "Outside"}:
            bench.qtbot.mouseClick(control, Qt.MouseButton.LeftButton)
            steps = bench.session.document.undo_stack.index()
            bench.key(Key.Key_Space)
            assert bench.session.playing
            assert bench.session.document.undo_stack.index() == steps
            bench.key(Key.Key_Space)
            bench.key(Key.Key_Home)
    assert steps == 3, "the track, and one step for each"


def test_a_frame_that_is_typed_is_gone_to_and_the_next_key_is_the_pictures(bench: Bench) -> None:
    field = next(it for it in bench.window.findChildren(QSpinBox) if it.accessibleName() == "Frame number")
    for key, goal in ((Key.Key_Return, 12), (Key.Key_Escape, 13)):
        field.setFocus()
        field.selectAll()
        type_here(bench, "12" if key == Key.Key_Return else "40")
        bench.key(key)
        assert focus() is bench.view
        assert bench.session.frame == goal
        bench.key(Key.Key_D)
        assert bench.session.frame == goal + 1


def test_a_number_that_is_refused_does_not_end_a_run(bench: Bench) -> None:
    category = next(iter(bench.session.document.project.categories))
    bench.session.create_track(BOX, category)
    bench.key(Key.Key_F)
    bench.wait(lambda: bench.session.run_state.phase is Phase.RUNNING)
    field = next(
        it
        for it in bench.window.panels.inspector.findChildren(QLineEdit)
        if it.accessibleName() == "Number of the track"
    )
    field.setFocus()
    field.selectAll()
    bench.qtbot.keyClicks(field, "1")
    bench.qtbot.keyClick(field, Key.Key_Return)
    assert "number 1" in bench.banner
    assert bench.session.run_state.phase is Phase.RUNNING
