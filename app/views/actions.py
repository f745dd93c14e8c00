"""QActions made from the table of actions, and the guard that keeps single keys out of text fields."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, QKeyCombination, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QMenu,
    QMenuBar,
    QPlainTextEdit,
    QTextEdit,
    QToolBar,
    QWidget,
)

from app.spoken import call_confirm_key
from app.views.action_table import ACTIONS, TOOLBAR, ActionId, ActionSpec, Menu, Needs
from app.views.icons import icon
from app.views.nudges import CATEGORY_KEYS, NUDGES
from app.views.shortcuts import Shortcuts, bindings, category_binding
from app.views.tokens import Tokens

_ICONS = 3
"""Icons that are drawn in one go: in some five to ten milliseconds."""
_TEXT_FIELDS = (QLineEdit, QAbstractSpinBox, QTextEdit, QPlainTextEdit)
_COMMAND_MODIFIERS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.MetaModifier
_ARROWS = {Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down}
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_TAB = {Qt.Key.Key_Tab, Qt.Key.Key_Backtab}
_PANEL_KEYS = {Qt.Key.Key_F1, Qt.Key.Key_F6}
"""No text field has a use for these."""
TAKES_ENTER = "takesEnter"
"""Property of a list that Enter chooses from."""


def translated(text: str) -> str:
    """A text of the table in the person's language."""
    return QCoreApplication.translate("Actions", text)


def binding_text(name: str) -> str:
    """What an action, nudge or category key is called in the person's language."""
    binding = bindings()[name]
    return translated(binding.text).rstrip("…").format(binding.number)


def shown_key(keys: Sequence[str]) -> str:
    """The first of these shortcuts as this platform writes it; empty without one."""
    return QKeySequence(keys[0]).toString(QKeySequence.SequenceFormat.NativeText) if keys else ""


class Actions(QObject):
    """All QActions of a window, by name.

    Args:
        window: Owns them; their shortcuts work while it is the active window.
        shortcuts: The keys in force.
    """

    nudged = Signal(int, int)
    """Move the box by (dx, dy) pixels."""
    resized = Signal(int, int)
    """Make the box wider and taller by (dx, dy) pixels."""
    category_chosen = Signal(int)
    """Place in the category list, 0-based."""

    def __init__(self, window: QWidget, shortcuts: Shortcuts | None = None) -> None:
        super().__init__(window)
        self._window = window
        self.shortcuts = shortcuts if shortcuts is not None else Shortcuts()
        self._actions = {spec.id: self._make(spec) for spec in ACTIONS}
        self._has_range = False
        self._menu_bars: list[QMenuBar] = []
        self._box_keys = [self._make_nudge(number) for number in range(len(NUDGES))]
        self._category_keys = [self._make_category_key(number) for number in range(len(CATEGORY_KEYS))]
        call_confirm_key(self.key(ActionId.CONFIRM))

    def __getitem__(self, action: ActionId) -> QAction:
        return self._actions[action]

    def key(self, action: ActionId) -> str:
        """The key of an action as this platform writes it, for a sentence; the action's name where it has none."""
        keys = self.shortcuts.keys(action.value)
        if keys and keys[0] == "Return" and sys.platform != "darwin":
            return self.tr("Enter")  # so it stands on keyboards
        return shown_key(keys) or f"“{self._actions[action].iconText()}”"

    def use_shortcuts(self, shortcuts: Shortcuts) -> None:
        """Put other keys in force, at once."""
        self.shortcuts = shortcuts
        call_confirm_key(self.key(ActionId.CONFIRM))
        for spec in ACTIONS:
            self._give_keys(self._actions[spec.id], spec)
        for action, nudge in zip(self._box_keys, NUDGES, strict=True):
            action.setShortcuts([QKeySequence(key) for key in shortcuts.keys(nudge.id)])
        for place, action in enumerate(self._category_keys):
            action.setShortcuts([QKeySequence(key) for key in shortcuts.keys(category_binding(place))])

    def on(self, action: ActionId, slot: Callable[[], object]) -> None:
        """Call ``slot`` when the action is triggered by menu, button or key."""
        self._actions[action].triggered.connect(slot)

    def allow(self, *, sequence: bool, track: bool, box: bool, keyframe: bool) -> None:
        """Grey out what makes no sense now.

        Args:
            sequence: A Sequence is open.
            track: A Track is selected.
            box: It has a box on this frame.
            keyframe: It has a keyframe on this frame.
        """
        there = {
            Needs.NOTHING: True,
            Needs.SEQUENCE: sequence,
            Needs.TRACK: sequence and track,
            Needs.BOX: sequence and box,
            Needs.KEYFRAME: sequence and keyframe,
            Needs.RANGE: sequence and self._has_range,
        }
        for spec in ACTIONS:
            self._actions[spec.id].setEnabled(there[spec.needs])
        for action in self._box_keys:
            action.setEnabled(there[Needs.BOX])
        for action in self._category_keys:
            action.setEnabled(there[Needs.TRACK])

    def tinting(self, tokens: Tokens) -> list[Callable[[], None]]:
        """Draw all icons in the theme's colours: in so many parts, for each takes some milliseconds."""
        drawn = [spec for spec in ACTIONS if spec.icon]
        return [partial(self._tint, drawn[start : start + _ICONS], tokens) for start in range(0, len(drawn), _ICONS)]

    def _tint(self, specs: Sequence[ActionSpec], tokens: Tokens) -> None:
        for spec in specs:
            self._actions[spec.id].setIcon(icon(spec.icon, tokens))

    def idle(self, combination: QKeyCombination) -> tuple[ActionId | None, Needs, str] | None:
        """What a key belongs to that is greyed out: its id where it is in the table, what it needs, and its name."""
        key = QKeySequence(combination)
        for spec in ACTIONS:
            if key in (action := self._actions[spec.id]).shortcuts() and not action.isEnabled():
                return spec.id, spec.needs, spec.text
        for needs, keys in ((Needs.BOX, self._box_keys), (Needs.TRACK, self._category_keys)):
            for action in keys:
                if key in action.shortcuts() and not action.isEnabled():
                    return None, needs, action.text()
        return None

    def key_owners(self) -> list[QObject]:
        """All that a key of the window can set off: every action with one, and the menus."""
        return [*self._window.actions(), *self._menu_bars]

    def allow_range(self, there: bool) -> None:
        """Grey out what needs a range of frames while none is chosen."""
        self._has_range = there
        for spec in ACTIONS:
            if spec.needs is Needs.RANGE:
                self._actions[spec.id].setEnabled(there)

    def fill_menu_bar(self, bar: QMenuBar) -> dict[Menu, QMenu]:
        """Make the menus, in the table's order."""
        menus = {}
        self._menu_bars.append(bar)
        for menu in Menu:
            made = bar.addMenu(translated(menu.value))
            made.setToolTipsVisible(True)
            for spec in ACTIONS:
                if spec.menu is menu:
                    if spec.separator:
                        made.addSeparator()
                    made.addAction(self._actions[spec.id])
            menus[menu] = made
        return menus

    def fill_tool_bar(self, bar: QToolBar) -> None:
        """Put the buttons on the tool bar; the mouse does not give them the keyboard, Tab does."""
        for entry in TOOLBAR:
            if entry is None:
                bar.addSeparator()
                continue
            bar.addAction(self._actions[entry])
            button = bar.widgetForAction(self._actions[entry])
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setAccessibleName(self._actions[entry].iconText())

    def _make(self, spec: ActionSpec) -> QAction:
        action = QAction(translated(spec.text), self._window)
        action.setObjectName(spec.id.value)
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.setAutoRepeat(spec.repeats)
        action.setCheckable(spec.checkable)
        action.setIconText(translated(spec.text).rstrip("…"))
        action.setStatusTip(translated(spec.tip))
        self._give_keys(action, spec)
        if spec.id is ActionId.QUIT:
            action.setMenuRole(QAction.MenuRole.QuitRole)
        elif spec.id is ActionId.ABOUT:
            action.setMenuRole(QAction.MenuRole.AboutRole)
        self._window.addAction(action)
        return action

    def _give_keys(self, action: QAction, spec: ActionSpec) -> None:
        keys = self.shortcuts.keys(spec.id.value)
        shown = shown_key(keys)
        name, tip = translated(spec.text).rstrip("…"), translated(spec.tip)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.setToolTip(f"<b>{name}</b>{f' ({shown})' if shown else ''}<br>{tip}")

    def _make_nudge(self, number: int) -> QAction:
        nudge = NUDGES[number]
        action = QAction(binding_text(nudge.id), self._window)
        action.setShortcuts([QKeySequence(key) for key in self.shortcuts.keys(nudge.id)])
        action.setData(number)
        action.triggered.connect(self._nudge)
        self._window.addAction(action)
        return action

    def _make_category_key(self, number: int) -> QAction:
        name = category_binding(number)
        action = QAction(binding_text(name), self._window)
        action.setShortcuts([QKeySequence(key) for key in self.shortcuts.keys(name)])
        action.setAutoRepeat(False)
        action.setData(number)
        action.triggered.connect(self._choose_category)
        self._window.addAction(action)
        return action

    def _nudge(self) -> None:
        sender = self.sender()
        if isinstance(sender, QAction):
            nudge = NUDGES[sender.data()]
            signal = self.nudged if nudge.kind.name == "MOVE" else self.resized
            signal.emit(nudge.dx, nudge.dy)

    def _choose_category(self) -> None:
        sender = self.sender()
        if isinstance(sender, QAction):
            self.category_chosen.emit(sender.data())


class KeyGuard(QObject):
    """Leaves keys to the control that has the keyboard where it needs them itself.

    Qt asks the focused widget before it fires a shortcut. Text fields claim letters but not, say, Tab or Enter; lists
    and buttons claim nothing. This answers for them: typing a name never steps a frame, Tab leaves a field, arrows
    walk a list, Space presses a button. It listens to the focused widget alone: a filter on the whole application
    would run Python for every event there is.
    """

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        application.focusChanged.connect(self._follow)
        self._follow(None, QApplication.focusWidget())

    def _follow(self, old: QWidget | None, new: QWidget | None) -> None:
        if old is not None:
            old.removeEventFilter(self)
        if new is not None:
            new.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        """Claim a key for the focused control before shortcuts see it."""
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and isinstance(watched, QWidget)
            and keeps_key(watched, event.keyCombination())
        ):
            event.accept()
            return True
        return False


def keeps_key(widget: QWidget, combination: QKeyCombination) -> bool:
    """Whether a focused widget needs this key for itself rather than for a shortcut of the window."""
    key, modifiers = combination.key(), combination.keyboardModifiers()
    if modifiers & _COMMAND_MODIFIERS or key in _PANEL_KEYS:
        return False
    if isinstance(widget, _TEXT_FIELDS) or (isinstance(widget, QComboBox) and widget.isEditable()):
        return True
    if isinstance(widget, QAbstractItemView):
        edits = widget.state() is QAbstractItemView.State.EditingState
        chooses = edits or bool(widget.property(TAKES_ENTER))
        return key in _ARROWS | _TAB | {Qt.Key.Key_F2} or (key in _ENTER and chooses)
    if isinstance(widget, QAbstractButton):
        return key in _TAB | _ENTER | {Qt.Key.Key_Space}
    if isinstance(widget, QComboBox | QAbstractSlider):
        return key in _ARROWS | _TAB | {Qt.Key.Key_Space}
    return False
