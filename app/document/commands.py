"""Every edit a person can make, as an undoable command. Build it, ``push`` it on the Document; views never edit data.

A command that cannot be done raises when it is built, never when it is done or undone.
"""

from __future__ import annotations

import abc

from PySide6.QtGui import QUndoCommand

from app.document.document import Document
from app.document.model import Category, Keyframe, Track
from app.document.names import clean_name
from app.document.tracked_boxes import TrackedBoxes
from app.errors import AppError

_MERGE_ID = 1


class Command(QUndoCommand):
    """One edit of a Document: what it does and how that is taken back, each one transaction in the file."""

    def redo(self) -> None:
        """Do it, the first time and after an undo."""
        self._do()

    def undo(self) -> None:
        """Take it back: the Document is as it was before ``redo``."""
        self._undo()

    @abc.abstractmethod
    def _do(self) -> None: ...

    @abc.abstractmethod
    def _undo(self) -> None: ...


class AddTrack(Command):
    """A new Track with its first Keyframe.

    Attributes:
        track_id: Of the new Track.

    Raises:
        KeyError: No such Sequence or Category.
        ValueError: The frame is not in the Sequence, or the Keyframe's box is none.
    """

    def __init__(
        self, document: Document, sequence_id: int, name: str, category_id: int, frame: int, keyframe: Keyframe
    ) -> None:
        super().__init__("Add track")
        sequence = document.project.sequences[sequence_id]
        _require_category(document, category_id)
        _require_keyframe(keyframe)
        if not 0 <= frame < sequence.frame_count:
            raise ValueError(f"frame {frame} of {sequence.frame_count}")
        self.track_id = document.new_track_id()
        self._document = document
        self._sequence_id = sequence_id
        self._track = Track(self.track_id, clean_name(name), category_id, {frame: keyframe})

    def _do(self) -> None:
        self._document.put_track(self._sequence_id, self._track)

    def _undo(self) -> None:
        self._track = self._document.take_track(self.track_id)


class RemoveTrack(Command):
    """A Track goes with all its boxes; undo brings everything back.

    Raises:
        KeyError: No such Track.
    """

    def __init__(self, document: Document, track_id: int) -> None:
        super().__init__("Remove track")
        self._document = document
        self._sequence_id = document.project.sequence_of(track_id).id
        self._track = document.track(track_id)

    def _do(self) -> None:
        self._track = self._document.take_track(self._track.id)

    def _undo(self) -> None:
        self._document.put_track(self._sequence_id, self._track)


class _DescribeTrack(Command):
    """Name or Category of a Track."""

    def __init__(self, document: Document, text: str, track_id: int, name: str | None, category_id: int | None) -> None:
        super().__init__(text)
        track = document.track(track_id)
        self._document = document
        self._track_id = track_id
        self._before = (track.name, track.category_id)
        self._after = (track.name if name is None else name, track.category_id if category_id is None else category_id)

    def _do(self) -> None:
        self._document.describe_track(self._track_id, *self._after)

    def _undo(self) -> None:
        self._document.describe_track(self._track_id, *self._before)


class RenameTrack(_DescribeTrack):
    """Another name for a Track; it may be empty.

    Raises:
        KeyError: No such Track.
    """

    def __init__(self, document: Document, track_id: int, name: str) -> None:
        super().__init__(document, "Rename track", track_id, clean_name(name), None)


class SetTrackCategory(_DescribeTrack):
    """Another Category for a Track.

    Raises:
        KeyError: No such Track or Category.
    """

    def __init__(self, document: Document, track_id: int, category_id: int) -> None:
        _require_category(document, category_id)
        super().__init__(document, "Set category", track_id, None, category_id)


class AddCategory(Command):
    """A new Category.

    Attributes:
        category_id: Of the new Category.

    Raises:
        AppError: The name is empty or taken.
    """

    def __init__(self, document: Document, name: str) -> None:
        super().__init__("Add category")
        name = _free_category_name(document, name, 0)
        self.category_id = document.new_category_id()
        self._document = document
        self._category = Category(self.category_id, name)

    def _do(self) -> None:
        self._document.put_category(self._category)

    def _undo(self) -> None:
        self._document.take_category(self.category_id)


class RenameCategory(Command):
    """Another name for a Category, on all its Tracks.

    Raises:
        AppError: The name is empty or taken.
        KeyError: No such Category.
    """

    def __init__(self, document: Document, category_id: int, name: str) -> None:
        super().__init__("Rename category")
        self._document = document
        self._before = document.project.categories[category_id]
        self._after = Category(category_id, _free_category_name(document, name, category_id))

    def _do(self) -> None:
        self._document.put_category(self._after)

    def _undo(self) -> None:
        self._document.put_category(self._before)


class SetKeyframe(Command):
    """A Keyframe on a frame, new or in place of the one there.

    Args:
        document: The open project.
        track_id: Of the Track.
        frame: Of its Sequence.
        keyframe: What to set.
        merge: Whether it becomes one undo step with the last command, if that set the same frame with ``merge`` too:
            a box nudged ten times by key goes back at once.

    Attributes:
        track_id: Of the Track.
        frame: Of its Sequence.
        keyframe: What is set, after merging.

    Raises:
        KeyError: No such Track.
        ValueError: The frame is not in the Sequence, or the Keyframe's box is none.
    """

    def __init__(self, document: Document, track_id: int, frame: int, keyframe: Keyframe, merge: bool = False) -> None:
        super().__init__("Set keyframe")
        document.require_frame(track_id, frame)
        _require_keyframe(keyframe)
        self._document = document
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


class DeleteKeyframe(Command):
    """The Keyframe of one frame goes; every other frame stays as it is.

    Raises:
        KeyError: No such Track, or it has no Keyframe there.
    """

    def __init__(self, document: Document, track_id: int, frame: int) -> None:
        super().__init__("Delete keyframe")
        self._document = document
        self._track_id = track_id
        self._frame = frame
        self._before = document.track(track_id).keyframes[frame]

    def _do(self) -> None:
        self._document.put_keyframe(self._track_id, self._frame, None)

    def _undo(self) -> None:
        self._document.put_keyframe(self._track_id, self._frame, self._before)


class ApplyPropagation(Command):
    """A whole run of the tracker as one undo step; pushed when it has ended and its boxes are in the document.

    Args:
        document: The open project.
        track_id: Of the Track.
        first: First frame of the run's range, in time.
        last: Last frame of the range, inclusive.
        before: Tracked boxes over the range before the run.
        after: Tracked boxes over the range after it.

    Raises:
        KeyError: No such Track.
        ValueError: The range is not in the Sequence.
    """

    def __init__(
        self, document: Document, track_id: int, first: int, last: int, before: TrackedBoxes, after: TrackedBoxes
    ) -> None:
        super().__init__("Propagate")
        document.require_frame(track_id, first)
        document.require_frame(track_id, last)
        self._document = document
        self._track_id = track_id
        self._first, self._last = first, last
        self._before, self._after = before.slice(first, last), after.slice(first, last)

    def _do(self) -> None:
        self._document.replace_boxes(self._track_id, self._first, self._last, self._after)

    def _undo(self) -> None:
        self._document.replace_boxes(self._track_id, self._first, self._last, self._before)


def _free_category_name(document: Document, name: str, category_id: int) -> str:
    name = clean_name(name)
    if not name:
        raise AppError("A category needs a name: type one.")
    if any(it.name == name and it.id != category_id for it in document.project.categories.values()):
        raise AppError(f"There is already a category {name}: choose another name.")
    return name


def _require_category(document: Document, category_id: int) -> None:
    if category_id not in document.project.categories:
        raise KeyError(category_id)


def _require_keyframe(keyframe: Keyframe) -> None:
    if keyframe.box is not None and not keyframe.box.is_valid:
        raise ValueError(keyframe)
    if not 0 <= keyframe.visibility <= 1:
        raise ValueError(keyframe)
