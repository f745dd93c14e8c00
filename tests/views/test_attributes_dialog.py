"""Attributes and categories of a project, by the dialog."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from dialogs import in_dialog
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from app.document.attributes import Attribute, AttributeKind
from app.document.commands import AddCategory, AddTrack, ChangeAttribute, RenameCategory, SetTrackValue
from app.document.document import Document, create_project
from app.document.model import Keyframe
from app.document.project_file import read_project
from app.session.making import Making
from app.views.attribute_editor import AttributeEditor
from app.views.attributes_dialog import AttributesDialog
from app.views.colour_menu import ColourMenu
from app.views.palette import SWATCHES, shown_colour
from tracker.geometry import BoundingBox


@pytest.fixture
def shown(qtbot: QtBot, tmp_path: Path):
    document = create_project(tmp_path / "p.dimple")
    sequence = document.add_sequence(tmp_path / "clip.mp4", "clip", 100, 640, 480, 25.0)
    for name in ("cup", "mug", "car"):
        document.push(AddCategory(document, name))
    document.push(AddTrack(document, sequence.id, "", 1, 0, Keyframe(BoundingBox(1, 2, 3, 4))))
    dialog = AttributesDialog(document, Making())
    qtbot.addWidget(dialog)
    yield document, dialog
    document.close()


def rows(listed) -> list[str]:
    return [listed.item(row).text() for row in range(listed.count())]


def define(qtbot: QtBot, dialog: AttributesDialog, name: str, choices: str = "") -> None:
    qtbot.keyClicks(dialog.choices, choices)
    qtbot.keyClicks(dialog.name, name)
    qtbot.keyClick(dialog.name, Qt.Key.Key_Return)


def test_an_empty_list_says_what_to_do_and_its_buttons_wait(shown, qtbot) -> None:
    document, dialog = shown
    edit = next(it for it in dialog.findChildren(QPushButton) if it.text() == "Edit…")
    assert rows(dialog.attributes) == ["No attributes yet: describe one below."]
    assert not edit.isEnabled()
    define(qtbot, dialog, "colour", "red, blue")
    assert rows(dialog.attributes) == ["colour  ·  One of several words  ·  red, blue"]
    assert edit.isEnabled()
    document.undo_stack.undo()
    assert not edit.isEnabled()


def test_a_choice_is_defined_renamed_and_removed_with_its_values(shown, qtbot) -> None:
    document, dialog = shown
    dialog.category.setCurrentIndex(1)
    dialog.per_frame.setChecked(False)
    define(qtbot, dialog, "colour", "red, blue,")
    assert document.project.attributes == {
        1: Attribute(1, "colour", AttributeKind.CHOICE, ("red", "blue"), category_id=1)
    }
    assert rows(dialog.attributes) == ["colour  ·  One of several words  ·  red, blue  ·  cup"]
    document.push(SetTrackValue(document, 1, 1, "red"))
    in_dialog(AttributeEditor, lambda editor: (editor.name.setText("shade"), editor.accept()), dialog._edit_attribute)
    assert document.project.attributes[1].name == "shade"
    dialog._remove_attribute()
    assert not document.project.attributes
    assert "values lost: 1" in dialog.answer.text()
    document.undo_stack.undo()
    assert document.track(1).attributes == {1: "red"}
    assert len(rows(dialog.attributes)) == 1


def test_words_are_renamed_added_and_removed_and_what_is_lost_is_said_before(shown, qtbot) -> None:
    document, dialog = shown
    document.push(AddTrack(document, 1, "", 1, 0, Keyframe(BoundingBox(1, 2, 3, 4))))
    define(qtbot, dialog, "colour", "red, blue, green")
    document.push(SetTrackValue(document, 1, 1, "red"))
    document.push(SetTrackValue(document, 2, 1, "green"))
    before = document.project.attributes[1]

    def rename(editor: AttributeEditor, word: str) -> None:
        (field,) = (it for it in editor.choices.findChildren(QLineEdit) if it.isVisible())
        field.selectAll()
        qtbot.keyClicks(field, word)
        qtbot.keyClick(field, Qt.Key.Key_Return)
        QApplication.processEvents()  # the list takes the word with the next event

    def edit(editor: AttributeEditor) -> None:
        editor.choices.setCurrentRow(0)
        click(editor, "Rename")
        rename(editor, "crimson")
        editor.choices.setCurrentRow(1)
        click(editor, "Remove")
        assert editor.warning.text() == "", "nobody has said blue"
        click(editor, "Remove")
        assert "green (1)" in editor.warning.text()
        click(editor, "Add")
        rename(editor, "black")
        click(editor, "Up")
        editor.accept()

    def click(editor: AttributeEditor, text: str) -> None:
        button = next(it for it in editor.findChildren(QPushButton) if it.text() == text)
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    in_dialog(AttributeEditor, edit, dialog._edit_attribute)
    assert document.project.attributes[1].choices == ("black", "crimson")
    assert (document.track(1).attributes, document.track(2).attributes) == ({1: "crimson"}, {})
    document.undo_stack.undo()
    assert document.project.attributes[1] == before
    assert (document.track(1).attributes, document.track(2).attributes) == ({1: "red"}, {1: "green"})


def test_two_words_change_places_with_their_values(shown, qtbot) -> None:
    document, dialog = shown
    define(qtbot, dialog, "side", "left, right")
    document.push(SetTrackValue(document, 1, 1, "left"))
    swapped = replace(document.project.attributes[1], choices=("right", "left"))
    command = ChangeAttribute(document, swapped, {"left": "right", "right": "left"})
    assert command.lost == 0
    document.push(command)
    assert document.track(1).attributes == {1: "right"}


def test_leaving_the_editor_changes_nothing(shown, qtbot) -> None:
    document, dialog = shown
    define(qtbot, dialog, "colour", "red, blue")
    steps = document.undo_stack.count()
    in_dialog(AttributeEditor, lambda editor: (editor._remove(), editor.reject()), dialog._edit_attribute)
    in_dialog(AttributeEditor, lambda editor: editor.accept(), dialog._edit_attribute)
    assert document.undo_stack.count() == steps


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


def test_a_category_has_a_colour_for_all_its_tracks_until_it_is_undone(shown, qtbot) -> None:
    document, dialog = shown
    track = document.track(1)
    own = shown_colour(track, document.project).name()
    qtbot.mouseClick(dialog.colour, Qt.MouseButton.LeftButton)
    menu = dialog.findChild(ColourMenu)
    qtbot.keyClick(menu, Qt.Key.Key_Down)
    qtbot.keyClick(menu, Qt.Key.Key_Down)
    qtbot.keyClick(menu, Qt.Key.Key_Down)
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    assert document.project.categories[1].colour == SWATCHES[1]
    assert shown_colour(track, document.project).name() == SWATCHES[1] != own
    document.push(RenameCategory(document, 1, "beaker"))
    assert document.project.categories[1].colour == SWATCHES[1]
    document.flush()
    assert read_project(document.path).project == document.project
    document.undo_stack.undo()
    document.undo_stack.undo()
    assert shown_colour(track, document.project).name() == own


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
