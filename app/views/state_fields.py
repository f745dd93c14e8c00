"""What the Inspector says of the selected Track on this frame beside its box: how much is to be seen, and the gap."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.document.model import Gap, Source, Track
from app.spoken import shown_frame
from app.views.number_margin import with_margin
from app.views.scroll_safe import ScrollSafeNumber


class StateFields(QWidget):
    """Occluded, visibility, and in words the span or gap that the frame lies in."""

    occluded_toggled = Signal()
    visibility_entered = Signal(float)
    """0 to 1."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._occluded = QCheckBox(self.tr("Occluded"))
        self._occluded.setToolTip(self.tr("Partly hidden, from this frame to the next keyframe"))
        self._occluded.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # Space after a click plays, and does not click again
        self._occluded.clicked.connect(self._toggle)
        self._visibility = with_margin(ScrollSafeNumber())
        self._visibility.setRange(0, 100)
        self._visibility.setDecimals(0)
        self._visibility.setSingleStep(10)
        self._visibility.setSuffix(" %")
        self._visibility.setKeyboardTracking(False)
        self._visibility.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._visibility.setAccessibleName(self.tr("Visible share of the object"))
        self._visibility.setToolTip(self.tr("How much of it is to be seen, from this frame to the next keyframe"))
        self._visibility.valueChanged.connect(self._enter)
        label = QLabel(self.tr("Visible"))
        label.setProperty("role", "muted")
        label.setBuddy(self._visibility)
        self._span = QLabel()
        self._span.setProperty("role", "muted")
        self._span.setWordWrap(True)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._occluded, 1)
        row.addWidget(label)
        row.addWidget(self._visibility)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(row)
        layout.addWidget(self._span)

    @property
    def span_text(self) -> str:
        """What is said of the frames round this one."""
        return self._span.text()

    def show_track(self, track: Track | None, frame: int, *, editable: bool) -> None:
        """Say what holds of a Track on ``frame``. O(log n) in the number of its Keyframes."""
        has_box = track is not None and track.box_at(frame) is not None
        with QSignalBlocker(self._visibility):
            self._occluded.setChecked(track is not None and has_box and track.occluded_at(frame))
            self._visibility.setValue(100 * (track.visibility_at(frame) if track is not None and has_box else 1.0))
        self._occluded.setEnabled(has_box and editable)
        self._visibility.setEnabled(has_box and editable)
        text = "" if track is None else self._describe(track, frame)
        self._span.setText(text)
        self._span.setVisible(bool(text))

    def _describe(self, track: Track, frame: int) -> str:
        keyframes = track.keyframes
        start, end = keyframes.at_or_before(frame), keyframes.after(frame)
        if start is None:
            return ""
        if track.source_at(frame) is Source.OUTSIDE:
            return self._describe_outside(start, end)
        if end is None or end - start == 1 or keyframes[end].box is None:
            return ""
        if keyframes[start].gap is Gap.INTERPOLATED:
            text = self.tr("On a straight line from frame {0} to {1}.")
        else:
            text = self.tr("Between keyframes {0} and {1}.")
        return text.format(shown_frame(start), shown_frame(end))

    def _describe_outside(self, start: int, end: int | None) -> str:
        if end is None:
            return self.tr("Outside from frame {0} on.").format(shown_frame(start))
        if end - start == 1:
            return self.tr("Outside on this frame.")
        return self.tr("Outside from frame {0} to {1}.").format(shown_frame(start), shown_frame(end - 1))

    def _toggle(self) -> None:
        self.occluded_toggled.emit()

    def _enter(self, percent: float) -> None:
        self.visibility_entered.emit(percent / 100)
