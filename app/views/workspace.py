"""The middle of the window while a Sequence is open: picture, banner, status strip."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.views.action_table import ActionId
from app.views.actions import Actions
from app.views.banner import Banner
from app.views.status_strip import StatusStrip
from app.views.tokens import Tokens
from app.views.video_view import VideoView


class Workspace(QWidget):
    """The picture gets all the room that is left, always the same.

    Args:
        actions: The window's.
        tokens: The theme in use.
        parent: Qt owner.
    """

    def __init__(self, actions: Actions, tokens: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = VideoView(tokens)
        self.banner = Banner(tokens)
        self.strip = StatusStrip(actions[ActionId.PLAY], actions[ActionId.CANCEL])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.banner)
        layout.addWidget(self.strip)

    def set_theme(self, tokens: Tokens) -> None:
        """Use other colours."""
        self.view.set_theme(tokens)
        self.banner.set_theme(tokens)
