"""How the picture is looked at: settings, actions and controls of one thing kept together."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.settings import Settings
from app.views.action_table import ActionId
from app.views.panels import Panels

_OPACITY_STEP = 0.1


class ViewControls(QObject):
    """Puts what the person prefers on the canvas, and what they switch there into the settings.

    Args:
        settings: The person's; the one place where these choices are kept.
        panels: Canvas, bars and actions.
        parent: Qt owner.
    """

    def __init__(self, settings: Settings, panels: Panels, parent: QObject) -> None:
        super().__init__(parent)
        self._settings = settings
        self._panels = panels
        actions, transport = panels.actions, panels.time.transport
        actions.on(ActionId.HEATMAP_LESS, self._heatmap_less)
        actions.on(ActionId.HEATMAP_MORE, self._heatmap_more)
        actions[ActionId.HEATMAP].toggled.connect(self._show_heatmap)
        transport.opacity_changed.connect(self._set_opacity)
        transport.speed_changed.connect(self._set_speed)
        panels.workspace.view.zoom_changed.connect(transport.set_zoom)
        settings.changed.connect(self._show)
        for name in ("heatmap_visible", "heatmap_opacity", "heatmap_colours", "playback_speed"):
            self._show(name)

    def _show(self, name: str) -> None:
        """One setting has another value."""
        settings, view, transport = self._settings, self._panels.workspace.view, self._panels.time.transport
        match name:
            case "heatmap_visible":
                view.heat_visible = settings.heatmap_visible
                self._panels.actions[ActionId.HEATMAP].setChecked(settings.heatmap_visible)
            case "heatmap_opacity":
                view.heat_opacity = settings.heatmap_opacity
                transport.set_opacity(settings.heatmap_opacity)
            case "heatmap_colours":
                view.heat_colours = settings.heatmap_colours
            case "playback_speed":
                transport.set_speed(settings.playback_speed)

    def _show_heatmap(self, visible: bool) -> None:
        self._settings.heatmap_visible = visible

    def _heatmap_less(self) -> None:
        self._set_opacity(self._settings.heatmap_opacity - _OPACITY_STEP)

    def _heatmap_more(self) -> None:
        self._set_opacity(self._settings.heatmap_opacity + _OPACITY_STEP)

    def _set_opacity(self, opacity: float) -> None:
        self._settings.heatmap_opacity = min(max(opacity, 0.1), 1.0)

    def _set_speed(self, speed: float) -> None:
        self._settings.playback_speed = speed
