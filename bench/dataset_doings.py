"""What a person does in a project as large data sets make it: thousands of short Tracks, Sequences and Categories."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QDialog

from app.views.action_table import ActionId
from app.views.attributes_dialog import AttributesDialog
from bench.crowd_doings import in_turns
from bench.doings import Doing, Doings
from bench.huge_project import HUGE, SMALL


def _order(it: Doings) -> None:
    it.edit(ActionId.RAISE, "raise a track")
    it.edit(ActionId.LOWER, "lower a track")


def _choose_another(it: Doings) -> None:
    it.look_at(ActionId.MERGE, "open the choice of a track to merge with")
    it.look_at(ActionId.SWAP, "open the choice of a track to swap with")


def _go(it: Doings) -> None:
    in_turns(it, "go 30 frames on", [partial(it.hands.do, ActionId.NEXT_FRAME)] * 30)
    it.do("go to the next bookmark", partial(it.hands.do, ActionId.NEXT_BOOKMARK))
    it.do("set a bookmark", partial(it.hands.do, ActionId.BOOKMARK))
    it.do("select the next track", partial(it.hands.do, ActionId.NEXT_TRACK))


def _switch(it: Doings) -> None:
    opened = it.hands.window.open_session
    assert opened is not None
    it.do("switch to a small sequence", partial(opened.show, SMALL))
    it.do("switch back", partial(opened.show, HUGE))


def _values(it: Doings) -> None:
    it.edit(ActionId.ATTRIBUTES, "take an attribute from all tracks", _take_attribute)
    it.edit(ActionId.ATTRIBUTES, "merge two categories", _merge)


def _take_attribute(dialog: QDialog) -> None:
    assert isinstance(dialog, AttributesDialog)
    dialog.attributes.setCurrentRow(0)
    dialog._remove_attribute()  # noqa: SLF001 - its button
    dialog.reject()


def _merge(dialog: QDialog) -> None:
    assert isinstance(dialog, AttributesDialog)
    dialog.categories.setCurrentRow(1)
    dialog.into.setCurrentIndex(0)
    dialog._merge_category()  # noqa: SLF001 - its button
    dialog.reject()


DATASET_DOINGS: dict[str, Doing] = {
    "dataset-go": _go,
    "dataset-order": _order,
    "dataset-delete": lambda it: it.edit(ActionId.DELETE_TRACK, "delete a track"),
    "dataset-others": _choose_another,
    "dataset-values": _values,
    "dataset-dialogs": Doings.dialogs,
    "dataset-switch": _switch,
    "dataset-export": Doings.write_out,
    "dataset-import": Doings.take_in,
    "dataset-whole": Doings.whole,
}
"""By a short name, in this order."""
