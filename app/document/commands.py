"""Every edit a person can make, as an undoable command. Build it, ``push`` it on the Document; views never edit data.

A command that cannot be done raises when it is built, never when it is done or undone.
"""

from __future__ import annotations

from app.document.attribute_commands import ChangeAttribute, DefineAttribute, RemoveAttribute
from app.document.category_commands import AddCategory, ColourCategory, RenameCategory
from app.document.category_removal import MergeCategories, RemoveCategory
from app.document.command import Command, Steps
from app.document.import_command import ImportTracks
from app.document.keyframe_commands import DeleteKeyframe, SetFrameValue, SetKeyframe
from app.document.propagation_commands import ApplyPropagation
from app.document.review_commands import AcceptBoxes, SetLearning
from app.document.sequence_commands import RemoveSequence, SetBookmark, SetSequenceNote, SetSequenceState
from app.document.span_commands import (
    CopyBox,
    DeleteBox,
    DeleteFrom,
    DuplicateTrack,
    MergeTracks,
    SayGone,
    SetGap,
    SplitTrack,
    SwapTracks,
)
from app.document.track_commands import (
    AddTrack,
    MoveInOrder,
    RemoveTrack,
    RenameTrack,
    RenumberTrack,
    SetTrackCategory,
    SetTrackValue,
)

__all__ = [
    "AcceptBoxes",
    "AddCategory",
    "AddTrack",
    "ApplyPropagation",
    "ChangeAttribute",
    "ColourCategory",
    "Command",
    "CopyBox",
    "DefineAttribute",
    "DeleteBox",
    "DeleteFrom",
    "DeleteKeyframe",
    "DuplicateTrack",
    "ImportTracks",
    "MergeCategories",
    "MergeTracks",
    "MoveInOrder",
    "RemoveAttribute",
    "RemoveCategory",
    "RemoveSequence",
    "RemoveTrack",
    "RenameCategory",
    "RenameTrack",
    "RenumberTrack",
    "SayGone",
    "SetBookmark",
    "SetFrameValue",
    "SetGap",
    "SetKeyframe",
    "SetLearning",
    "SetSequenceNote",
    "SetSequenceState",
    "SetTrackCategory",
    "SetTrackValue",
    "SplitTrack",
    "Steps",
    "SwapTracks",
]
