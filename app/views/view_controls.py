"""How the picture is looked at: settings, actions and controls of one thing kept together."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.settings import LabelledBoxes, Settings
from app.spoken import count_frames_from
from app.views.action_table import ActionId
from app.views.look_panel import LookPanel
from app.views.panels import Panels
from app.views.picture_levels import PictureLevels
from app.views.wording import model_text

_OPACITY_STEP = 0.1
_FLAGS = {
    ActionId.HEATMAP: "heatmap_visible",
    ActionId.FOLLOW: "follow_target",
    ActionId.GHOSTS: "ghosts_visible",
    ActionId.CROSS_HAIR: "cross_hair",
    ActionId.PIXEL_GRID: "pixel_grid",
}
"""Actions that are on or off, and the setting each of them switches."""
_VALUES = ("heatmap_opacity", "heatmap_colours", "playback_speed", "doubt_threshold", "frame_base", "model")


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
        actions, transport, view = panels.actions, panels.time.transport, panels.workspace.view
        actions.on(ActionId.HEATMAP_LESS, self._heatmap_less)
        actions.on(ActionId.HEATMAP_MORE, self._heatmap_more)
        actions.on(ActionId.LOOK, self._pop_up_look)
        actions.on(ActionId.LABELS, self._next_labels)
        actions.on(ActionId.ZOOM_IN, view.zoom_in)
        actions.on(ActionId.ZOOM_OUT, view.zoom_out)
        for action in _FLAGS:
            actions[action].triggered.connect(self._switch)
        self.look = LookPanel(settings, panels.workspace)
        self.look.levels_changed.connect(self._set_levels)
        actions.on(ActionId.TIME_ALL, panels.time.axis.show_all)
        panels.time.curve.threshold_dragged.connect(self._set_threshold)
        transport.speed_changed.connect(self._set_speed)
        view.zoom_changed.connect(transport.set_zoom)
        settings.changed.connect(self._show)
        for name in (*_FLAGS.values(), *_VALUES):
            self._show(name)

    def _show(self, name: str) -> None:
        """One setting has another value."""
        for action, flag in _FLAGS.items():
            if flag == name:
                self._panels.actions[action].setChecked(getattr(self._settings, flag))
        self._show_on_picture(name)
        self._show_in_time(name)

    def _show_on_picture(self, name: str) -> None:
        settings, view = self._settings, self._panels.workspace.view
        match name:
            case "heatmap_visible":
                view.heat_visible = settings.heatmap_visible
            case "heatmap_opacity":
                view.heat_opacity = settings.heatmap_opacity
            case "heatmap_colours":
                view.heat_colours = settings.heatmap_colours
            case "model":
                self._panels.workspace.strip.set_model(model_text(settings.model.name, settings.model.device))
            case "cross_hair":
                view.cross_hair = settings.cross_hair
            case "pixel_grid":
                view.pixel_grid = settings.pixel_grid

    def _show_in_time(self, name: str) -> None:
        settings, panel = self._settings, self._panels.time
        match name:
            case "doubt_threshold":
                panel.curve.set_threshold(settings.doubt_threshold)
            case "frame_base":
                count_frames_from(settings.frame_base)
                panel.set_frame_base(settings.frame_base)
            case "playback_speed":
                panel.transport.set_speed(settings.playback_speed)

    def model_loaded(self, name: str, device: str) -> None:
        """The tracker has a model and knows where it computes; only then is "the fastest device" a certain one."""
        if name == self._settings.model.name:
            self._panels.workspace.strip.set_model(model_text(name, device))

    def show_plain_light(self) -> None:
        """Another video: its light is its own."""
        self.look.show_levels(PictureLevels())
        self._set_levels(PictureLevels())

    def _switch(self, _checked: bool) -> None:
        for action, flag in _FLAGS.items():
            setattr(self._settings, flag, self._panels.actions[action].isChecked())

    def _next_labels(self) -> None:
        choices = list(LabelledBoxes)
        place = choices.index(self._settings.labelled_boxes) + 1
        self._settings.labelled_boxes = choices[place % len(choices)]

    def _pop_up_look(self) -> None:
        self.look.pop_up(self._panels.time.transport.look)

    def _set_levels(self, levels: PictureLevels) -> None:
        self._panels.workspace.view.levels = levels

    def _heatmap_less(self) -> None:
        self._set_opacity(self._settings.heatmap_opacity - _OPACITY_STEP)

    def _heatmap_more(self) -> None:
        self._set_opacity(self._settings.heatmap_opacity + _OPACITY_STEP)

    def _set_opacity(self, opacity: float) -> None:
        self._settings.heatmap_opacity = min(max(opacity, 0.1), 1.0)

    def _set_threshold(self, score: float) -> None:
        self._settings.doubt_threshold = score

    def _set_speed(self, speed: float) -> None:
        self._settings.playback_speed = speed
