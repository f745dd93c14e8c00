"""German is complete, says what English says, and fits; every control can be read out."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QTabBar,
    QTreeView,
    QWidget,
)
from pytestqt.qtbot import QtBot
from window_fixture import Bench, close, make_bench, write_images

from app.document import salvage_losses, schema
from app.errors import AppError, sentence_of
from app.session.fake_tracker import FakeTrackerScript
from app.settings import Language, ThemeChoice
from app.views import language
from app.views.preferences_dialog import PreferencesDialog
from app.views.shortcuts import Shortcuts
from app.views.shortcuts_overlay import ShortcutsOverlay
from tracker.errors import TrackerError
from tracker.geometry import BoundingBox
from tracker.input_checks import check_box

ROOT = Path(__file__).resolve().parents[2]
LARGEST_CLIP = 1
"""Pixels that a size hint may be short of by rounding."""


@pytest.fixture
def translations(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "path", [str(ROOT / "scripts"), *sys.path])
    import translations

    return translations


@pytest.fixture
def german(qtbot: QtBot) -> Iterator[QApplication]:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    assert language.install_language(application, Language.GERMAN) == "de"
    yield application
    language.install_language(application, Language.ENGLISH)


@pytest.fixture
def german_bench(
    german: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[Bench]:
    for bench in make_bench(qtbot, monkeypatch, language=Language.GERMAN):
        bench.window.resize(1100, 700)
        bench.open(write_images(tmp_path / "grey"))
        bench.draw(BoundingBox(40, 30, 40, 30))
        yield bench


def placeholders(text: str) -> list[str]:
    return sorted(re.findall(r"\{[^}]*\}|%n", text))


def test_german_is_complete_and_keeps_every_placeholder(translations) -> None:
    found = translations.collect()
    assert found.problems == []
    known = translations.read_translations(translations.FOLDER / "dimple_de.ts")
    assert sorted(set(found.texts) - set(known)) == [], "run: python scripts/translations.py, and translate"
    assert sorted(set(known) - set(found.texts)) == [], "run: python scripts/translations.py"
    for (context, source), forms in known.items():
        for form in forms:
            assert form.strip(), (context, source)
            assert placeholders(form) == placeholders(source), (context, source)
            assert form.endswith("…") == source.endswith("…"), (context, source)


def test_a_sentence_that_no_table_can_know_is_found(translations) -> None:
    found = translations.Collected()
    found.know_errors([])
    found._file, found._module_context = "app/session/somewhere.py", ""
    for wrong in ('raise AppError(f"No box on {frame}.")', 'refuse(spoken("No box on " + place))', "AppError(text)"):
        found.problems.clear()
        found.visit(ast.parse(wrong))
        assert len(found.problems) == 1, wrong
    found.problems.clear()
    found.visit(ast.parse('raise AppError("No box on frame {0}.", frame) from error'))
    assert found.problems == []
    assert ("Sentences", "No box on frame {0}.") in found.texts


def test_layers_without_qt_speak_german_in_a_german_window(german_bench: Bench) -> None:
    german_bench.key(Qt.Key.Key_F)
    german_bench.wait(lambda: german_bench.session.run_state.text != "" and not german_bench.session.run_state.is_busy)
    assert german_bench.session.run_state.text == "Bild 29 ist erreicht."
    german_bench.key(Qt.Key.Key_F)
    german_bench.wait(lambda: "Bild 29 ist in dieser Richtung das letzte" in german_bench.banner)
    assert str(AppError("There is no project {0}: check the name.", "a{b}")) == (
        "Es gibt kein Projekt a{b}: prüfen Sie den Namen."
    )


def test_the_trackers_errors_are_said_in_german(german: QApplication) -> None:
    inner = TrackerError("The picture has no pixels; take another one.")
    assert str(inner) == "The picture has no pixels; take another one."
    assert sentence_of(TrackerError("{0}: {1}", "a.png", inner)) == (
        "a.png: Das Bild hat keine Pixel; nehmen Sie ein anderes."
    )
    with pytest.raises(TrackerError) as refused:
        check_box(BoundingBox(500, 5, 10, 10), np.zeros((40, 30, 3), np.uint8))
    assert sentence_of(refused.value) == (
        "Die Box (500, 5, 10, 10) liegt außerhalb des Bildes von 30 x 40 Pixeln; ziehen Sie sie innerhalb."
    )


def test_a_failed_run_says_in_german_why(
    german: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    failure = TrackerError("The picture has no pixels; take another one.")
    window = make_bench(qtbot, monkeypatch, FakeTrackerScript(fail_at=2, failure=failure), Language.GERMAN)
    bench = next(window)
    bench.open(write_images(tmp_path / "grey"))
    bench.draw(BoundingBox(40, 30, 40, 30))
    bench.key(Qt.Key.Key_F)
    bench.wait(lambda: "Das Bild hat keine Pixel" in bench.banner)
    close(bench)


def test_losses_of_a_salvage_are_german(german: QApplication) -> None:
    what = salvage_losses.rows_of_track("tracked_box", 3, "Ball")
    assert salvage_losses.unreadable_frames(what, (4, 9)) == (
        "Verfolgte Boxen der Spur 3 „Ball“ auf den Bildern 4 bis 9: nicht lesbar."
    )


def test_every_kind_of_row_that_may_be_lost_has_a_name() -> None:
    tables = {name for kind, name, _ in schema.expected_tables(schema.VERSION) if kind == "table"}
    for table in tables - {"sqlite_sequence"}:
        assert salvage_losses.rows_of(table)


def test_a_sentence_of_the_tracker_that_no_table_can_know_is_found(translations) -> None:
    found = translations.Collected()
    found.know_errors([])
    found._file = "tracker/somewhere.py"
    found.visit(ast.parse('raise TrackerError(f"There is no {path}.")'))
    assert len(found.problems) == 1


def test_english_again_speaks_english_everywhere(german: QApplication) -> None:
    language.install_language(german, Language.ENGLISH)
    assert str(AppError("There is no project {0}: check the name.", "x")) == "There is no project x: check the name."


def test_the_compiled_file_is_made_from_the_text_file(translations, tmp_path: Path) -> None:
    compiled = (language.FOLDER / "dimple_de.qm").read_bytes()
    copy = tmp_path / "dimple_de.ts"
    copy.write_bytes((language.FOLDER / "dimple_de.ts").read_bytes())
    translations.compile_translations(copy)
    assert copy.with_suffix(".qm").read_bytes() == compiled, "run: python scripts/translations.py"


def test_the_window_speaks_german_and_qt_with_it(german_bench: Bench) -> None:
    titles = [action.text() for action in german_bench.window.menuBar().actions()]
    assert titles[:2] == ["&Datei", "&Bearbeiten"]
    assert german_bench.window.panels.workspace.strip.texts[0] == "Bild 0 / 29"
    assert QApplication.translate("QPlatformTheme", "Cancel") == "Abbrechen"


def shown_texts(root: QWidget) -> Iterator[tuple[QWidget, str, int]]:
    """Widgets with a text, the text, and the px it may take."""
    for label in root.findChildren(QLabel):
        if label.isVisible() and label.text() and not label.wordWrap() and "<" not in label.text():
            yield label, label.text(), label.contentsRect().width()
    for button in root.findChildren(QAbstractButton):
        if button.isVisible() and button.text() and button.sizeHint().width() > button.iconSize().width() + 16:
            yield (
                button,
                button.text(),
                button.width()
                + QFontMetrics(button.font()).horizontalAdvance(button.text().replace("&", ""))
                - button.sizeHint().width(),
            )
    for combo in root.findChildren(QComboBox):
        if combo.isVisible() and combo.currentText():
            yield combo, combo.currentText(), combo.width() - 24


def clipped(root: QWidget) -> list[tuple[str, str]]:
    found = []
    for widget, text, room in shown_texts(root):
        longest = max(QFontMetrics(widget.font()).horizontalAdvance(line.replace("&", "")) for line in text.split("\n"))
        if longest > room + LARGEST_CLIP and not widget.property("elides"):
            found.append((type(widget).__name__, text))
    return found


def test_no_german_text_is_clipped_in_the_smallest_window(german_bench: Bench) -> None:
    window = german_bench.window
    assert (window.width(), window.height()) == (1100, 700)
    german_bench.wait(window.panels.tracks.isVisible)
    assert clipped(window) == []
    overlay = ShortcutsOverlay(Shortcuts(), window)
    for part in overlay.parts():
        part()
    for dialog in (PreferencesDialog(german_bench.settings, window), overlay):
        pages = dialog.pages.count() if isinstance(dialog, PreferencesDialog) else 1
        dialog.show()
        for page in range(pages):
            if isinstance(dialog, PreferencesDialog):
                dialog.pages.setCurrentIndex(page)
            for _ in range(3):  # a page that is new lays itself out from the inside to the outside
                QApplication.processEvents()
            assert clipped(dialog) == []
        dialog.close()
    look = window.view_controls.look
    look.show()
    QApplication.processEvents()
    assert clipped(look) == []
    look.close()


def unnamed(root: QWidget) -> list[str]:
    """Controls that nothing would be read out for."""
    found = []
    for kind in (QAbstractButton, QLineEdit, QComboBox, QAbstractSlider, QAbstractSpinBox, QTreeView, QTabBar):
        for control in root.findChildren(kind):
            parent = control.parent()
            inner = control.objectName().startswith("qt_") or isinstance(
                parent, QAbstractSpinBox | QComboBox | QLineEdit | QTabBar
            )
            if inner or control.window() is not root.window() or "ScrollBar" in type(control).__name__:
                continue
            text = control.text() if isinstance(control, QAbstractButton) else ""
            if not (control.accessibleName() or text):
                found.append(f"{type(control).__name__} in {type(parent).__name__}")
    return found


def test_every_control_of_window_and_dialogs_has_a_name(qtbot: QtBot, german_bench: Bench) -> None:
    window = german_bench.window
    assert unnamed(window) == []
    dialog = PreferencesDialog(german_bench.settings, window)
    for page in range(dialog.pages.count()):
        dialog.pages.setCurrentIndex(page)
        assert unnamed(dialog) == []
    assert unnamed(window.view_controls.look) == []
    dialog.deleteLater()


@pytest.mark.parametrize("theme", [ThemeChoice.DARK, ThemeChoice.LIGHT])
def test_tab_walks_through_the_controls_and_shows_where_it_is(german_bench: Bench, theme: ThemeChoice) -> None:
    german_bench.settings.theme = theme
    dialog = PreferencesDialog(german_bench.settings, german_bench.window)
    dialog.show()
    dialog.activateWindow()
    german_bench.wait(dialog.isActiveWindow)
    seen: list[QWidget] = []
    for _ in range(12):
        focused = QApplication.focusWidget()
        assert focused is not None
        assert dialog.isAncestorOf(focused)
        if focused in seen:
            break
        seen.append(focused)
        without = focused.grab().toImage()
        german_bench.qtbot.keyClick(focused, Qt.Key.Key_Tab)
        assert focused.grab().toImage() != without, focused
    dialog.close()
    tops = [it.mapTo(dialog, it.rect().topLeft()).y() for it in seen if not isinstance(it, QTabBar)]
    assert len(tops) > 5
    assert tops == sorted(tops), "Tab goes from top to bottom"
