"""Edits of the selected Track as a whole, and of many of its frames at once, from the frame that is shown."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject

from app.document.attributes import AttributeValue
from app.document.commands import (
    CopyBox,
    DeleteBox,
    DeleteFrom,
    DeleteKeyframe,
    DuplicateTrack,
    MergeTracks,
    MoveInOrder,
    SetBookmark,
    SetFrameValue,
    SetGap,
    SetKeyframe,
    SetTrackValue,
    SplitTrack,
    SwapTracks,
)
from app.document.document import Document
from app.document.model import Gap, Keyframe, Sequence, Source, Track
from app.session.edits import Edits
from app.session.screen import Screen
from app.spoken import shown_frame, spoken
from tracker.geometry import BoundingBox


class TrackEdits(QObject):
    """Each method is one step of undo, or is refused in a sentence by ``Session.failed``; without a Track, nothing.

    Args:
        document: The open project.
        screen: What is shown.
        edits: Does the commands.
        parent: Qt owner.
    """

    def __init__(self, document: Document, screen: Screen, edits: Edits, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._screen = screen
        self._edits = edits
        self._copied: tuple[BoundingBox, int] | None = None

    # What is so from the current frame on

    def toggle_outside(self) -> None:
        """The object leaves the picture here; where it is outside, it is back from here on, at its last known box."""
        track, frame = self._screen.track, self._screen.frame
        if track is None:
            return
        if track.source_at(frame) is not Source.OUTSIDE:
            self._set_keyframe(track, track.keyframe_with(frame, None), "Outside from here")
        elif frame in track.keyframes:
            self._edits.edit([track], lambda: DeleteKeyframe(self._document, track.id, frame), whole=False)
        else:
            box = _last_known_box(track, frame)
            if box is None:
                self._edits.refuse(
                    spoken("Where the object is on frame {0} is not known: draw a box round it.", shown_frame(frame))
                )
            else:
                self._set_keyframe(track, track.keyframe_with(frame, box), "Back from here")

    def toggle_occluded(self) -> None:
        """The object is partly hidden from here to the next keyframe, or is no longer."""
        keyframe = self._shown_keyframe()
        if keyframe is not None:
            self._describe(replace(keyframe, occluded=not keyframe.occluded), "Set occluded")

    def set_visibility(self, visibility: float, *, merge: bool = False) -> None:
        """The share of the object that is visible from here to the next keyframe, 0 to 1."""
        keyframe = self._shown_keyframe()
        if keyframe is not None:
            self._describe(replace(keyframe, visibility=visibility), "Set visibility", merge=merge)

    def set_value(self, attribute_id: int, value: AttributeValue | None) -> None:
        """The value of an Attribute: of the Track, or from here on where it is per frame; None for not set."""
        track, frame = self._screen.track, self._screen.frame
        attribute = self._document.project.attributes.get(attribute_id)
        if track is None or attribute is None:
            return
        if attribute.per_frame:
            self._edits.edit(
                [track], lambda: SetFrameValue(self._document, track.id, frame, attribute_id, value), whole=False
            )
        else:
            self._edits.edit([track], lambda: SetTrackValue(self._document, track.id, attribute_id, value), whole=False)

    def toggle_interpolation(self) -> None:
        """The gap between the keyframes round this frame becomes a straight line, or what was tracked again."""
        track, frame = self._screen.track, self._screen.frame
        if track is not None:
            start = track.keyframes.at_or_before(frame)
            is_line = start is not None and track.keyframes[start].gap is Gap.INTERPOLATED
            gap = Gap.TRACKED if is_line else Gap.INTERPOLATED
            self._edits.edit([track], lambda: SetGap(self._document, track.id, frame, gap), whole=False)

    # Boxes

    def copy_box(self) -> bool:
        """Remember the box that is shown; False where there is none."""
        track = self._screen.track
        box = track.box_at(self._screen.frame) if track is not None else None
        if track is None or box is None:
            self._edits.refuse(spoken("There is no box on frame {0} to copy.", shown_frame(self._screen.frame)))
            return False
        self._copied = (box, track.category_id)
        return True

    def paste_box(self) -> None:
        """The remembered box on this frame: of the selected Track, or of a new one where none is selected."""
        if self._copied is None:
            self._edits.refuse(spoken("No box has been copied yet: copy one first."))
            return
        box, category_id = self._copied
        if self._screen.track is not None:
            self._edits.set_box(box, merge=False)
        elif category_id in self._document.project.categories:
            self._edits.create_track(box, category_id, "")

    def copy_to_next(self, count: int) -> None:
        """The box that is shown on each of the next ``count`` frames, too; frames set by the person stay."""
        track, frame = self._screen.track, self._screen.frame
        if track is not None:
            self._edits.edit([track], lambda: CopyBox(self._document, track.id, frame, count), whole=False)

    def delete_here(self) -> None:
        """Take the keyframe off this frame; where there is none, the tracked box."""
        track, frame = self._screen.track, self._screen.frame
        if track is None:
            return
        kind = DeleteKeyframe if frame in track.keyframes else DeleteBox
        self._edits.edit([track], lambda: kind(self._document, track.id, frame), whole=False)

    def delete_from_here(self) -> None:
        """Take everything of the Track from this frame on away."""
        track, frame = self._screen.track, self._screen.frame
        if track is not None:
            self._edits.edit([track], lambda: DeleteFrom(self._document, track.id, frame), whole=True)

    # Tracks

    def duplicate(self) -> None:
        """A second Track like this one; it is selected then."""
        track = self._screen.track
        if track is not None:
            self._edits.do(lambda: DuplicateTrack(self._document, track.id), self._select, [track])

    def split(self) -> None:
        """What the Track shows from this frame on becomes a Track of its own; it is selected then."""
        track, frame = self._screen.track, self._screen.frame
        if track is not None:
            self._edits.edit([track], lambda: SplitTrack(self._document, track.id, frame), self._select, whole=True)

    def merge(self, other_id: int, *, other_wins: bool) -> None:
        """Take what another Track shows into this one; the other goes."""
        track = self._screen.track
        if track is not None:
            pair = self._pair(track, other_id)
            self._edits.edit(pair, lambda: MergeTracks(self._document, track.id, other_id, other_wins), whole=True)

    def swap(self, other_id: int) -> None:
        """Exchange what this Track and another show from this frame on."""
        track, frame = self._screen.track, self._screen.frame
        if track is not None:
            pair = self._pair(track, other_id)
            self._edits.edit(pair, lambda: SwapTracks(self._document, track.id, other_id, frame), whole=True)

    def move_in_order(self, by: int) -> None:
        """Paint the Track one place higher (1) or lower (-1)."""
        track = self._screen.track
        if track is not None:
            self._edits.edit([track], lambda: MoveInOrder(self._document, track.id, by), whole=False)

    # Bookmarks

    def toggle_bookmark(self) -> None:
        """Set a bookmark on this frame, or take it away."""
        sequence, frame = self._screen.sequence, self._screen.frame
        if sequence is not None:
            note = None if frame in sequence.bookmarks else ""
            self._edits.do(lambda: SetBookmark(self._document, sequence.id, frame, note))

    def bookmark_beside(self, direction: int) -> int | None:
        """The nearest bookmarked frame after (1) or before (-1) this one; None where there is none."""
        sequence: Sequence | None = self._screen.sequence
        frames = [] if sequence is None else list(sequence.bookmarks)
        if direction > 0:
            return min((it for it in frames if it > self._screen.frame), default=None)
        return max((it for it in frames if it < self._screen.frame), default=None)

    def _shown_keyframe(self) -> Keyframe | None:
        """The Keyframe that describing the box here makes, or None, said in words, where there is no box."""
        track, frame = self._screen.track, self._screen.frame
        if track is None:
            return None
        box = track.box_at(frame)
        if box is None:
            self._edits.refuse(spoken("There is no box on frame {0} to describe: draw one first.", shown_frame(frame)))
            return None
        return track.keyframe_with(frame, box)

    def _describe(self, keyframe: Keyframe, text: str, *, merge: bool = False) -> None:
        track = self._screen.track
        if track is not None:
            self._set_keyframe(track, keyframe, text, merge=merge)

    def _set_keyframe(self, track: Track, keyframe: Keyframe, text: str, *, merge: bool = False) -> None:
        frame = self._screen.frame
        self._edits.edit(
            [track], lambda: SetKeyframe(self._document, track.id, frame, keyframe, merge, text), whole=False
        )

    def _select(self, command: DuplicateTrack | SplitTrack) -> None:
        self._screen.select_track(command.track_id)

    def _pair(self, track: Track, other_id: int) -> list[Track]:
        return [track, self._document.track(other_id)]


def _last_known_box(track: Track, frame: int) -> BoundingBox | None:
    """Where the object may be on a frame that shows nothing: what was tracked there, else its last Keyframe's box."""
    tracked = track.boxes.get(frame)
    if tracked is not None:
        return tracked.box
    boxes = (track.keyframes[it].box for it in reversed(track.keyframes.frames) if it < frame)
    return next((box for box in boxes if box is not None), None)
