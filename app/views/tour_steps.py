"""What the tour says, and where."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.views.action_table import ActionId
from app.views.panels import Panels
from app.views.tour import TourStep


def _tr(text: str) -> str:
    return QCoreApplication.translate("Tour", text)


def tour_steps(panels: Panels, tool_bar: QWidget, menu_bar: QWidget) -> list[TourStep]:
    """Five steps, with the keys in force."""
    key = panels.actions.key
    return [
        TourStep(
            panels.workspace.view,
            _tr("A box round the object"),
            _tr(
                "The first one is drawn. {0} draws another, with the mouse or with arrows and Enter; "
                "arrows move the selected one."
            ).format(key(ActionId.DRAW)),
        ),
        TourStep(
            tool_bar,
            _tr("Let it be carried"),
            _tr("Press {0}: the tracker carries the box on while you watch. {1} pauses, {2} ends.").format(
                key(ActionId.PROPAGATE_FORWARD), key(ActionId.PLAY), key(ActionId.CANCEL)
            ),
        ),
        TourStep(
            panels.time.curve,
            _tr("How sure it is"),
            _tr(
                "The curve and the heat-map ({0}) show it on every frame. Click a dip to look there; "
                "where the tracker loses the object it stops by itself and says so."
            ).format(key(ActionId.HEATMAP)),
        ),
        TourStep(
            panels.workspace.strip,
            _tr("Correct it, and it learns"),
            _tr(
                "Move a wrong box and press {0}. It becomes a keyframe that no run alters, "
                "the tracker learns it for good and goes on."
            ).format(key(ActionId.CONFIRM)),
        ),
        TourStep(
            menu_bar,
            _tr("Everything else"),
            _tr("{0} finds any action, {1} shows all keys, {2} exports. All is saved as you go.").format(
                key(ActionId.PALETTE), key(ActionId.SHORTCUTS), key(ActionId.EXPORT)
            ),
        ),
    ]
