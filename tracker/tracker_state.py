"""Everything an online tracker knows about its target, in one place."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import torch
from torch import Tensor

from tracker.box_adaptation import BoxLesson
from tracker.box_terms import BoxTerms
from tracker.flow_scale import FlowOrigin
from tracker.flow_trust import UNTRIED, FlowTrust
from tracker.geometry import BoundingBox
from tracker.hiding import UNKNOWN_MOTION, Motion
from tracker.iou_predictor import Modulation
from tracker.result import TrackResult
from tracker.sample_memory import SampleMemory
from tracker.search_region import Image, SearchRegion
from tracker.size_paths import SizePaths
from tracker.spare_core import Later

_THUMBNAIL_STEP = 16


@dataclass(frozen=True, slots=True, eq=False)
class Sight:
    """The last picture that was tracked, kept because a correction of it can learn from what was seen there.

    Attributes:
        thumbnail: Every 16th pixel, to know the picture again.
        features: Classification features of the crop (1, C, h, w).
        region: Place of the crop.
        result: What was answered.
    """

    thumbnail: Image
    features: Tensor
    region: SearchRegion
    result: TrackResult

    def is_of(self, image: Image) -> bool:
        """Whether ``image`` is the picture that was seen."""
        return np.array_equal(thumbnail(image), self.thumbnail)


def thumbnail(image: Image) -> Image:
    """Every 16th pixel of a picture, as a copy."""
    return image[::_THUMBNAIL_STEP, ::_THUMBNAIL_STEP].copy()


@dataclass(slots=True)
class TrackerState:
    """State of one target; set as a whole by ``initialize``. Tensors in it are replaced, never written to.

    Attributes:
        box: Where the target is, image pixels.
        memory: Samples.
        target_filter: The target model's filter (C, k, k); first needed when the next crop has been seen.
        modulations: Of every annotated frame, in the order they were learned; empty without a box branch.
        box_terms: Those in use; first needed when the target has been found in the next picture.
        lessons: Of the last annotated frames, newest last, that the terms in use were fitted to.
        min_side: Refined boxes get no smaller, image pixels.
        flow_origin: The target in the picture before, or None where there is none to start from.
        flow_trust: How far the flow is believed about the target's place.
        motion: How the target moves, and whether it is being hidden.
        size_paths: The size as it would be at several speeds of change, or None where that is off.
        trusted_box: The last box a person vouched for, image pixels.
        trusted_update: Value of ``updates`` there.
        updates: Frames tracked since ``initialize``.
        since_annotation: Frames tracked since ``initialize`` or the last correction.
        lost: For how many frames the target has not been found.
        sizes: Square roots of the areas of the last boxes that were found, newest last.
        alert: Whether the last annotation was a correction of a failure.
        draws: Counts uses of the random generator, so that each has a stream of its own.
        sight: The last tracked picture, or None.
    """

    box: BoundingBox
    memory: SampleMemory
    target_filter: Later[Tensor]
    modulations: tuple[Later[Modulation], ...]
    box_terms: Later[BoxTerms]
    min_side: float
    trusted_box: BoundingBox
    lessons: tuple[Later[BoxLesson], ...] = ()
    flow_origin: FlowOrigin | None = None
    flow_trust: FlowTrust = UNTRIED
    motion: Motion = UNKNOWN_MOTION
    size_paths: SizePaths | None = None
    trusted_update: int = 0
    updates: int = 0
    since_annotation: int = 0
    lost: int = 0
    sizes: tuple[float, ...] = ()
    alert: bool = False
    draws: int = 0
    sight: Sight | None = None

    def copy(self) -> TrackerState:
        """An independent state; cheap, since samples and tensors are shared."""
        return replace(self, memory=self.memory.copy())

    def to(self, device: torch.device) -> None:
        """Moves all tensors to a device."""
        self.memory.to(device)
        self.target_filter = Later.known(self.target_filter.value().to(device))
        self.modulations = tuple(Later.known(modulation.value().to(device)) for modulation in self.modulations)
        self.box_terms = Later.known(self.box_terms.value().to(device))
        self.lessons = tuple(Later.known(lesson.value().to(device)) for lesson in self.lessons)
        self.sight = self.sight and replace(self.sight, features=self.sight.features.to(device))

    def generator(self, seed: int) -> np.random.Generator:
        """The next random stream: a pure function of seed and count, so that a session replays identically."""
        self.draws += 1
        return np.random.default_rng((seed, self.draws))
