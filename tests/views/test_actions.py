"""The table of actions: complete, without conflicts, and deaf while somebody types."""

from __future__ import annotations

import re
from itertools import combinations

import pytest
from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDoubleSpinBox,
    QLineEdit,
    QListWidget,
    QMainWindow,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.views.action_table import ACTIONS, TOOLBAR, ActionId
from app.views.actions import Actions, KeyGuard, keeps_key
from app.views.icons import icon, icon_path
from app.views.nudges import CATEGORY_KEYS, NUDGES
from app.views.tokens import DARK


def all_keys() -> list[tuple[str, str]]:
    """(who, key) of every shortcut of the window."""
    keys = [(spec.id.value, key) for spec in ACTIONS for key in spec.keys]
    keys += [(f"nudge {nudge.dx} {nudge.dy}", nudge.key) for nudge in NUDGES]
    return keys + [("category", key) for key in CATEGORY_KEYS]


def test_no_two_actions_share_a_key() -> None:
    for (who, key), (other, other_key) in combinations(all_keys(), 2):
        assert QKeySequence(key) != QKeySequence(other_key), (who, other, key)


@pytest.mark.parametrize(("who", "key"), all_keys())
def test_every_key_is_one_that_qt_knows(who: str, key: str) -> None:
    sequence = QKeySequence(key)
    assert sequence.count() == 1, who
    assert sequence[0].key() != Qt.Key.Key_unknown
    assert sequence.toString(QKeySequence.SequenceFormat.PortableText), who


def test_the_table_is_complete() -> None:
    assert sorted(spec.id.value for spec in ACTIONS) == sorted(action.value for action in ActionId)
    assert {action for action in TOOLBAR if action is not None} <= set(ActionId)
    for spec in ACTIONS:
        assert spec.text
        assert spec.tip, spec.id
        assert not spec.tip.endswith("."), spec.id


def test_every_icon_is_there_and_none_is_shipped_unused(qtbot: QtBot) -> None:
    used = {spec.icon for spec in ACTIONS if spec.icon}
    root = icon_path("x").parents[2]
    for source in (root / "app" / "views").glob("*.py"):
        used |= set(re.findall(r'"([a-z0-9]+(?:-[a-z0-9]+)*)"', source.read_text(encoding="utf-8")))
    shipped = {path.stem for path in icon_path("x").parent.glob("*.svg")}
    assert {spec.icon for spec in ACTIONS if spec.icon} <= shipped
    assert shipped <= used
    assert "ISC License" in (icon_path("x").parent / "LICENSE").read_text(encoding="utf-8")
    for name in shipped:
        assert "currentColor" in icon_path(name).read_text(encoding="utf-8")
        assert not icon(name, DARK).isNull()


@pytest.fixture
def table(qtbot: QtBot) -> tuple[QMainWindow, Actions]:
    window = QMainWindow()
    content = QWidget()
    layout = QVBoxLayout(content)
    for widget in (QLineEdit(), QDoubleSpinBox(), QListWidget(), QPushButton("press"), QComboBox(), QWidget()):
        widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        layout.addWidget(widget)
    window.setCentralWidget(content)
    qtbot.addWidget(window)
    actions = Actions(window)
    actions.allow(sequence=True, track=True, box=True, keyframe=True)
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    guard = KeyGuard(application)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield window, actions
    guard.deleteLater()


def test_single_keys_are_deaf_while_a_text_field_has_the_keyboard(
    qtbot: QtBot, table: tuple[QMainWindow, Actions]
) -> None:
    window, actions = table
    fired: list[str] = []
    for spec in ACTIONS:
        actions[spec.id].triggered.connect(lambda _checked=False, name=spec.id.value: fired.append(name))
    actions.nudged.connect(lambda *_: fired.append("nudge"))
    actions.category_chosen.connect(lambda *_: fired.append("category"))
    field = window.findChild(QLineEdit)
    field.setFocus()
    qtbot.keyClicks(field, "bdfatohxz[]?v1")
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Space, Qt.Key.Key_Delete, Qt.Key.Key_Return, Qt.Key.Key_Home):
        qtbot.keyClick(field, key)
    qtbot.keyClicks(field, "DA")
    assert fired == []
    assert "bdfatohxz[]?v" in field.text() or "bdfatohxz[]?v" in field.text().replace("DA", "")
    spin = window.findChild(QDoubleSpinBox)
    spin.setFocus()
    for key in (Qt.Key.Key_1, Qt.Key.Key_Up, Qt.Key.Key_D, Qt.Key.Key_Delete):
        qtbot.keyClick(spin, key)
    assert fired == []
    plain = window.centralWidget().layout().itemAt(5).widget()
    plain.setFocus()
    qtbot.keyClick(plain, Qt.Key.Key_D)
    qtbot.keyClick(plain, Qt.Key.Key_Left)
    qtbot.keyClick(plain, Qt.Key.Key_3)
    assert fired == ["next-frame", "nudge", "category"]


def test_lists_and_buttons_keep_what_they_need(qtbot: QtBot) -> None:
    def keeps(widget: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> bool:
        qtbot.addWidget(widget)
        return keeps_key(widget, QKeyCombination(modifiers, key))

    assert keeps(QListWidget(), Qt.Key.Key_Down)
    assert keeps(QListWidget(), Qt.Key.Key_Tab)
    assert not keeps(QListWidget(), Qt.Key.Key_D)
    assert keeps(QPushButton(), Qt.Key.Key_Space)
    assert not keeps(QPushButton(), Qt.Key.Key_D)
    assert not keeps(QLineEdit(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not keeps(QWidget(), Qt.Key.Key_Tab)


def test_what_makes_no_sense_is_greyed_out(table: tuple[QMainWindow, Actions]) -> None:
    _window, actions = table
    actions.allow(sequence=True, track=False, box=False, keyframe=False)
    assert actions[ActionId.DRAW].isEnabled()
    assert not actions[ActionId.PROPAGATE_FORWARD].isEnabled()
    assert not actions[ActionId.DELETE_TRACK].isEnabled()
    actions.allow(sequence=False, track=True, box=True, keyframe=True)
    assert actions[ActionId.OPEN_VIDEO].isEnabled()
    assert not actions[ActionId.DRAW].isEnabled()
    assert not actions[ActionId.CONFIRM].isEnabled()


def test_tool_tips_name_the_key(table: tuple[QMainWindow, Actions]) -> None:
    _window, actions = table
    assert "(F)" in actions[ActionId.PROPAGATE_FORWARD].toolTip()
    assert "Carry the box on" in actions[ActionId.PROPAGATE_FORWARD].toolTip()
