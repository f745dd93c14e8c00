"""Every action of the window in one table: menus, tool bar, tool tips and the shortcuts overlay are made from it."""

# ruff: noqa: E501  # the table is read as rows, one an action
from __future__ import annotations

import enum
from dataclasses import dataclass

from PySide6.QtCore import QT_TRANSLATE_NOOP


class Menu(enum.Enum):
    """Menus of the menu bar, in their order; the value is the title."""

    FILE = QT_TRANSLATE_NOOP("Actions", "&File")
    EDIT = QT_TRANSLATE_NOOP("Actions", "&Edit")
    VIEW = QT_TRANSLATE_NOOP("Actions", "&View")
    TRACK = QT_TRANSLATE_NOOP("Actions", "&Track")
    PROPAGATE = QT_TRANSLATE_NOOP("Actions", "&Propagate")
    GO = QT_TRANSLATE_NOOP("Actions", "&Go")
    HELP = QT_TRANSLATE_NOOP("Actions", "&Help")


class Needs(enum.Enum):
    """What must be there for an action to make sense; it is greyed out otherwise."""

    NOTHING = enum.auto()
    SEQUENCE = enum.auto()
    TRACK = enum.auto()
    BOX = enum.auto()
    """The selected Track has a box on this frame."""
    KEYFRAME = enum.auto()
    """The selected Track has a keyframe on this frame."""


class ActionId(enum.Enum):
    """Stable names; a person's own shortcuts are stored under them."""

    OPEN_VIDEO = "open-video"
    OPEN_FOLDER = "open-folder"
    OPEN_PROJECT = "open-project"
    SHOW_START = "show-start"
    EXPORT = "export"
    QUIT = "quit"
    UNDO = "undo"
    REDO = "redo"
    HEATMAP = "heatmap"
    HEATMAP_LESS = "heatmap-less"
    HEATMAP_MORE = "heatmap-more"
    ZOOM_FIT = "zoom-fit"
    ZOOM_ACTUAL = "zoom-actual"
    ZOOM_TARGET = "zoom-target"
    RESET_LAYOUT = "reset-layout"
    DRAW = "draw"
    CONFIRM = "confirm"
    NEW_TRACK = "new-track"
    NEXT_TRACK = "next-track"
    PREVIOUS_TRACK = "previous-track"
    OUTSIDE = "outside"
    DELETE_KEYFRAME = "delete-keyframe"
    DELETE_TRACK = "delete-track"
    PROPAGATE_FORWARD = "propagate-forward"
    PROPAGATE_BACKWARD = "propagate-backward"
    CANCEL = "cancel"
    PLAY = "play"
    NEXT_FRAME = "next-frame"
    PREVIOUS_FRAME = "previous-frame"
    NEXT_TEN = "next-ten"
    PREVIOUS_TEN = "previous-ten"
    FIRST_FRAME = "first-frame"
    LAST_FRAME = "last-frame"
    NEXT_KEYFRAME = "next-keyframe"
    PREVIOUS_KEYFRAME = "previous-keyframe"
    GO_TO_FRAME = "go-to-frame"
    SHORTCUTS = "shortcuts"
    ABOUT = "about"


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One action.

    Attributes:
        id: Its stable name.
        text: Name in the menu, in the source language.
        menu: Menu it stands in.
        keys: Default shortcuts in Qt's portable spelling; the first is the one shown.
        tip: What it does, in one short sentence.
        icon: Drawing in ``resources/icons``; empty for none.
        needs: What must be there.
        checkable: Whether it is on or off.
        repeats: Whether holding the key repeats it.
        separator: Whether a line stands above it in the menu.
    """

    id: ActionId
    text: str
    menu: Menu
    keys: tuple[str, ...] = ()
    tip: str = ""
    icon: str = ""
    needs: Needs = Needs.SEQUENCE
    checkable: bool = False
    repeats: bool = False
    separator: bool = False


def _spec(  # the table below reads best as rows: what, text, where, keys, tip, icon
    action: ActionId,
    text: str,
    menu: Menu,
    keys: str,
    tip: str,
    icon: str = "",
    needs: Needs = Needs.SEQUENCE,
    **options: bool,
) -> ActionSpec:
    return ActionSpec(action, text, menu, tuple(keys.split()), tip, icon, needs, **options)


_ = QT_TRANSLATE_NOOP
_A, _M, _N = ActionId, Menu, Needs
_C = "Actions"

# fmt: off
ACTIONS: tuple[ActionSpec, ...] = (
    _spec(_A.OPEN_VIDEO, _(_C, "Open video…"), _M.FILE, "Ctrl+O", _(_C, "Open a video; its project is made beside it, or reopened"), "film", _N.NOTHING),
    _spec(_A.OPEN_FOLDER, _(_C, "Open image folder…"), _M.FILE, "Ctrl+Shift+O", _(_C, "Open a folder of numbered images as one sequence"), "images", _N.NOTHING),
    _spec(_A.OPEN_PROJECT, _(_C, "Open project…"), _M.FILE, "Ctrl+P", _(_C, "Open a .dimple project file"), "folder-open", _N.NOTHING),
    _spec(_A.SHOW_START, _(_C, "Close project"), _M.FILE, "Ctrl+W", _(_C, "Back to the start page; everything is saved already"), "", separator=True),
    _spec(_A.EXPORT, _(_C, "Export…"), _M.FILE, "Ctrl+E", _(_C, "Write the boxes as COCO, MOTChallenge and other formats"), "download", separator=True),
    _spec(_A.QUIT, _(_C, "Quit"), _M.FILE, "Ctrl+Q", _(_C, "Leave; everything is saved already"), "log-out", _N.NOTHING, separator=True),
    _spec(_A.UNDO, _(_C, "Undo"), _M.EDIT, "Ctrl+Z", _(_C, "Take the last edit, correction or run back"), "undo-2", repeats=True),
    _spec(_A.REDO, _(_C, "Redo"), _M.EDIT, "Ctrl+Shift+Z Ctrl+Y", _(_C, "Do again what was taken back"), "redo-2", repeats=True),
    _spec(_A.HEATMAP, _(_C, "Heat-map"), _M.VIEW, "H", _(_C, "Show where the tracker sees the object"), "flame", checkable=True),
    _spec(_A.HEATMAP_LESS, _(_C, "Heat-map fainter"), _M.VIEW, "[", _(_C, "Let more of the picture through"), repeats=True),
    _spec(_A.HEATMAP_MORE, _(_C, "Heat-map stronger"), _M.VIEW, "]", _(_C, "Let less of the picture through"), repeats=True),
    _spec(_A.ZOOM_FIT, _(_C, "Fit picture"), _M.VIEW, "Num+0 Ctrl+9", _(_C, "Show the whole picture"), "maximize", separator=True),
    _spec(_A.ZOOM_ACTUAL, _(_C, "100 %"), _M.VIEW, "Ctrl+0", _(_C, "One picture pixel on one screen pixel"), "scan"),
    _spec(_A.ZOOM_TARGET, _(_C, "Zoom to the box"), _M.VIEW, "V", _(_C, "Bring the selected box close"), "crosshair", _N.BOX),
    _spec(_A.RESET_LAYOUT, _(_C, "Reset layout"), _M.VIEW, "", _(_C, "Put all panels back in their places"), "", _N.NOTHING, separator=True),
    _spec(_A.DRAW, _(_C, "Draw box"), _M.TRACK, "B", _(_C, "Draw a box for the selected track, or for a new one"), "vector-square"),
    _spec(_A.CONFIRM, _(_C, "Confirm box and go on"), _M.TRACK, "Return Enter", _(_C, "The tracker learns this box and the run goes on"), "check", _N.BOX),
    _spec(_A.NEW_TRACK, _(_C, "New track"), _M.TRACK, "T", _(_C, "Draw the box of one more object"), "plus"),
    _spec(_A.NEXT_TRACK, _(_C, "Next track"), _M.TRACK, "Tab", _(_C, "Select the next track"), "", _N.TRACK, repeats=True, separator=True),
    _spec(_A.PREVIOUS_TRACK, _(_C, "Previous track"), _M.TRACK, "Shift+Tab", _(_C, "Select the previous track"), "", _N.TRACK, repeats=True),
    _spec(_A.OUTSIDE, _(_C, "Outside from here"), _M.TRACK, "O", _(_C, "The object is not in the picture from this frame on"), "eye-off", _N.TRACK, separator=True),
    _spec(_A.DELETE_KEYFRAME, _(_C, "Delete keyframe"), _M.TRACK, "Del", _(_C, "Take away what you set on this frame, only here"), "diamond-minus", _N.KEYFRAME),
    _spec(_A.DELETE_TRACK, _(_C, "Delete track"), _M.TRACK, "Ctrl+Shift+Del", _(_C, "Take the whole track away, on all frames"), "trash-2", _N.TRACK),
    _spec(_A.PROPAGATE_FORWARD, _(_C, "Propagate forward"), _M.PROPAGATE, "F", _(_C, "Carry the box on through the following frames"), "fast-forward", _N.BOX),
    _spec(_A.PROPAGATE_BACKWARD, _(_C, "Propagate backward"), _M.PROPAGATE, "R", _(_C, "Carry the box back through the frames before"), "rewind", _N.BOX),
    _spec(_A.CANCEL, _(_C, "Stop"), _M.PROPAGATE, "Esc", _(_C, "End the run, or leave the drawing; what was tracked stays"), "circle-stop", separator=True),
    _spec(_A.PLAY, _(_C, "Play or pause"), _M.GO, "Space", _(_C, "Play; pauses and resumes a run"), "play"),
    _spec(_A.NEXT_FRAME, _(_C, "Next frame"), _M.GO, "D", _(_C, "One frame on"), "chevron-right", repeats=True, separator=True),
    _spec(_A.PREVIOUS_FRAME, _(_C, "Previous frame"), _M.GO, "A", _(_C, "One frame back"), "chevron-left", repeats=True),
    _spec(_A.NEXT_TEN, _(_C, "Ten frames on"), _M.GO, "Shift+D", _(_C, "Ten frames on"), "chevrons-right", repeats=True),
    _spec(_A.PREVIOUS_TEN, _(_C, "Ten frames back"), _M.GO, "Shift+A", _(_C, "Ten frames back"), "chevrons-left", repeats=True),
    _spec(_A.FIRST_FRAME, _(_C, "First frame"), _M.GO, "Home", _(_C, "To the beginning"), "skip-back"),
    _spec(_A.LAST_FRAME, _(_C, "Last frame"), _M.GO, "End", _(_C, "To the end"), "skip-forward"),
    _spec(_A.NEXT_KEYFRAME, _(_C, "Next keyframe"), _M.GO, "X", _(_C, "To the next frame you set a box on"), "", _N.TRACK, repeats=True, separator=True),
    _spec(_A.PREVIOUS_KEYFRAME, _(_C, "Previous keyframe"), _M.GO, "Z", _(_C, "To the frame before that you set a box on"), "", _N.TRACK, repeats=True),
    _spec(_A.GO_TO_FRAME, _(_C, "Go to frame…"), _M.GO, "Ctrl+G", _(_C, "Jump to a frame number or a time"), "hash", separator=True),
    _spec(_A.SHORTCUTS, _(_C, "Keyboard shortcuts"), _M.HELP, "? F1", _(_C, "Show all keys"), "keyboard", _N.NOTHING),
    _spec(_A.ABOUT, _(_C, "About DiMPLE"), _M.HELP, "", _(_C, "Version, licences, log file"), "info", _N.NOTHING),
)
# fmt: on


class Edge(enum.Enum):
    """What the arrow keys do to the selected box."""

    MOVE = QT_TRANSLATE_NOOP("Actions", "Move box")
    RESIZE = QT_TRANSLATE_NOOP("Actions", "Resize box")


@dataclass(frozen=True, slots=True)
class Nudge:
    """One arrow key with its modifiers.

    Attributes:
        kind: Move or resize.
        key: Default shortcut.
        dx: Pixels to the right (or wider).
        dy: Pixels down (or taller).
    """

    kind: Edge
    key: str
    dx: int
    dy: int


_ARROWS = (("Left", -1, 0), ("Right", 1, 0), ("Up", 0, -1), ("Down", 0, 1))
NUDGES: tuple[Nudge, ...] = tuple(
    Nudge(kind, prefix + arrow, dx * pixels, dy * pixels)
    for kind, prefix, pixels in (
        (Edge.MOVE, "", 1),
        (Edge.MOVE, "Shift+", 10),
        (Edge.RESIZE, "Alt+", 1),
        (Edge.RESIZE, "Alt+Shift+", 10),
    )
    for arrow, dx, dy in _ARROWS
)

CATEGORY_KEYS: tuple[str, ...] = tuple("123456789")

TOOLBAR: tuple[ActionId | None, ...] = (
    ActionId.OPEN_VIDEO,
    ActionId.EXPORT,
    None,
    ActionId.UNDO,
    ActionId.REDO,
    None,
    ActionId.DRAW,
    ActionId.NEW_TRACK,
    ActionId.CONFIRM,
    ActionId.OUTSIDE,
    None,
    ActionId.PROPAGATE_BACKWARD,
    ActionId.PROPAGATE_FORWARD,
    ActionId.CANCEL,
    None,
    ActionId.HEATMAP,
    ActionId.ZOOM_FIT,
    ActionId.ZOOM_TARGET,
    None,
    ActionId.SHORTCUTS,
)
"""Buttons of the tool bar from left to right; None is a line."""
