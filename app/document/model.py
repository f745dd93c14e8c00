"""The project as plain data: what is labelled, without Qt, storage or undo. Frames count from 0."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from app.document.attributes import Attribute, AttributeKind, AttributeValue
from app.document.keyframes import Gap, Keyframe, Keyframes
from app.document.tracked_boxes import TrackedBox, TrackedBoxes
from tracker.geometry import BoundingBox
from tracker.result import TrackStatus

__all__ = [
    "MAX_FRAMES",
    "Attribute",
    "AttributeKind",
    "AttributeValue",
    "Category",
    "Dispute",
    "Effort",
    "Gap",
    "Keyframe",
    "Keyframes",
    "Project",
    "Sequence",
    "SequenceState",
    "Source",
    "Track",
]

MAX_FRAMES = 10_000_000
"""Longest Sequence: 92 hours at 30 frames a second. Bounds what a hostile file can make the program allocate."""


@dataclass(frozen=True, slots=True)
class Category:
    """A class of objects.

    Attributes:
        id: Unique in the project, from 1, never used again.
        name: Shown and exported; unique in the project.
        colour: Of all its Tracks, ``#rrggbb``; empty: each Track has its own.
    """

    id: int
    name: str
    colour: str = ""


class SequenceState(enum.IntEnum):
    """How far the work on a Sequence is; numbers as in the project file."""

    UNTOUCHED = 0
    IN_PROGRESS = 1
    DONE = 2


class Source(enum.Enum):
    """Where what is shown of a Track on a frame comes from."""

    KEYFRAME = enum.auto()
    INTERPOLATED = enum.auto()
    TRACKED = enum.auto()
    LOST = enum.auto()
    """The tracker looked and did not find it: no box."""
    OUTSIDE = enum.auto()
    """A Keyframe says that it is not in the picture: no box."""
    NOTHING = enum.auto()


@dataclass(frozen=True, slots=True)
class Effort:
    """What the labelling of a Sequence has cost a person. It counts up only: undo takes no work back.

    Attributes:
        drawn: Boxes drawn for new Tracks or where there was none.
        corrected: Boxes moved that were on the screen already.
        accepted: Times that a shown box was found good, on a frame or a run of frames at once.
        seconds: Spent working; pauses of over a minute do not count.
    """

    drawn: int = 0
    corrected: int = 0
    accepted: int = 0
    seconds: float = 0.0

    def __add__(self, other: Effort) -> Effort:
        return Effort(
            self.drawn + other.drawn,
            self.corrected + other.corrected,
            self.accepted + other.accepted,
            self.seconds + other.seconds,
        )


@dataclass(frozen=True, slots=True)
class Dispute:
    """Two runs found the object in different places on one frame.

    Attributes:
        box: Of the run whose box is there.
        other: Where the other run found it.
    """

    box: BoundingBox
    other: BoundingBox


@dataclass(slots=True)
class Track:
    """One object through a Sequence.

    Attributes:
        id: Unique in the project, from 1; used again only if a person says so.
        name: Shown beside the box; may be empty.
        category_id: Of a Category of the project.
        keyframes: Frame -> Keyframe, the human layer; a copy of any mapping given.
        boxes: The tracked layer. A frame may have both; the human layer is what counts.
        attributes: Attribute id -> value, of the Attributes that are not per frame.
        z: Place in the order of painting, low ones below; Tracks with one number are painted by id.
        accepted: Frame -> the tracked box that the annotator found right there; it counts as long as that is the box.
        unlearned: Frames whose pictures the tracker must not learn from, be they keyframes or passed by.
        disputed: Frame -> where two runs found the object, in different places; it counts as long as the tracked box is
            the one of them.
    """

    id: int
    name: str
    category_id: int
    keyframes: Keyframes = field(default_factory=Keyframes)
    boxes: TrackedBoxes = field(default_factory=TrackedBoxes)
    attributes: dict[int, AttributeValue] = field(default_factory=dict)
    z: int = 0
    accepted: dict[int, BoundingBox] = field(default_factory=dict)
    unlearned: frozenset[int] = frozenset()
    disputed: dict[int, Dispute] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.keyframes = Keyframes(self.keyframes)

    def source_at(self, frame: int) -> Source:
        """Where what is shown on ``frame`` comes from. O(log n) in the number of Keyframes."""
        return self.shown_at(frame)[0]

    def box_at(self, frame: int) -> BoundingBox | None:
        """The box shown and exported on ``frame``: of the Keyframe, else interpolated, else tracked; None outside."""
        return self.shown_at(frame)[1]

    def shown_at(self, frame: int) -> tuple[Source, BoundingBox | None, TrackedBox | None]:
        """All that a picture shows of the Track on ``frame``, in one look: a crowd is asked at each step.

        Returns:
            Where it comes from; the box shown and exported; what was tracked, unless a Keyframe lies over it.
        """
        held = self.keyframes.held_at(frame)
        if held is not None:
            start, keyframe = held
            if keyframe.box is None:
                return Source.OUTSIDE, None, None
            if start == frame:
                return Source.KEYFRAME, keyframe.box, None
            line = self.keyframes.interpolated(frame) if keyframe.gap is Gap.INTERPOLATED else None
            if line is not None:
                return Source.INTERPOLATED, line, self.boxes.get(frame)
        tracked = self.boxes.get(frame)
        if tracked is None:
            return Source.NOTHING, None, None
        if tracked.status is TrackStatus.NOT_FOUND:
            return Source.LOST, None, tracked
        return Source.TRACKED, tracked.box, tracked

    def span(self) -> tuple[int, int]:
        """The first and the last frame that may show something; (0, -1) where none does."""
        first, last = self.boxes.span()
        frames = self.keyframes.frames
        if not frames:
            return first, last
        return (frames[0], frames[-1]) if last < first else (min(first, frames[0]), max(last, frames[-1]))

    def keyframe_with(self, frame: int, box: BoundingBox | None) -> Keyframe:
        """The Keyframe that setting ``box`` on ``frame`` makes: all else stays as it is shown there."""
        start = self.keyframes.at_or_before(frame)
        if start is None:
            return Keyframe(box)
        shown = self.keyframes[start]
        if start != frame:
            shown = replace(shown, attributes={})  # these go on by themselves
        if box is None or shown.box is None:
            # an object that has left, or is back, is hidden by nothing that was before
            return Keyframe(box, gap=shown.gap, attributes=shown.attributes)
        return replace(shown, box=box)

    def is_accepted(self, frame: int) -> bool:
        """Whether the annotator has found the tracked box on ``frame`` right, and it is still that box."""
        tracked = self.boxes.get(frame)
        return tracked is not None and self.accepted.get(frame) == tracked.box

    def dispute_at(self, frame: int) -> Dispute | None:
        """Where two runs found it on ``frame``, if they disagreed and what is there is still the one's box."""
        dispute = self.disputed.get(frame)
        tracked = None if dispute is None else self.boxes.get(frame)
        return dispute if dispute is not None and tracked is not None and tracked.box == dispute.box else None

    def occluded_at(self, frame: int) -> bool:
        """Whether the object is partly hidden on ``frame``, as its last Keyframe up to here says."""
        start = self.keyframes.at_or_before(frame)
        return start is not None and self.keyframes[start].occluded

    def visibility_at(self, frame: int) -> float:
        """The visible share on ``frame``, 0 to 1, as its last Keyframe up to here says."""
        start = self.keyframes.at_or_before(frame)
        return 1.0 if start is None else self.keyframes[start].visibility

    def value_at(self, attribute: Attribute, frame: int) -> AttributeValue | None:
        """The value of an Attribute on ``frame``: what was set, else its default; None for neither."""
        if attribute.per_frame:
            value = self.keyframes.value_at(attribute.id, frame)
        else:
            value = self.attributes.get(attribute.id)
        return attribute.default if value is None else value

    def count_of_frames(self) -> int:
        """On how many frames there is a Keyframe, a tracked box or both."""
        return len(self.keyframes) + len(self.boxes) - self.boxes.count_on(self.keyframes.frames)

    def shown_frames(self) -> npt.NDArray[np.int64]:
        """Frames with a shown box, ascending, int64 ``(N,)``."""
        frames, _, _, statuses = self.boxes.arrays()
        columns = self.keyframes.columns
        parts = [
            columns.frames[columns.boxed],
            frames[(statuses != TrackStatus.NOT_FOUND) & ~columns.hide(frames)],
            columns.line_frames,
        ]
        return np.sort(np.concatenate(parts), kind="stable")  # rows in order already, a few of them

    def shown_beside(self, frame: int) -> int | None:
        """The last frame before ``frame`` with a shown box, else the first one after it."""
        frames = self.shown_frames()
        before, after = np.searchsorted(frames, [frame, frame + 1])
        place = before - 1 if before else after
        return int(frames[place]) if place < len(frames) else None

    def frames(self) -> list[int]:
        """The same as plain numbers."""
        shown: list[int] = self.shown_frames().tolist()
        return shown


@dataclass(slots=True)
class Sequence:
    """One video or image folder of the project.

    Attributes:
        id: Unique in the project, from 1.
        name: Shown and used in exports: the file's stem or the folder's name.
        path: Absolute path of the video file or image folder.
        frame_count: Counted by decoding.
        width: In pixels, after rotation.
        height: In pixels, after rotation.
        fps: Average frames per second.
        file_size: Bytes of the video file, or the sum over an image folder's files.
        fingerprint: SHA-256 over the size and parts of the content; recognises a moved file.
        tracks: Track id -> Track.
        marked: The state that the person has set; None while it follows from what is there.
        note: The person's own words about it.
        bookmarks: Frame -> a few words or none, ascending by frame.
        effort: What it has cost so far; apart from the labels, so it makes no two Sequences different.
    """

    id: int
    name: str
    path: str
    frame_count: int
    width: int
    height: int
    fps: float
    file_size: int = 0
    fingerprint: str = ""
    tracks: dict[int, Track] = field(default_factory=dict)
    marked: SequenceState | None = None
    note: str = ""
    bookmarks: dict[int, str] = field(default_factory=dict)
    effort: Effort = field(default=Effort(), compare=False)

    @property
    def state(self) -> SequenceState:
        """As the person has set it, else in progress as soon as there is a Track."""
        if self.marked is not None:
            return self.marked
        return SequenceState.IN_PROGRESS if self.tracks else SequenceState.UNTOUCHED

    def painted(self) -> list[Track]:
        """The Tracks in the order of painting: the last one lies on top."""
        return sorted(self.tracks.values(), key=lambda track: (track.z, track.id))


@dataclass(slots=True)
class Project:
    """Everything a project file holds.

    Attributes:
        sequences: Sequence id -> Sequence.
        categories: Category id -> Category.
        attributes: Attribute id -> its definition.
    """

    sequences: dict[int, Sequence] = field(default_factory=dict)
    categories: dict[int, Category] = field(default_factory=dict)
    attributes: dict[int, Attribute] = field(default_factory=dict)

    def track(self, track_id: int) -> Track:
        """The Track with this id.

        Raises:
            KeyError: No Sequence has such a Track.
        """
        return self.sequence_of(track_id).tracks[track_id]

    def attributes_of(self, track: Track) -> list[Attribute]:
        """The Attributes that a Track has by its Category, by id."""
        return [it for it in self.attributes.values() if it.category_id in {None, track.category_id}]

    def sequence_of(self, track_id: int) -> Sequence:
        """The Sequence that holds the Track with this id.

        Raises:
            KeyError: No Sequence has such a Track.
        """
        for sequence in self.sequences.values():
            if track_id in sequence.tracks:
                return sequence
        raise KeyError(track_id)
