"""A sentence about what just happened, with what can be done about it; stays until it is answered or no longer true."""

from __future__ import annotations

import enum
from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from app.views.icons import icon, pixmap
from app.views.tokens import Tokens


class Tone(enum.Enum):
    """How serious it is; the value names the style."""

    INFO = "info"
    DOUBT = "doubt"
    BAD = "bad"


_ICONS = {Tone.INFO: "info", Tone.DOUBT: "triangle-alert", Tone.BAD: "circle-x"}
_ICON_SIZE = 20
_HEIGHT = 48
"""Pixels of one line with buttons."""
_LEAST_TEXT = 260
"""Pixels that the sentence needs beside the buttons; with fewer it stands above them."""


class Banner(QFrame):
    """One line under the picture: icon, sentence, buttons, close.

    Its place stays empty while there is nothing to say: the picture must not move when a person is about to correct it.

    Args:
        tokens: The theme in use.
        parent: Qt owner.
    """

    dismissed = Signal()
    """The person closed it."""

    def __init__(self, tokens: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tokens = tokens
        self._tone = Tone.INFO
        self._buttons: list[QPushButton] = []
        self._offered: list[tuple[QAction, str, str]] = []
        self._icon = QLabel()
        self._icon.setFixedSize(_ICON_SIZE, _ICON_SIZE)
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._close = QToolButton()
        self._close.setAccessibleName(self.tr("Close message"))
        self._close.setToolTip(self.tr("Close message"))
        self._close.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._close.clicked.connect(self._dismiss)
        self._row = QHBoxLayout()
        self._row.setSpacing(8)
        self._row.addStretch(1)
        self._middle = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._middle.setSpacing(8)
        self._middle.addWidget(self._text, 1)
        self._middle.addLayout(self._row)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 8, 8, 8)
        layout.setSpacing(8)
        layout.addWidget(self._icon)
        layout.addLayout(self._middle, 1)
        layout.addWidget(self._close)
        self.setMinimumHeight(_HEIGHT)
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.setSizePolicy(policy)
        self.set_theme(tokens)
        self.hide()

    @property
    def text(self) -> str:
        """The sentence shown, or empty."""
        return self._text.text() if not self.isHidden() else ""

    @property
    def tone(self) -> Tone:
        """How serious the sentence is."""
        return self._tone

    def say(self, tone: Tone, text: str, actions: Sequence[QAction] = ()) -> None:
        """Show a sentence in place of the one before.

        Args:
            tone: How serious.
            text: One or two sentences for the person.
            actions: Each becomes a button; the first is the one most would press.
        """
        self._text.setText(text)
        self.setAccessibleName(text)
        self._offer(actions)
        is_sharp = self._icon.pixmap().devicePixelRatio() == self.devicePixelRatioF()
        if tone is not self._tone or not is_sharp:
            self._tone = tone
            self.set_theme(self._tokens)
        self.show()
        self._arrange()
        self._keep_room()

    def _keep_room(self) -> None:
        """As high as the highest sentence so far at this width: the next one, or none, moves the picture no more."""
        self.setMinimumHeight(max(self.minimumHeight(), self.heightForWidth(self.width())))

    def _offer(self, actions: Sequence[QAction]) -> None:
        """Buttons for these; mostly they are those of the sentence before."""
        offered = [(action, action.text(), action.toolTip()) for action in actions]
        if offered == self._offered:
            return
        self._offered = offered
        for button in self._buttons:
            self._row.removeWidget(button)
            button.hide()  # it goes when the event loop comes round
            button.deleteLater()
        self._buttons = []
        for number, action in enumerate(actions):
            button = QPushButton(action.text())
            button.setToolTip(action.toolTip())
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setProperty("primary", number == 0)
            button.clicked.connect(action.trigger)
            self._row.addWidget(button)
            self._buttons.append(button)

    def clear(self) -> None:
        """Nothing to say any more."""
        self.hide()

    def set_theme(self, tokens: Tokens) -> None:
        """Use other colours."""
        self._tokens = tokens
        colour = {Tone.INFO: tokens.accent, Tone.DOUBT: tokens.doubt, Tone.BAD: tokens.bad}[self._tone]
        self._icon.setPixmap(pixmap(_ICONS[self._tone], colour, _ICON_SIZE, self.devicePixelRatioF()))
        self._close.setIcon(icon("x", tokens))
        self.setProperty("banner", self._tone.value)
        self.style().unpolish(self)
        self.style().polish(self)

    def minimumSizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """Little: what has no room is left out, or the panels beside the picture would have to give way."""
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), _LEAST_TEXT), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """The buttons may have to go below the sentence, or come up again."""
        super().resizeEvent(event)
        self._arrange()
        if event.size().width() != event.oldSize().width():
            self.setMinimumHeight(_HEIGHT)
            self._keep_room()

    def _arrange(self) -> None:
        """Put the buttons beside the sentence or below it; those there is no room for go, the last first.

        They are in the menus and have keys as well.
        """
        taken = sum(button.sizeHint().width() + self._row.spacing() for button in self._buttons)
        margins = self.contentsMargins()
        beside = _ICON_SIZE + self._close.sizeHint().width() + margins.left() + margins.right() + 36
        for number in reversed(range(1, len(self._buttons))):
            has_room = taken <= self.width() - beside
            self._buttons[number].setVisible(has_room)
            if not has_room:
                taken -= self._buttons[number].sizeHint().width() + self._row.spacing()
        is_narrow = bool(self._buttons) and self.width() - beside - taken < _LEAST_TEXT
        direction = QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight
        if direction != self._middle.direction():
            self._middle.setDirection(direction)

    def _dismiss(self) -> None:
        self.clear()
        self.dismissed.emit()
