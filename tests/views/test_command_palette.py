"""The command palette: every action by a few letters, with keys alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from dialogs import in_dialog
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QTreeWidget
from pytestqt.qtbot import QtBot
from window_fixture import Bench, make_bench, write_images

from app.settings import Settings, ThemeChoice
from app.views.action_table import ACTIONS, ActionId
from app.views.command_palette import CommandPalette
from app.views.fuzzy import fuzzy_score
from app.views.tokens import DARK, LIGHT
from tracker.geometry import BoundingBox

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def bench(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    yield from make_bench(qtbot, monkeypatch)


@given(st.text(max_size=8), st.text(max_size=30))
def test_a_name_answers_its_own_letters_in_their_order_only(query: str, text: str) -> None:
    score = fuzzy_score(query, text)
    folded = text.casefold()
    for word in query.casefold().split():
        letters = iter(folded)
        if not all(letter in letters for letter in word):
            assert score is None
            return
    assert score is not None


def test_starts_of_words_and_neighbours_count_more() -> None:
    names = [spec.text for spec in ACTIONS]
    for query, wanted in (
        ("prof", "Propagate forward"),
        ("undo", "Undo"),
        ("hea", "Heat-map"),
        ("go frame", "Go to frame…"),
    ):
        scores = {name: fuzzy_score(query, name) for name in names}
        best = max((it for it in names if scores[it] is not None), key=lambda it: scores[it])
        assert best == wanted, query


def test_what_the_palette_says_of_itself_lies_below_the_list_and_is_whole(bench: Bench) -> None:
    def look(palette: CommandPalette) -> None:
        (hint,) = (it for it in palette.findChildren(QLabel) if it.text())
        listed = palette.findChild(QTreeWidget)
        assert hint.height() >= hint.heightForWidth(hint.width())
        assert hint.geometry().top() > listed.geometry().bottom()

    in_dialog(CommandPalette, look, lambda: bench.key(Qt.Key.Key_K, CTRL))


def test_typing_and_enter_run_an_action_and_it_is_remembered(bench: Bench, tmp_path: Path) -> None:
    bench.open(write_images(tmp_path / "grey"))
    bench.draw(BoundingBox(40, 30, 40, 30))

    def last_frame(palette: CommandPalette) -> None:
        bench.qtbot.keyClicks(palette.findChild(QLineEdit), "last fr")
        assert palette.shown[0] is ActionId.LAST_FRAME
        bench.qtbot.keyClick(palette.findChild(QLineEdit), Qt.Key.Key_Return)
        assert not palette.isVisible()

    in_dialog(CommandPalette, last_frame, lambda: bench.key(Qt.Key.Key_K, CTRL))
    assert bench.session.frame == 29

    def first_is_recent(palette: CommandPalette) -> None:
        assert palette.shown[0] is ActionId.LAST_FRAME
        bench.qtbot.keyClick(palette.findChild(QLineEdit), Qt.Key.Key_Escape)
        assert palette.chosen is None

    bench.activate()
    bench.key(Qt.Key.Key_Home)
    in_dialog(CommandPalette, first_is_recent, lambda: bench.key(Qt.Key.Key_K, CTRL))
    assert bench.session.frame == 0
    assert Settings().recent_actions == ["last-frame"]


def test_arrows_walk_the_list_and_what_makes_no_sense_cannot_be_run(bench: Bench) -> None:
    def look(palette: CommandPalette) -> None:
        tree = palette.findChild(QTreeWidget)
        assert len(palette.shown) == len(ACTIONS) - 1
        rows = [tree.topLevelItem(row) for row in range(tree.topLevelItemCount())]
        disabled = [it.isDisabled() for it in rows]
        assert disabled == sorted(disabled), "what can be done stands first"
        field = palette.findChild(QLineEdit)
        bench.qtbot.keyClick(field, Qt.Key.Key_Down)
        assert tree.currentItem() is rows[1]
        bench.qtbot.keyClicks(field, "undo")
        bench.qtbot.keyClick(field, Qt.Key.Key_Return)
        assert palette.chosen is None
        assert palette.isVisible()
        field.clear()
        bench.qtbot.keyClicks(field, "zzzz")
        assert palette.shown == []

    in_dialog(CommandPalette, look, bench.window.actions_table[ActionId.PALETTE].trigger)


def test_another_theme_reaches_the_list_that_is_open(bench: Bench) -> None:
    """The desktop may change its theme at any time; keys in the muted ink of the other theme cannot be read."""
    bench.settings.theme = ThemeChoice.LIGHT

    def look(palette: CommandPalette) -> None:
        listed = palette.findChild(QTreeWidget)

        def ink() -> str:
            return listed.topLevelItem(0).foreground(2).color().name()

        assert ink() == LIGHT.muted
        bench.settings.theme = ThemeChoice.DARK
        bench.wait(lambda: ink() == DARK.muted)

    in_dialog(CommandPalette, look, bench.window.actions_table[ActionId.PALETTE].trigger)
