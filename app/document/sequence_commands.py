"""Commands on the Sequences of a project: remove, state, note, bookmarks. Adding one is ``Document.add_sequence``."""

from __future__ import annotations

from app.document.changes import Changes
from app.document.command import Command
from app.document.model import SequenceState
from app.document.names import clean_name


class RemoveSequence(Command):
    """A Sequence goes with all its Tracks; its file on disk stays. Undo brings everything back.

    Raises:
        KeyError: No such Sequence.
    """

    def __init__(self, document: Changes, sequence_id: int) -> None:
        super().__init__(document, "Remove sequence")
        self._sequence = document.project.sequences[sequence_id]

    def _do(self) -> None:
        self._sequence = self._document.take_sequence(self._sequence.id)

    def _undo(self) -> None:
        self._document.put_sequence(self._sequence)


class _DescribeSequence(Command):
    """State or note of a Sequence."""

    def __init__(self, document: Changes, text: str, sequence_id: int, marked: SequenceState | None, note: str) -> None:
        super().__init__(document, text)
        sequence = document.project.sequences[sequence_id]
        self._sequence_id = sequence_id
        self._before = (sequence.marked, sequence.note)
        self._after = (marked, note)

    def _do(self) -> None:
        self._document.describe_sequence(self._sequence_id, *self._after)

    def _undo(self) -> None:
        self._document.describe_sequence(self._sequence_id, *self._before)


class SetSequenceState(_DescribeSequence):
    """How far the work is, as the person says; None lets it follow from what is there.

    Raises:
        KeyError: No such Sequence.
    """

    def __init__(self, document: Changes, sequence_id: int, state: SequenceState | None) -> None:
        note = document.project.sequences[sequence_id].note
        super().__init__(document, "Set state of sequence", sequence_id, state, note)


class SetSequenceNote(_DescribeSequence):
    """The person's own words about a Sequence, on any number of lines.

    Raises:
        KeyError: No such Sequence.
    """

    def __init__(self, document: Changes, sequence_id: int, note: str) -> None:
        marked = document.project.sequences[sequence_id].marked
        lines = [clean_name(line) for line in note.strip().splitlines()]
        super().__init__(document, "Write note", sequence_id, marked, "\n".join(lines))


class SetBookmark(Command):
    """A bookmark on a frame, with a few words or none; None takes it away.

    Raises:
        KeyError: No such Sequence.
        ValueError: The frame is not in it.
    """

    def __init__(self, document: Changes, sequence_id: int, frame: int, note: str | None = "") -> None:
        super().__init__(document, "Remove bookmark" if note is None else "Set bookmark")
        sequence = document.project.sequences[sequence_id]
        if not 0 <= frame < sequence.frame_count:
            raise ValueError(f"frame {frame} of {sequence.frame_count}")
        self._sequence_id = sequence_id
        self._frame = frame
        self._before = sequence.bookmarks.get(frame)
        self._after = None if note is None else clean_name(note)

    def _do(self) -> None:
        self._document.put_bookmark(self._sequence_id, self._frame, self._after)

    def _undo(self) -> None:
        self._document.put_bookmark(self._sequence_id, self._frame, self._before)
