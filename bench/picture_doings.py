"""What a person does with pictures of 3840 x 2160, of which each step brings 25 MB."""

from __future__ import annotations

from functools import partial

from app.views.action_table import ActionId
from app.views.picture_levels import PictureLevels
from bench.crowd_doings import in_turns, turn_wheel
from bench.doings import Doing, Doings

BRIGHTER = PictureLevels(brightness=0.2, contrast=0.3, gamma=1.4)


def _go(it: Doings) -> None:
    in_turns(it, "go 30 frames on", [partial(it.hands.do, ActionId.NEXT_FRAME)] * 30)
    view = it.hands.window.panels.workspace.view
    levels = [PictureLevels(brightness=step / 40, contrast=step / 40) for step in range(-10, 11)]
    in_turns(it, "change brightness and contrast", [partial(setattr, view, "levels", it) for it in levels])
    view.levels = BRIGHTER
    in_turns(it, "go 30 frames on, brighter", [partial(it.hands.do, ActionId.NEXT_FRAME)] * 30)
    in_turns(it, "zoom in and out", [partial(turn_wheel, view, 120 if turn < 8 else -120) for turn in range(16)])
    view.levels = PictureLevels()


PICTURE_DOINGS: dict[str, Doing] = {"pictures-go": _go}
"""By a short name, in this order."""
