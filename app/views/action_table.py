"""Every action of the window in one table: menus, tool bar, tool tips and the shortcuts overlay are made from it.

Texts are in the source language; `actions.translated` gives the person's (translation context "Actions").
"""

# ruff: noqa: E501  # the table is read as rows, one an action
from __future__ import annotations

import enum
from dataclasses import dataclass


class Menu(enum.Enum):
    """Menus of the menu bar, in their order; the value is the title."""

    FILE = "&File"
    EDIT = "&Edit"
    VIEW = "&View"
    TRACK = "&Track"
    PROPAGATE = "&Propagate"
    REVIEW = "&Review"
    GO = "&Go"
    HELP = "&Help"


class Needs(enum.Enum):
    """What must be there for an action to make sense; it is greyed out otherwise."""

    NOTHING = enum.auto()
    SEQUENCE = enum.auto()
    TRACK = enum.auto()
    BOX = enum.auto()
    """The selected Track has a box on this frame."""
    KEYFRAME = enum.auto()
    """The selected Track has a keyframe on this frame."""
    RANGE = enum.auto()
    """A range of frames is chosen in the timeline."""


class ActionId(enum.Enum):
    """Stable names; a person's own shortcuts are stored under them."""

    OPEN_VIDEO = "open-video"
    OPEN_FOLDER = "open-folder"
    OPEN_PROJECT = "open-project"
    ADD_VIDEO = "add-video"
    ADD_FOLDER = "add-folder"
    SEQUENCE_DONE = "sequence-done"
    SEQUENCE_NOTE = "sequence-note"
    REMOVE_SEQUENCE = "remove-sequence"
    SAVE_COPY = "save-copy"
    RESTORE_BACKUP = "restore-backup"
    EFFORT = "effort"
    SHOW_START = "show-start"
    IMPORT = "import"
    EXPORT = "export"
    EXPORT_RANGE = "export-range"
    QUIT = "quit"
    UNDO = "undo"
    REDO = "redo"
    PREFERENCES = "preferences"
    HEATMAP = "heatmap"
    HEATMAP_LESS = "heatmap-less"
    HEATMAP_MORE = "heatmap-more"
    ZOOM_FIT = "zoom-fit"
    ZOOM_ACTUAL = "zoom-actual"
    ZOOM_TARGET = "zoom-target"
    FOLLOW = "follow"
    ZOOM_IN = "zoom-in"
    ZOOM_OUT = "zoom-out"
    LOOK = "look"
    LABELS = "labels"
    GHOSTS = "ghosts"
    ONLY_SELECTED = "only-selected"
    SHOW_ALL = "show-all"
    CROSS_HAIR = "cross-hair"
    PIXEL_GRID = "pixel-grid"
    TIME_ALL = "time-all"
    ZOOM_RANGE = "zoom-range"
    NEXT_PANEL = "next-panel"
    PREVIOUS_PANEL = "previous-panel"
    PANEL_BEHIND = "panel-behind"
    RESET_LAYOUT = "reset-layout"
    DRAW = "draw"
    REPEAT_BOX = "repeat-box"
    CONFIRM = "confirm"
    NEW_TRACK = "new-track"
    NAME_TRACK = "name-track"
    NEXT_TRACK = "next-track"
    PREVIOUS_TRACK = "previous-track"
    OUTSIDE = "outside"
    OCCLUDED = "occluded"
    INTERPOLATE = "interpolate"
    COPY_BOX = "copy-box"
    PASTE_BOX = "paste-box"
    COPY_TO_NEXT = "copy-to-next"
    DUPLICATE = "duplicate"
    SPLIT = "split"
    MERGE = "merge"
    SWAP = "swap"
    RAISE = "raise"
    LOWER = "lower"
    HIDE_TRACK = "hide-track"
    LOCK_TRACK = "lock-track"
    UNLOCK_ALL = "unlock-all"
    ATTRIBUTES = "attributes"
    DELETE_KEYFRAME = "delete-keyframe"
    DELETE_FROM_HERE = "delete-from-here"
    DELETE_TRACK = "delete-track"
    PROPAGATE_FORWARD = "propagate-forward"
    PROPAGATE_BACKWARD = "propagate-backward"
    PROPAGATE_BOTH = "propagate-both"
    FRAMES_FORWARD = "frames-forward"
    FRAMES_BACKWARD = "frames-backward"
    TO_NEXT_KEYFRAME = "to-next-keyframe"
    TO_PREVIOUS_KEYFRAME = "to-previous-keyframe"
    FILL = "fill"
    FILL_ALL = "fill-all"
    PROPAGATE = "propagate"
    ALL_TRACKS = "all-tracks"
    KEEP_GOING = "keep-going"
    PROPAGATE_RANGE = "propagate-range"
    CANCEL = "cancel"
    NEXT_DOUBT = "next-doubt"
    PREVIOUS_DOUBT = "previous-doubt"
    ACCEPT = "accept"
    PLAY = "play"
    PLAY_FASTER = "play-faster"
    PLAY_BACKWARD = "play-backward"
    PLAY_SLOWER = "play-slower"
    STOP_PLAYING = "stop-playing"
    NEXT_FRAME = "next-frame"
    PREVIOUS_FRAME = "previous-frame"
    NEXT_TEN = "next-ten"
    PREVIOUS_TEN = "previous-ten"
    FIRST_FRAME = "first-frame"
    LAST_FRAME = "last-frame"
    NEXT_KEYFRAME = "next-keyframe"
    PREVIOUS_KEYFRAME = "previous-keyframe"
    GAP_MIDDLE = "gap-middle"
    BOOKMARK = "bookmark"
    NEXT_BOOKMARK = "next-bookmark"
    PREVIOUS_BOOKMARK = "previous-bookmark"
    NEXT_SEQUENCE = "next-sequence"
    PREVIOUS_SEQUENCE = "previous-sequence"
    GO_TO_FRAME = "go-to-frame"
    RANGE_START = "range-start"
    RANGE_END = "range-end"
    CLEAR_RANGE = "clear-range"
    PLAY_RANGE = "play-range"
    DELETE_RANGE = "delete-range"
    PALETTE = "palette"
    TOUR = "tour"
    SHORTCUTS = "shortcuts"
    EDIT_SHORTCUTS = "edit-shortcuts"
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


_A, _M, _N = ActionId, Menu, Needs

# fmt: off
ACTIONS: tuple[ActionSpec, ...] = (
    _spec(_A.OPEN_VIDEO, "Open video…", _M.FILE, "Ctrl+O", "Open a video; its project is made beside it, or reopened", "film", _N.NOTHING),
    _spec(_A.OPEN_FOLDER, "Open image folder…", _M.FILE, "Ctrl+Shift+O", "Open a folder of numbered images as one sequence", "images", _N.NOTHING),
    _spec(_A.OPEN_PROJECT, "Open project…", _M.FILE, "Ctrl+P", "Open a .dimple project file", "folder-open", _N.NOTHING),
    _spec(_A.ADD_VIDEO, "Add videos to project…", _M.FILE, "Ctrl+Shift+V", "One or more further videos in this project", "", separator=True),
    _spec(_A.ADD_FOLDER, "Add image folder to project…", _M.FILE, "", "One more folder of images in this project", ""),
    _spec(_A.SEQUENCE_DONE, "Sequence is done", _M.FILE, "Ctrl+Shift+Return", "Mark the video on the screen as done, or as in progress again", "circle-check"),
    _spec(_A.SEQUENCE_NOTE, "Note on sequence…", _M.FILE, "", "Write down something about the video on the screen", ""),
    _spec(_A.REMOVE_SEQUENCE, "Remove sequence from project", _M.FILE, "", "Take the video and its tracks out of the project; its file stays", ""),
    _spec(_A.SAVE_COPY, "Save a copy…", _M.FILE, "Ctrl+Shift+S", "Write the project as it is now to another file, and go on in this one", "save", separator=True),
    _spec(_A.RESTORE_BACKUP, "Restore a backup…", _M.FILE, "", "Make a new project of this one as it was some time ago; backups lie in the data folder", "history"),
    _spec(_A.EFFORT, "Effort…", _M.FILE, "", "What the labels have cost: boxes, corrections, minutes; as a table", "timer"),
    _spec(_A.SHOW_START, "Close project", _M.FILE, "Ctrl+W", "Back to the start page; everything is saved already", "", separator=True),
    _spec(_A.IMPORT, "Import…", _M.FILE, "Ctrl+I", "Take boxes of another tool into this project; first see what they are", "import", separator=True),
    _spec(_A.EXPORT, "Export…", _M.FILE, "Ctrl+E", "Write the boxes as COCO, MOTChallenge and other formats", "download"),
    _spec(_A.EXPORT_RANGE, "Export the range…", _M.FILE, "Ctrl+Shift+E", "Write the boxes of the chosen frames", "", _N.RANGE),
    _spec(_A.QUIT, "Quit", _M.FILE, "Ctrl+Q", "Leave; everything is saved already", "log-out", _N.NOTHING, separator=True),
    _spec(_A.UNDO, "Undo", _M.EDIT, "Ctrl+Z", "Take the last edit, correction or run back", "undo-2", repeats=True),
    _spec(_A.REDO, "Redo", _M.EDIT, "Ctrl+Shift+Z Ctrl+Y", "Do again what was taken back", "redo-2", repeats=True),
    _spec(_A.ATTRIBUTES, "Attributes and categories…", _M.EDIT, "Ctrl+T", "Define what can be said of objects; rename, merge and remove categories", "list-checks", separator=True),
    _spec(_A.UNLOCK_ALL, "Unlock all tracks", _M.EDIT, "", "All tracks can be changed again", "lock-open"),
    _spec(_A.PREFERENCES, "Preferences…", _M.EDIT, "Ctrl+,", "Theme, language, labels, model, keys", "settings", _N.NOTHING, separator=True),
    _spec(_A.HEATMAP, "Heat-map", _M.VIEW, "H", "Show where the tracker sees the object", "flame", checkable=True),
    _spec(_A.HEATMAP_LESS, "Heat-map fainter", _M.VIEW, "[", "Let more of the picture through", repeats=True),
    _spec(_A.HEATMAP_MORE, "Heat-map stronger", _M.VIEW, "]", "Let less of the picture through", repeats=True),
    _spec(_A.ZOOM_FIT, "Fit picture", _M.VIEW, "Num+0 Ctrl+9", "Show the whole picture", "maximize", separator=True),
    _spec(_A.ZOOM_ACTUAL, "100 %", _M.VIEW, "Ctrl+0", "One picture pixel on one screen pixel", "grid-3x3"),
    _spec(_A.ZOOM_TARGET, "Zoom to the box", _M.VIEW, "V", "Bring the selected box close", "crosshair", _N.BOX),
    _spec(_A.FOLLOW, "Follow the box", _M.VIEW, "Shift+V", "Zoomed in, the picture moves so that the selected box stays in sight", "scan-eye", checkable=True),
    _spec(_A.ZOOM_IN, "Zoom in", _M.VIEW, "Ctrl++ Ctrl+=", "Bring the picture closer", "zoom-in", repeats=True),
    _spec(_A.ZOOM_OUT, "Zoom out", _M.VIEW, "Ctrl+-", "See more of the picture", "zoom-out", repeats=True),
    _spec(_A.LOOK, "Look of the picture…", _M.VIEW, "Ctrl+D", "Brightness, contrast, gamma, heat-map, labels and guides", "sliders-horizontal", separator=True),
    _spec(_A.LABELS, "Labels: all, selected, none", _M.VIEW, "Ctrl+L", "Which boxes say what they are; once more for the next choice", "tag"),
    _spec(_A.GHOSTS, "Ghosts of the keyframes beside", _M.VIEW, "Ctrl+H", "Show where the box was on the keyframe before, will be on the next, and where another run found it", "ghost", checkable=True),
    _spec(_A.ONLY_SELECTED, "Only the selected track", _M.VIEW, "Q", "Take the boxes of all other tracks off the picture while the selected one is worked on", checkable=True),
    _spec(_A.HIDE_TRACK, "Hide track", _M.VIEW, "Shift+H", "Take its boxes off the picture, or put them back; they stay in the project", "eye-off", _N.TRACK, checkable=True),
    _spec(_A.SHOW_ALL, "Show all tracks", _M.VIEW, "Ctrl+Shift+H", "Put the boxes of all tracks on the picture again, hidden ones, too", "eye"),
    _spec(_A.CROSS_HAIR, "Cross-hair", _M.VIEW, "Ctrl+.", "Lines through the mouse across the whole picture", "square-plus", checkable=True),
    _spec(_A.PIXEL_GRID, "Pixel grid", _M.VIEW, "", "Lines between the pixels, far zoomed in", "grid-2x2", checkable=True),
    _spec(_A.TIME_ALL, "Timeline: whole sequence", _M.VIEW, "Ctrl+8", "Show all frames in the timeline", separator=True),
    _spec(_A.ZOOM_RANGE, "Timeline: zoom to the range", _M.VIEW, "Ctrl+7", "Let the chosen frames fill the timeline", "", _N.RANGE),
    _spec(_A.NEXT_PANEL, "Keyboard to the next panel", _M.VIEW, "F6", "Work in a panel without the mouse; Esc goes back to the picture", separator=True),
    _spec(_A.PREVIOUS_PANEL, "Keyboard to the panel before", _M.VIEW, "Shift+F6", "The same the other way round"),
    _spec(_A.PANEL_BEHIND, "Panel behind this one", _M.VIEW, "Ctrl+F6", "Bring the next panel of the same place to the front, with the keyboard: Inspector, Review, Memory"),
    _spec(_A.RESET_LAYOUT, "Reset layout", _M.VIEW, "", "Put all panels back in their places", "", _N.NOTHING),
    _spec(_A.DRAW, "Draw box", _M.TRACK, "B", "Draw a box for the selected track, or for a new one", "vector-square"),
    _spec(_A.REPEAT_BOX, "Same box again", _M.TRACK, "Shift+B", "Put the box here that this track had last; without a track, one like the last drawn", "copy"),
    _spec(_A.CONFIRM, "Confirm box and go on", _M.TRACK, "Return Enter", "The tracker learns this box and the run goes on", "check", _N.BOX),
    _spec(_A.NEW_TRACK, "New track", _M.TRACK, "T", "Draw the box of one more object", "plus"),
    _spec(_A.NAME_TRACK, "Name the track", _M.TRACK, "F2", "Type a name for the selected track; Enter goes back to the picture", "", _N.TRACK),
    _spec(_A.NEXT_TRACK, "Next track", _M.TRACK, "Tab", "Select the next track", "", _N.SEQUENCE, repeats=True, separator=True),
    _spec(_A.PREVIOUS_TRACK, "Previous track", _M.TRACK, "Shift+Tab", "Select the previous track", "", _N.SEQUENCE, repeats=True),
    _spec(_A.OUTSIDE, "Outside from here", _M.TRACK, "O", "The object is not in the picture from this frame on; once more: it is back from here", "square-x", _N.TRACK, separator=True),
    _spec(_A.OCCLUDED, "Occluded from here", _M.TRACK, "Shift+O", "The object is partly hidden from this frame to the next keyframe, or no longer", "blend", _N.BOX),
    _spec(_A.INTERPOLATE, "Straight line in this gap", _M.TRACK, "Y", "Between two keyframes: boxes on a straight line, or the tracked ones again", "spline", _N.TRACK),
    _spec(_A.COPY_BOX, "Copy box", _M.TRACK, "Ctrl+C", "Remember this box", "copy", _N.BOX, separator=True),
    _spec(_A.PASTE_BOX, "Paste box", _M.TRACK, "Ctrl+V", "Set the remembered box on this frame", "clipboard-paste"),
    _spec(_A.COPY_TO_NEXT, "Copy to next frames…", _M.TRACK, "Ctrl+B", "Set this box on the next frames, too; what you have set there stays", "copy-plus", _N.BOX),
    _spec(_A.DUPLICATE, "Duplicate track", _M.TRACK, "Shift+T", "One more track like this one", "", _N.TRACK, separator=True),
    _spec(_A.SPLIT, "Split here", _M.TRACK, "S", "From this frame on it becomes a track of its own", "scissors", _N.TRACK),
    _spec(_A.MERGE, "Merge with…", _M.TRACK, "M", "Take another track into this one; shows first where both have boxes", "merge", _N.TRACK),
    _spec(_A.SWAP, "Swap from here on with…", _M.TRACK, "Shift+S", "Two objects were mixed up: exchange their boxes from this frame on", "arrow-left-right", _N.TRACK),
    _spec(_A.RAISE, "Raise", _M.TRACK, "Ctrl+]", "Paint this track one place higher", "", _N.TRACK, repeats=True),
    _spec(_A.LOWER, "Lower", _M.TRACK, "Ctrl+[", "Paint this track one place lower", "", _N.TRACK, repeats=True),
    _spec(_A.LOCK_TRACK, "Lock track", _M.TRACK, "Shift+K", "Neither an edit nor a run changes it until it is unlocked", "lock", _N.TRACK, checkable=True, separator=True),
    _spec(_A.DELETE_KEYFRAME, "Delete on this frame", _M.TRACK, "Del", "Take what you set off this frame; where you set nothing, the tracked box", "diamond-minus", _N.TRACK, separator=True),
    _spec(_A.DELETE_FROM_HERE, "Delete from here on", _M.TRACK, "Ctrl+Del", "Take everything of this track away from this frame on", "", _N.TRACK),
    _spec(_A.DELETE_TRACK, "Delete track", _M.TRACK, "Ctrl+Shift+Del", "Take the whole track away, on all frames", "trash-2", _N.TRACK),
    _spec(_A.PROPAGATE_FORWARD, "Propagate forward", _M.PROPAGATE, "F", "Carry the box on through the following frames", "fast-forward", _N.TRACK),
    _spec(_A.PROPAGATE_BACKWARD, "Propagate backward", _M.PROPAGATE, "R", "Carry the box back through the frames before", "rewind", _N.TRACK),
    _spec(_A.PROPAGATE_BOTH, "Propagate both ways", _M.PROPAGATE, "Ctrl+Shift+F", "Carry the box forward to the end and back to the start, as one step", "chevrons-left-right", _N.TRACK),
    _spec(_A.FRAMES_FORWARD, "Some frames forward", _M.PROPAGATE, "Ctrl+F", "Carry the box on through as many frames as “Propagate…” was last told", "", _N.TRACK, separator=True),
    _spec(_A.FRAMES_BACKWARD, "Some frames backward", _M.PROPAGATE, "Ctrl+R", "Carry the box back through as many frames as “Propagate…” was last told", "", _N.TRACK),
    _spec(_A.TO_NEXT_KEYFRAME, "To the next keyframe", _M.PROPAGATE, "Shift+F", "Carry the box on to the next frame you set a box on", "", _N.TRACK),
    _spec(_A.TO_PREVIOUS_KEYFRAME, "To the previous keyframe", _M.PROPAGATE, "Shift+R", "Carry the box back to the frame before that you set a box on", "", _N.TRACK),
    _spec(_A.FILL, "Fill the gap", _M.PROPAGATE, "G", "Track between two keyframes from both of them and join where the two agree", "chevrons-right-left", _N.TRACK),
    _spec(_A.FILL_ALL, "Fill all gaps", _M.PROPAGATE, "Shift+G", "Fill every gap between keyframes", "", _N.TRACK),
    _spec(_A.PROPAGATE, "Propagate…", _M.PROPAGATE, "Ctrl+Shift+P", "Choose direction, number of frames, tracks and when to stop", "", _N.TRACK),
    _spec(_A.ALL_TRACKS, "Runs carry all tracks", _M.PROPAGATE, "Ctrl+Shift+A", "Each run carries all tracks with a box on its first frame, in one pass", "layers", checkable=True, separator=True),
    _spec(_A.KEEP_GOING, "Keep going in doubt", _M.PROPAGATE, "", "Runs stop for nothing; doubtful frames are only listed for review", checkable=True),
    _spec(_A.PROPAGATE_RANGE, "Propagate within the range", _M.PROPAGATE, "Ctrl+Shift+I", "Carry the box through the chosen frames and no further", "unfold-horizontal", _N.RANGE),
    _spec(_A.CANCEL, "Stop", _M.PROPAGATE, "Esc", "End the run, or leave the drawing; what was tracked stays", "circle-stop", separator=True),
    _spec(_A.NEXT_DOUBT, "Next doubtful frame", _M.REVIEW, "N", "To the most doubtful frame that is left, then down the list", "list-checks"),
    _spec(_A.PREVIOUS_DOUBT, "Previous doubtful frame", _M.REVIEW, "Shift+N", "Up the list of doubtful frames"),
    _spec(_A.ACCEPT, "Accept and go on", _M.REVIEW, "Ctrl+Return", "The box is right as it is; “Confirm box and go on” does the same on a frame of the list", "check-check"),
    _spec(_A.PLAY, "Play or pause", _M.GO, "Space", "Play; pauses and resumes a run", "play"),
    _spec(_A.PLAY_FASTER, "Play, faster", _M.GO, "L", "Play forward; pressed again, faster", ""),
    _spec(_A.PLAY_BACKWARD, "Play backward", _M.GO, "J", "Play backward; pressed again, faster", ""),
    _spec(_A.PLAY_SLOWER, "Play slower", _M.GO, "Shift+L", "Half the speed, down to a quarter", ""),
    _spec(_A.STOP_PLAYING, "Stop playing", _M.GO, "K", "Stay on this frame", ""),
    _spec(_A.NEXT_FRAME, "Next frame", _M.GO, "D", "One frame on", "chevron-right", repeats=True, separator=True),
    _spec(_A.PREVIOUS_FRAME, "Previous frame", _M.GO, "A", "One frame back", "chevron-left", repeats=True),
    _spec(_A.NEXT_TEN, "Ten frames on", _M.GO, "Shift+D", "Ten frames on", "chevrons-right", repeats=True),
    _spec(_A.PREVIOUS_TEN, "Ten frames back", _M.GO, "Shift+A", "Ten frames back", "chevrons-left", repeats=True),
    _spec(_A.FIRST_FRAME, "First frame", _M.GO, "Home", "To the beginning", "skip-back"),
    _spec(_A.LAST_FRAME, "Last frame", _M.GO, "End", "To the end", "skip-forward"),
    _spec(_A.NEXT_KEYFRAME, "Next keyframe", _M.GO, "X", "To the next frame you set a box on", "", _N.TRACK, repeats=True, separator=True),
    _spec(_A.PREVIOUS_KEYFRAME, "Previous keyframe", _M.GO, "Z", "To the frame before that you set a box on", "", _N.TRACK, repeats=True),
    _spec(_A.GAP_MIDDLE, "Middle of the gap", _M.GO, "C", "To the frame halfway between the keyframes round this one: where a box helps most", "", _N.TRACK),
    _spec(_A.BOOKMARK, "Bookmark", _M.GO, "U", "Set a bookmark on this frame, or take it away", "bookmark", separator=True),
    _spec(_A.NEXT_BOOKMARK, "Next bookmark", _M.GO, "Shift+X", "To the next bookmarked frame", "", repeats=True),
    _spec(_A.PREVIOUS_BOOKMARK, "Previous bookmark", _M.GO, "Shift+Z", "To the bookmarked frame before", "", repeats=True),
    _spec(_A.NEXT_SEQUENCE, "Next sequence", _M.GO, "Ctrl+PgDown", "To the next video or image folder of the project", "", separator=True),
    _spec(_A.PREVIOUS_SEQUENCE, "Previous sequence", _M.GO, "Ctrl+PgUp", "To the video or image folder before", ""),
    _spec(_A.GO_TO_FRAME, "Go to frame…", _M.GO, "Ctrl+G", "Jump to a frame number or a time", "hash", separator=True),
    _spec(_A.RANGE_START, "Range begins here", _M.GO, "I", "Choose frames from this one on; or drag over the lanes of the timeline", "arrow-right-from-line", separator=True),
    _spec(_A.RANGE_END, "Range ends here", _M.GO, "P", "Choose frames up to this one", "arrow-right-to-line"),
    _spec(_A.CLEAR_RANGE, "No range", _M.GO, "Shift+I", "Choose no frames any more", "", _N.RANGE),
    _spec(_A.PLAY_RANGE, "Play the range", _M.GO, "Shift+Space", "Play the chosen frames", "", _N.RANGE),
    _spec(_A.DELETE_RANGE, "Delete tracked boxes in the range", _M.TRACK, "Shift+Del", "Take the selected track's tracked boxes off the chosen frames; keyframes stay", "eraser", _N.RANGE),
    _spec(_A.PALETTE, "Command palette…", _M.HELP, "Ctrl+K", "Find and run any action by a few letters of its name", "search", _N.NOTHING),
    _spec(_A.TOUR, "Tour", _M.HELP, "", "The first steps on the sample clip, in five bubbles", "signpost", _N.NOTHING),
    _spec(_A.SHORTCUTS, "Keyboard shortcuts", _M.HELP, "? F1", "Show all keys", "keyboard", _N.NOTHING),
    _spec(_A.EDIT_SHORTCUTS, "Change shortcuts…", _M.HELP, "", "Give actions other keys", "", _N.NOTHING),
    _spec(_A.ABOUT, "About DiMPLE", _M.HELP, "", "Version, licences, log file", "info", _N.NOTHING),
)
# fmt: on


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
    ActionId.FILL,
    ActionId.CANCEL,
    ActionId.ALL_TRACKS,
    None,
    ActionId.NEXT_DOUBT,
    None,
    ActionId.HEATMAP,
    ActionId.ZOOM_FIT,
    ActionId.ZOOM_TARGET,
    None,
    ActionId.PALETTE,
    ActionId.SHORTCUTS,
)
"""Buttons of the tool bar from left to right; None is a line."""
