"""Attributes and categories of a project, by the dialog."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QInputDialog
from pytestqt.qtbot import QtBot

from app.document.attributes import Attribute, AttributeKind
from app.document.commands import AddCategory, AddTrack, SetTrackValue
from app.document.document import Document, create_project
from app.document.model import Keyframe
from app.views.attributes_dialog import AttributesDialog
from tracker.geometry import BoundingBox


@pytest.fixture
def shown(qtbot: QtBot, tmp_path: Path):
    document = create_project(tmp_path / "p.dimple")
    sequence = document.add_sequence(tmp_path / "clip.mp4", "clip", 100, 640, 480, 25.0)
    for name in ("cup", "mug", "car"):
        document.push(AddCategory(document, name))
    document.push(AddTrack(document, sequence.id, "", 1, 0, Keyframe(BoundingBox(1, 2, 3, 4))))
    dialog = AttributesDialog(document)
    qtbot.addWidget(dialog)
    yield document, dialog
    document.close()


def rows(listed) -> list[str]:
    return [listed.item(row).text() for row in range(listed.count())]


def define(qtbot: QtBot, dialog: AttributesDialog, name: str, choices: str = "") -> None:
    qtbot.keyClicks(dialog.choices, choices)
    qtbot.keyClicks(dialog.name, name)
    qtbot.keyClick(dialog.name, Qt.Key.Key_Return)


def test_a_choice_is_defined_renamed_and_removed_with_its_values(shown, qtbot, monkeypatch) -> None:
    document, dialog = shown
    dialog.category.setCurrentIndex(1)
    dialog.per_frame.setChecked(False)
    define(qtbot, dialog, "colour", "red, blue,")
    assert document.project.attributes == {
        1: Attribute(1, "colour", AttributeKind.CHOICE, ("red", "blue"), category_id=1)
    }
    assert rows(dialog.attributes) == ["colour  ·  One of several words  ·  red, blue  ·  cup"]
    document.push(SetTrackValue(document, 1, 1, "red"))
    monkeypatch.setattr(QInputDialog, "getText", lambda *_arguments: ("shade", True))
    dialog._rename_attribute()
    assert document.project.attributes[1].name == "shade"
    dialog._remove_attribute()
    assert not document.project.attributes
    assert "1 values" in dialog.answer.text()
    document.undo_stack.undo()
    assert document.track(1).attributes == {1: "red"}
    assert len(rows(dialog.attributes)) == 1


def test_what_cannot_be_defined_is_said_and_nothing_changes(shown, qtbot) -> None:
    document, dialog = shown
    define(qtbot, dialog, "colour", "")
    assert "at least one" in dialog.answer.text()
    dialog.choices.setText("a,b")
    qtbot.keyClick(dialog.name, Qt.Key.Key_Return)
    assert len(document.project.attributes) == 1
    define(qtbot, dialog, "colour", "c")
    assert "already" in dialog.answer.text()
    assert len(document.project.attributes) == 1


def categories(document: Document) -> list[str]:
    return [it.name for it in document.project.categories.values()]


def test_categories_in_use_are_merged_and_others_removed(shown) -> None:
    document, dialog = shown
    dialog.categories.setCurrentRow(0)
    dialog._remove_category()
    assert "merge" in dialog.answer.text()
    dialog.into.setCurrentIndex(0)
    dialog._merge_category()
    assert "itself" in dialog.answer.text()
    dialog.into.setCurrentIndex(1)
    dialog._merge_category()
    assert categories(document) == ["mug", "car"]
    assert document.track(1).category_id == 2
    dialog.categories.setCurrentRow(1)
    dialog._remove_category()
    assert categories(document) == ["mug"]
    document.undo_stack.undo()
    document.undo_stack.undo()
    assert categories(document) == ["cup", "mug", "car"]
    assert document.track(1).category_id == 1
