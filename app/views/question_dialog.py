"""Asks for one number or a few words, in a dialog that looks like all others."""

from __future__ import annotations

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QInputDialog, QPlainTextEdit, QSpinBox, QWidget

from app.views.number_margin import with_margin

_MARGIN = 16


class QuestionDialog(QInputDialog):
    """Qt's own, which lays itself out when it is shown and takes the style's narrow margins."""

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  # Qt's name
        """Take the margins of the other dialogs."""
        super().showEvent(event)
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
            layout.setSpacing(8)
            for number in self.findChildren(QSpinBox):
                with_margin(number)
            words = self.findChild(QPlainTextEdit)
            if words is not None:
                words.setTabChangesFocus(True)  # or the keyboard would never get to the buttons
            self.resize(self.size().expandedTo(layout.sizeHint()))


def ask_number(parent: QWidget, title: str, question: str, number: int, least: int, most: int) -> int | None:
    """A whole number from the person.

    Args:
        parent: The window.
        title: Of the dialog.
        question: Above the field.
        number: To begin with.
        least: Smallest that may be chosen.
        most: Largest.

    Returns:
        The number, or None where the person gave up.
    """
    dialog = QuestionDialog(parent)
    dialog.setInputMode(QInputDialog.InputMode.IntInput)
    dialog.setIntRange(least, most)
    dialog.setIntValue(number)
    return dialog.intValue() if _is_answered(dialog, title, question) else None


def ask_words(parent: QWidget, title: str, question: str, words: str) -> str | None:
    """Some lines of text from the person; None where the person gave up."""
    dialog = QuestionDialog(parent)
    dialog.setOption(QInputDialog.InputDialogOption.UsePlainTextEditForTextInput)
    dialog.setTextValue(words)
    return dialog.textValue() if _is_answered(dialog, title, question) else None


def _is_answered(dialog: QuestionDialog, title: str, question: str) -> bool:
    dialog.setWindowTitle(title)
    dialog.setLabelText(question)
    is_answered = dialog.exec() == QInputDialog.DialogCode.Accepted
    dialog.deleteLater()
    return is_answered
