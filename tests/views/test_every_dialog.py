"""Every dialog that an action opens, in German: Tab gets everywhere, nothing is cut off, it fits the least window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from dialogs import in_dialog
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QMessageBox,
    QRadioButton,
    QScrollArea,
    QWidget,
)
from pytestqt.qtbot import QtBot
from window_fixture import Bench, make_bench, write_images

from app.settings import Language
from app.version import version
from app.views import language
from app.views.action_table import ActionId
from app.views.main_window import MINIMUM_SIZE
from tracker.geometry import BoundingBox

OPENERS = (
    ActionId.SEQUENCE_NOTE,
    ActionId.RESTORE_BACKUP,
    ActionId.EFFORT,
    ActionId.EXPORT,
    ActionId.PREFERENCES,
    ActionId.EDIT_SHORTCUTS,
    ActionId.COPY_TO_NEXT,
    ActionId.MERGE,
    ActionId.SWAP,
    ActionId.ATTRIBUTES,
    ActionId.PROPAGATE,
    ActionId.GO_TO_FRAME,
    ActionId.SHORTCUTS,
    ActionId.ABOUT,
)
_EDGES = 12
"""Pixels that a text field has beside its words."""
ROUND = 60
"""Presses of Tab that get round the largest dialog."""


@pytest.fixture
def bench(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Bench]:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    for made in make_bench(qtbot, monkeypatch, language=Language.GERMAN):
        made.window.resize(MINIMUM_SIZE)
        made.open(write_images(tmp_path / "grey"))
        made.draw(BoundingBox(40, 30, 40, 30))
        made.key(Qt.Key.Key_T)
        made.draw(BoundingBox(90, 60, 40, 30))
        yield made
    language.install_language(application, Language.ENGLISH)


def out_of_reach(dialog: QDialog, qtbot: QtBot) -> list[str]:
    """Controls that Tab does not get to; arrows choose among radio buttons, and fields have inner ones."""
    wanted = {
        it
        for it in dialog.findChildren(QWidget)
        if it.isVisible()
        and it.isEnabled()
        and it.focusPolicy() & Qt.FocusPolicy.TabFocus
        and it.focusProxy() is None
        and not isinstance(it, QRadioButton)
        and not isinstance(it.parentWidget(), QAbstractSpinBox | QComboBox)
    }
    for _ in range(ROUND):
        focused = QApplication.focusWidget()
        if focused is None:
            break
        wanted -= {focused, focused.parentWidget()}
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    return [f"{type(it).__name__} {it.accessibleName()}" for it in wanted if "KeySequence" not in type(it).__name__]


def cut_off(dialog: QDialog) -> list[str]:
    """Texts that have less room than they need."""
    found = []
    for it in dialog.findChildren(QWidget):
        if not it.isVisible() or it.visibleRegion().isEmpty():
            continue
        if isinstance(it, QLabel) and it.text():
            if it.wordWrap():
                found += [it.text()] * (it.heightForWidth(it.width()) > it.height() + 1)
            else:
                found += [it.text()] * (it.minimumSizeHint().width() > it.width() + 1)
        elif isinstance(it, QLineEdit) and not it.text():
            room = it.width() - _EDGES
            found += [it.placeholderText()] * (it.fontMetrics().horizontalAdvance(it.placeholderText()) > room)
        elif isinstance(it, QAbstractButton) and it.text():
            found += [it.text()] * (it.sizeHint().width() > it.width() + 1)
    return found


@pytest.mark.parametrize("opener", OPENERS, ids=lambda it: it.value)
def test_a_dialog_is_worked_by_key_and_cuts_nothing_off(bench: Bench, opener: ActionId) -> None:
    def look(dialog: QDialog) -> None:
        assert cut_off(dialog) == []
        assert dialog.width() <= MINIMUM_SIZE.width()
        assert dialog.height() <= MINIMUM_SIZE.height()
        assert out_of_reach(dialog, bench.qtbot) == []

    in_dialog(QDialog, look, bench.window.actions_table[opener].trigger)


def test_every_menu_fits_the_least_screen(bench: Bench) -> None:
    menus = [action.menu() for action in bench.window.menuBar().actions()]
    assert len(menus) == 8
    for menu in menus:
        assert menu.sizeHint().height() <= MINIMUM_SIZE.height(), menu.title()


def test_the_inspector_needs_no_scrolling_in_the_least_window(bench: Bench) -> None:
    inspector = bench.window.panels.inspector
    scroll = inspector.findChild(QScrollArea)
    assert isinstance(scroll, QScrollArea)
    bench.wait(scroll.isVisible)
    assert bench.window.size() == MINIMUM_SIZE
    layout = scroll.widget().layout()

    def needed() -> int:
        """Height, told by the layout: the scroll bar hears of a longer text some turns later."""
        return layout.totalHeightForWidth(scroll.viewport().width())

    assert needed() <= scroll.viewport().height()
    bench.session.go_to(20)
    bench.window.actions_table[ActionId.REPEAT_BOX].trigger()
    bench.session.go_to(10)
    bench.wait(lambda: inspector.state.span_text.startswith("Zwischen"))
    assert needed() <= scroll.viewport().height()


def test_panels_are_closed_and_shown_again_by_menu(bench: Bench) -> None:
    view = bench.window.menuBar().actions()[2].menu()
    panels = view.actions()[-1].menu()
    tracks = next(it for it in panels.actions() if it.text() == "Spuren")
    tracks.trigger()
    assert not bench.window.panels.tracks.isVisible()
    tracks.trigger()
    bench.wait(bench.window.panels.tracks.isVisible)


def test_about_says_which_version_it_is(bench: Bench) -> None:
    assert version()

    def look(box: QMessageBox) -> None:
        assert f"</b> {version()}" in box.text()

    in_dialog(QMessageBox, look, bench.window.actions_table[ActionId.ABOUT].trigger)
