"""Room between the edge of a number field and the number: a style sheet cannot give a spin box any."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtWidgets import QAbstractSpinBox, QLineEdit

LEFT_MARGIN = 4
F = TypeVar("F", bound=QAbstractSpinBox)


def with_margin(field: F) -> F:
    """The field, whose number now begins where the words of a text field do."""
    inner = field.findChild(QLineEdit)
    if inner is not None:
        inner.setTextMargins(LEFT_MARGIN, 0, 0, 0)
    return field
