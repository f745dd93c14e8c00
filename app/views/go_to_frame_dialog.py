"""Jump to a frame by its number or its time."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from app.media.frame_times import FrameTimes
from app.views.wording import seconds_of, time_text


class GoToFrameDialog(QDialog):
    """One field that takes ``312``, ``0:05.12`` or ``5.2s``.

    Args:
        frame: Where one is.
        times: Of the Sequence's frames.
        base: Number that the first frame has on the screen.
        parent: Qt owner.
    """

    def __init__(self, frame: int, times: FrameTimes, base: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._base = base
        self._times = times
        self.setWindowTitle(self.tr("Go to frame"))
        self.setMinimumWidth(360)
        last = len(times) - 1
        prompt = QLabel(
            self.tr("Frame {0} to {1}, or a time up to {2}").format(base, last + base, time_text(times.time_of(last)))
        )
        self._field = QLineEdit(str(frame + base))
        self._field.setAccessibleName(self.tr("Frame number or time"))
        self._field.selectAll()
        self._field.textChanged.connect(self._check)
        prompt.setBuddy(self._field)
        self._answer = QLabel()
        self._answer.setProperty("role", "muted")
        self._answer.setWordWrap(True)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self._buttons.button(QDialogButtonBox.StandardButton.Ok).setText(self.tr("Go"))
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        for widget in (prompt, self._field, self._answer, self._buttons):
            layout.addWidget(widget)
        self._check()

    @property
    def frame(self) -> int | None:
        """The frame that was entered, or None while it is none of this Sequence."""
        text = self._field.text().strip()
        if text.isascii() and text.isdecimal():
            frame = int(text) - self._base
            return frame if 0 <= frame < len(self._times) else None
        seconds = seconds_of(text)
        # half a second beyond the end still means the last frame
        if seconds is None or not 0 <= seconds <= self._times.time_of(len(self._times) - 1) + 0.5:
            return None
        return self._times.frame_at(seconds)

    def _check(self) -> None:
        frame = self.frame
        self._buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(frame is not None)
        if frame is None:
            self._answer.setText(self.tr("Type a frame number, a time such as 0:05.20, or seconds such as 5.2s."))
        else:
            self._answer.setText(
                self.tr("Frame {0}, at {1}").format(frame + self._base, time_text(self._times.time_of(frame)))
            )
