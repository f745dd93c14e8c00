"""The project as plain data: what is labelled, without Qt, storage or undo. Frames count from 0."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.document.tracked_boxes import TrackedBoxes
from tracker.geometry import BoundingBox
from tracker.result import TrackStatus

MAX_FRAMES = 10_000_000
"""Longest Sequence: 92 hours at 30 frames a second. Bounds what a hostile file can make the program allocate."""


@dataclass(frozen=True, slots=True)
class Category:
    """A class of objects.

    Attributes:
        id: Unique in the project, from 1, never used again.
        name: Shown and exported; unique in the project.
    """

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Keyframe:
    """What the annotator set on one frame of a Track; it trains the tracker and no run alters it.

    Attributes:
        box: In image pixels, or None for "outside": the object is not in the picture from here on.
        occluded: Partly hidden.
        visibility: Visible share, 0 to 1.
    """

    box: BoundingBox | None
    occluded: bool = False
    visibility: float = 1.0


@dataclass(slots=True)
class Track:
    """One object through a Sequence.

    Attributes:
        id: Unique in the project, from 1, never used again.
        name: Shown beside the box; may be empty.
        category_id: Of a Category of the project.
        keyframes: Frame -> Keyframe, the human layer.
        boxes: The tracked layer. A frame may have both; the keyframe is what counts.
    """

    id: int
    name: str
    category_id: int
    keyframes: dict[int, Keyframe] = field(default_factory=dict)
    boxes: TrackedBoxes = field(default_factory=TrackedBoxes)

    def box_at(self, frame: int) -> BoundingBox | None:
        """The box shown and exported on ``frame``: the keyframe's, else the tracked one unless it was lost."""
        keyframe = self.keyframes.get(frame)
        if keyframe is not None:
            return keyframe.box
        tracked = self.boxes.get(frame)
        if tracked is None or tracked.status is TrackStatus.NOT_FOUND:
            return None
        return tracked.box

    def frames(self) -> list[int]:
        """Frames with a shown box, ascending."""
        candidates = set(self.keyframes) | set(self.boxes.frames().tolist())
        return sorted(frame for frame in candidates if self.box_at(frame) is not None)


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


@dataclass(slots=True)
class Project:
    """Everything a project file holds.

    Attributes:
        sequences: Sequence id -> Sequence.
        categories: Category id -> Category.
    """

    sequences: dict[int, Sequence] = field(default_factory=dict)
    categories: dict[int, Category] = field(default_factory=dict)

    def track(self, track_id: int) -> Track:
        """The Track with this id.

        Raises:
            KeyError: No Sequence has such a Track.
        """
        return self.sequence_of(track_id).tracks[track_id]

    def sequence_of(self, track_id: int) -> Sequence:
        """The Sequence that holds the Track with this id.

        Raises:
            KeyError: No Sequence has such a Track.
        """
        for sequence in self.sequences.values():
            if track_id in sequence.tracks:
                return sequence
        raise KeyError(track_id)
