"""What a key would do that does nothing at this moment, and what it waits for, in a sentence."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QKeyCombination

from app.session.session import Session
from app.spoken import shown_frame
from app.views.action_table import ActionId, Needs
from app.views.actions import Actions, translated


def _tr(text: str) -> str:
    return QCoreApplication.translate("IdleKeys", text)


def why_idle(actions: Actions, session: Session, combination: QKeyCombination) -> str:
    """Why a key did nothing: the action it belongs to is greyed out. Empty where it belongs to none.

    Args:
        actions: The window's.
        session: On the screen.
        combination: The key that was pressed.
    """
    idle = actions.idle(combination)
    if idle is None:
        return ""
    action, needs, text = idle
    sequence, track_id = session.sequence, session.track_id
    match action, needs:
        case ActionId.UNDO, _:
            reason = _tr("There is nothing to undo.")
        case ActionId.REDO, _:
            reason = _tr("There is nothing to do again.")
        case _, Needs.RANGE:
            reason = _tr(
                "“{0}” needs chosen frames: press {3} on the first and {4} on the last, or drag over the lanes."
            )
        case _ if track_id:
            reason = _tr("“{0}” needs a box, and track {1} has none on frame {2}: press {5} and draw it.")
        case _ if sequence is not None and sequence.tracks:
            reason = _tr("“{0}” needs a track: choose one with {6}, or click its box.")
        case _:
            reason = _tr("“{0}” needs a track, and there is none yet: press {5} and draw a box round the object.")
    helpers = (ActionId.RANGE_START, ActionId.RANGE_END, ActionId.DRAW, ActionId.NEXT_TRACK)
    keys = map(actions.key, helpers)
    return reason.format(translated(text).rstrip("…"), track_id, shown_frame(session.frame), *keys)
