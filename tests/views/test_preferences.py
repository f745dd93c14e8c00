"""Preferences: each choice is in force at once and there at the next start; keys without conflicts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from dialogs import in_dialog
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QKeySequenceEdit, QPushButton, QSlider
from pytestqt.qtbot import QtBot
from window_fixture import Bench, make_bench, write_images

from app.known_models import known_models
from app.session.messages import ModelChoice
from app.settings import HeatColours, Settings, ThemeChoice
from app.views.action_table import ActionId
from app.views.preferences_dialog import PreferencesDialog, PreferencesPage
from app.views.shortcut_editor import ShortcutEditor
from app.views.shortcuts import Shortcuts, bindings
from tracker.additions import ADDITIONS
from tracker.manifest import MANIFEST, WEIGHTS_FOLDER, ManifestEntry
from tracker.model_library import ModelLibrary

CTRL = Qt.KeyboardModifier.ControlModifier
NAMES = st.sampled_from(sorted(bindings()))
KEYS = st.lists(st.sampled_from(["A", "D", "Q", "Ctrl+J", "F5", "Return", "Shift+Left", "7"]), max_size=2, unique=True)


@pytest.fixture
def bench(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    yield from make_bench(qtbot, monkeypatch)


@settings(deadline=None)
@given(st.lists(st.tuples(NAMES, KEYS), max_size=6))
def test_no_key_ever_does_two_things_and_only_changes_are_kept(edits: list[tuple[str, list[str]]]) -> None:
    shortcuts = Shortcuts()
    for name, keys in edits:
        shortcuts = shortcuts.with_keys(name, tuple(keys))
        assert shortcuts.keys(name) == tuple(keys)
    used = [key for name in bindings() for key in shortcuts.keys(name)]
    assert len(used) == len(set(used))
    for name, keys in shortcuts.own.items():
        assert keys != bindings()[name].keys
    again = Shortcuts(shortcuts.own)
    assert all(again.keys(name) == shortcuts.keys(name) for name in bindings())
    for name in bindings():
        shortcuts = shortcuts.with_defaults(name)
    assert shortcuts.own == {}


def test_nonsense_in_the_file_leaves_the_default_keys() -> None:
    shortcuts = Shortcuts({"no-such-action": ("A",), "undo": ("Nonsense+Key",)})
    assert shortcuts.own == {}


def control(dialog: PreferencesDialog, kind: type, name: str):
    return next(it for it in dialog.findChildren(kind) if name in {it.accessibleName(), getattr(it, "text", str)()})


def test_appearance_is_in_force_at_once(bench: Bench) -> None:
    def choose(dialog: PreferencesDialog) -> None:
        theme = control(dialog, QComboBox, "Theme")
        theme.setFocus()
        bench.qtbot.keyClick(theme, Qt.Key.Key_Down)
        assert QApplication.palette().window().color().name() == "#f5f6f8"
        colours = control(dialog, QComboBox, "Colours of the heat-map")
        bench.qtbot.keyClick(colours, Qt.Key.Key_Down)
        assert bench.view.heat_colours is HeatColours.TURBO
        opacity = control(dialog, QSlider, "Opacity of the heat-map")
        bench.qtbot.keyClick(opacity, Qt.Key.Key_Home)
        assert bench.view.heat_opacity == pytest.approx(0.1)
        score = control(dialog, QCheckBox, "Score")
        bench.qtbot.keyClick(score, Qt.Key.Key_Space)

    in_dialog(PreferencesDialog, choose, lambda: bench.key(Qt.Key.Key_Comma, CTRL))
    again = Settings()
    assert again.theme is ThemeChoice.LIGHT
    assert again.heatmap_colours is HeatColours.TURBO
    assert again.label_scores


def test_model_and_device_go_to_the_next_run(bench: Bench, tmp_path: Path) -> None:
    bench.open(write_images(tmp_path / "grey"))

    def choose(dialog: PreferencesDialog) -> None:
        dialog.pages.setCurrentIndex(1)
        models = control(dialog, QComboBox, "Model")
        assert next(models.itemText(row) for row in range(models.count())) == known_models().default
        bench.qtbot.keyClick(models, Qt.Key.Key_Down)
        bench.qtbot.keyClick(control(dialog, QComboBox, "Device"), Qt.Key.Key_Down)

    in_dialog(PreferencesDialog, choose, lambda: bench.key(Qt.Key.Key_Comma, CTRL))
    other = next(it for it in known_models().names if it != known_models().default)
    assert (bench.session.model.name, bench.session.model.device) == (other, "cpu")
    assert Settings().model == bench.session.model


def test_what_the_tracker_has_beyond_dimp_is_switched_off_for_the_next_run(bench: Bench, tmp_path: Path) -> None:
    bench.open(write_images(tmp_path / "grey"))

    def choose(dialog: PreferencesDialog) -> None:
        dialog.pages.setCurrentIndex(PreferencesPage.ADDITIONS)
        page = dialog.pages.currentWidget()
        boxes = page.findChildren(QCheckBox)
        assert len(boxes) == len(ADDITIONS)
        assert all(box.isChecked() for box in boxes)
        for text in ("Carry the size along with how the picture moves", "Learn how fast the size changes"):
            bench.qtbot.keyClick(control(dialog, QCheckBox, text), Qt.Key.Key_Space)
        assert bench.session.model.without == ("flow", "sizes")
        bench.qtbot.keyClick(control(dialog, QCheckBox, "Learn how fast the size changes"), Qt.Key.Key_Space)

    in_dialog(PreferencesDialog, choose, lambda: bench.key(Qt.Key.Key_Comma, CTRL))
    assert bench.session.model.without == ("flow",)
    assert Settings().model == bench.session.model


def test_the_strip_says_which_model_computes_where(bench: Bench, tmp_path: Path) -> None:
    bench.open(write_images(tmp_path / "grey"))
    strip = bench.window.panels.workspace.strip
    default = known_models().default
    assert strip._model.text() == default
    bench.window.view_controls.model_loaded("default", "cuda")
    assert strip._model.text() == f"{default}  ·  GPU"
    bench.settings.model = ModelChoice("default", "cpu")
    assert strip._model.text() == f"{default}  ·  CPU"


def test_a_model_that_was_added_can_be_chosen(bench: Bench, tmp_path: Path) -> None:
    library = ModelLibrary()
    content = (WEIGHTS_FOLDER / "lite0_untrained.safetensors").read_bytes()
    entry = ManifestEntry("of-our-own", "of-our-own.safetensors", "", "efficientnet_lite0", "lite0", "MIT")
    library.add(entry, lambda path: path.write_bytes(content))
    bench.open(write_images(tmp_path / "grey"))

    def choose(dialog: PreferencesDialog) -> None:
        dialog.pages.setCurrentIndex(1)
        models = control(dialog, QComboBox, "Model")
        bench.qtbot.keyClick(models, Qt.Key.Key_End)
        assert models.currentText() == "of-our-own"

    in_dialog(PreferencesDialog, choose, lambda: bench.key(Qt.Key.Key_Comma, CTRL))
    assert bench.session.model.name == "of-our-own"
    assert library.find(bench.session.model.name).is_file()
    (library.own / MANIFEST).write_text("{")
    assert known_models().names == ("lite0", "lite0_untrained")


def test_another_key_with_its_conflict_and_the_way_back(bench: Bench, tmp_path: Path) -> None:
    bench.open(write_images(tmp_path / "grey"))
    bench.key(Qt.Key.Key_Escape)  # the draw tool

    def button(dialog: PreferencesDialog, text: str) -> QPushButton:
        return next(it for it in dialog.findChildren(QPushButton) if it.text() == text)

    def give_d_to_ten_frames(dialog: PreferencesDialog) -> None:
        editor = dialog.findChild(ShortcutEditor)
        assert editor.isVisible()
        editor.choose("next-ten")
        field = editor.findChild(QKeySequenceEdit)
        bench.qtbot.keyClick(field, Qt.Key.Key_D)
        assert "Next frame" in editor._answer.text()
        bench.qtbot.mouseClick(button(dialog, "Use this key"), Qt.MouseButton.LeftButton)

    opener = bench.window.actions_table[ActionId.EDIT_SHORTCUTS].trigger
    in_dialog(PreferencesDialog, give_d_to_ten_frames, opener)
    bench.activate()
    bench.key(Qt.Key.Key_D)
    assert bench.session.frame == 10
    assert "(D)" in bench.window.actions_table[ActionId.NEXT_TEN].toolTip()
    assert Settings().shortcuts == {"next-ten": ("D",), "next-frame": ()}

    def reset(dialog: PreferencesDialog) -> None:
        bench.qtbot.mouseClick(button(dialog, "Reset all keys"), Qt.MouseButton.LeftButton)

    in_dialog(PreferencesDialog, reset, opener)
    bench.activate()
    bench.key(Qt.Key.Key_D)
    assert bench.session.frame == 11
    assert Settings().shortcuts == {}
