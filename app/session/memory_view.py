"""What is in a target's memory, made small and frozen for the window: one sample a frame, with a thumbnail."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from app.media.frame_source import Frame
from app.session.box_pixels import box_pixels
from app.session.messages import MemorySample
from tracker.geometry import BoundingBox
from tracker.sample_info import SampleInfo, SampleOrigin

SIDE = 56
"""Of a thumbnail in pixels."""

_MOST = 200
"""Thumbnails kept at most before those of forgotten frames are dropped; a memory holds fewer."""


class Thumbnails:
    """Frame -> the picture round the target's box there; made when the tracker looks at the frame, which is cheap."""

    def __init__(self) -> None:
        self._by_frame: dict[int, Frame] = {}

    def keep(self, frame: int, image: Frame, box: BoundingBox) -> None:
        """A frame that the tracker may learn from."""
        small = box_pixels(image, box, SIDE)
        small.setflags(write=False)
        self._by_frame[frame] = small

    def of(self, frame: int) -> Frame | None:
        """The thumbnail of a frame, or None where none was made."""
        return self._by_frame.get(frame)

    def drop_others(self, frames: Iterable[int]) -> None:
        """Once there are many: forget those of other frames."""
        if len(self._by_frame) > _MOST:
            kept = set(frames)
            self._by_frame = {frame: small for frame, small in self._by_frame.items() if frame in kept}


def memory_samples(samples: Iterable[tuple[SampleInfo, float]], thumbnails: Thumbnails) -> tuple[MemorySample, ...]:
    """One entry a frame, the heaviest first: an annotated frame's augmented copies count together."""
    by_frame: dict[int, list[tuple[SampleInfo, float]]] = defaultdict(list)
    for info, weight in samples:
        by_frame[info.picture].append((info, weight))
    thumbnails.drop_others(by_frame)
    entries = []
    for frame, group in by_frame.items():
        # where a corrected frame had been passed before, the person's word is its origin
        leading = min((info for info, _ in group), key=lambda info: info.origin)
        weight = sum(it for _, it in group)
        entries.append(MemorySample(frame, leading.origin, weight, leading.score, len(group), thumbnails.of(frame)))
    permanent = (SampleOrigin.FIRST_FRAME, SampleOrigin.CORRECTION)
    return tuple(sorted(entries, key=lambda it: (it.origin not in permanent, -it.weight, it.frame)))
