"""What may be known of a sample in the tracker's memory: plain numbers, so that messages and views may carry it."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from tracker.geometry import BoundingBox
from tracker.localization import Localization
from tracker.result import TrackStatus


class SampleOrigin(enum.IntEnum):
    """Where a sample comes from."""

    FIRST_FRAME = 0
    CORRECTION = 1
    PASSING = 2


@dataclass(frozen=True, slots=True)
class SampleInfo:
    """What a person may want to know about a sample.

    Attributes:
        number: Names the sample within its memory; counts up, never reused.
        origin: Where it comes from.
        group: 0 for the first frame, k for the k-th correction, -1 for passing samples.
        update: Frames the tracker had seen since ``initialize`` when the sample was taken.
        status: How the score map was read; FOUND for annotated frames.
        score: Maximum of the score map; 1 for annotated frames.
        image_box: Target box in image pixels.
        is_hard_negative: A correction's crop that shows the place the tracker had been drawn to.
        took_second_peak: The tracker trusted a weaker peak that lay nearer.
        picture: Number that the caller had given to the picture.
    """

    number: int
    origin: SampleOrigin
    group: int
    update: int
    status: TrackStatus
    score: float
    image_box: BoundingBox
    is_hard_negative: bool = False
    took_second_peak: bool = False
    picture: int = 0


def passing_info(found: Localization, box: BoundingBox, update: int) -> SampleInfo:
    """What is noted about a sample of a tracked frame; the memory fills in number and picture."""
    return SampleInfo(
        number=-1,
        origin=SampleOrigin.PASSING,
        group=-1,
        update=update,
        status=found.status,
        score=found.score,
        image_box=box,
        took_second_peak=found.took_second_peak,
    )
