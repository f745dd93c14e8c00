"""Commands on single Keyframes."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtGui import QUndoCommand

from app.document.attributes import AttributeValue
from app.document.changes import Changes
from app.document.command import Command
from app.document.model import Keyframe
from app.errors import AppError
from app.spoken import shown_frame

_MERGE_ID = 1


class SetKeyframe(Command):
    """A Keyframe on a frame, new or in place of the one there.

    Args:
        document: The open project.
        track_id: Of the Track.
        frame: Of its Sequence.
        keyframe: What to set.
        merge: Whether it becomes one undo step with the last command, if that set the same frame with ``merge`` too:
            a box nudged ten times by key goes back at once.
        text: Its name in the Edit menu.

    Attributes:
        track_id: Of the Track.
        frame: Of its Sequence.
        keyframe: What is set, after merging.

    Raises:
        KeyError: No such Track.
        ValueError: The frame is not in the Sequence, or the Keyframe's box is none.
    """

    def __init__(
        self,
        document: Changes,
        track_id: int,
        frame: int,
        keyframe: Keyframe,
        merge: bool = False,
        text: str = "Set keyframe",
    ) -> None:
        super().__init__(document, text)
        document.require_frame(track_id, frame)
        require_keyframe(document, keyframe)
        self.track_id = track_id
        self.frame = frame
        self._before = document.track(track_id).keyframes.get(frame)
        self.keyframe = keyframe
        self._merge = merge

    def _do(self) -> None:
        self._document.put_keyframe(self.track_id, self.frame, self.keyframe)

    def _undo(self) -> None:
        self._document.put_keyframe(self.track_id, self.frame, self._before)

    def id(self) -> int:
        """For Qt: commands with the same id may merge, -1 never does."""
        return _MERGE_ID if self._merge else -1

    def mergeWith(self, other: QUndoCommand) -> bool:  # noqa: N802  # Qt's name
        """For Qt: take in the command after this one; False where it is of another frame."""
        if not isinstance(other, SetKeyframe) or (other.track_id, other.frame) != (self.track_id, self.frame):
            return False
        self.keyframe = other.keyframe
        return True


class SetFrameValue(SetKeyframe):
    """The value of a per-frame Attribute from a frame on, until the next Keyframe that sets it.

    A frame without a Keyframe gets one with what is shown there. None takes the value off this frame's Keyframe: the
    one before goes on.

    Raises:
        KeyError: No such Track or Attribute.
        ValueError: The Attribute cannot have this value or is not per frame, or the frame is not in the Sequence.
        AppError: There is nothing on this frame that could have an attribute.
    """

    def __init__(
        self, document: Changes, track_id: int, frame: int, attribute_id: int, value: AttributeValue | None
    ) -> None:
        document.require_frame(track_id, frame)
        track = document.track(track_id)
        box = track.box_at(frame)
        if box is None and frame not in track.keyframes:
            raise AppError("There is no box on frame {0} to describe: draw one first.", shown_frame(frame))
        keyframe = track.keyframe_with(frame, box)
        attributes = {number: it for number, it in keyframe.attributes.items() if number != attribute_id}
        if value is not None:
            attributes[attribute_id] = value
        super().__init__(document, track_id, frame, replace(keyframe, attributes=attributes), text="Set attribute")


class DeleteKeyframe(Command):
    """The Keyframe of one frame goes; every other frame stays as it is.

    Raises:
        KeyError: No such Track, or it has no Keyframe there.
    """

    def __init__(self, document: Changes, track_id: int, frame: int) -> None:
        super().__init__(document, "Delete keyframe")
        self._track_id = track_id
        self._frame = frame
        self._before = document.track(track_id).keyframes[frame]

    def _do(self) -> None:
        self._document.put_keyframe(self._track_id, self._frame, None)

    def _undo(self) -> None:
        self._document.put_keyframe(self._track_id, self._frame, self._before)


def require_keyframe(document: Changes, keyframe: Keyframe) -> None:
    """Raise ValueError where a Keyframe's box is none, its visibility no share or a value not one of its Attribute."""
    if not keyframe.is_sound:
        raise ValueError(keyframe)
    for attribute_id, value in keyframe.attributes.items():
        require_value(document, attribute_id, value, per_frame=True)


def require_value(document: Changes, attribute_id: int, value: AttributeValue, *, per_frame: bool) -> None:
    """Raise where an Attribute cannot have a value: KeyError for no such Attribute, ValueError for the value."""
    attribute = document.project.attributes[attribute_id]
    if attribute.per_frame != per_frame or not attribute.accepts(value):
        raise ValueError(f"{attribute.name} cannot be {value!r} here")
