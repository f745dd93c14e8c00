"""The samples that the target model is optimized on, and what each of them counts (specification 3.6, 4.1-4.3).

Samples of annotated frames (the first one and corrections) are permanent: never replaced, and their groups keep a
share of the weight. Passing samples come from tracked frames; when the memory is full, the lightest makes room.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from tracker.config import MemoryConfig
from tracker.geometry import BoundingBox
from tracker.sample_info import SampleInfo, SampleOrigin
from tracker.sample_weights import WeightGroup, with_floors

Weights = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Sample:
    """One crop as the target model sees it; never altered once made.

    Attributes:
        features: Classification features (1, C, h, w).
        box: Target box in crop pixels.
        info: About it.
    """

    features: Tensor
    box: BoundingBox
    info: SampleInfo


@dataclass(frozen=True, slots=True)
class SampleBatch:
    """All samples as the optimizer takes them: features (n, C, h, w), boxes (n, 4), weights (n,)."""

    features: Tensor
    boxes: Tensor
    weights: Tensor


class SampleMemory:
    """Slots with samples and weights.

    Args:
        config: Size and weights.

    Attributes:
        picture: Number of the picture that samples are being taken from.
        excluded: Numbers of pictures that no passing sample is taken from.
    """

    def __init__(self, config: MemoryConfig) -> None:
        self.picture = 0
        self.excluded: frozenset[int] = frozenset()
        self._config = config
        self._slots: list[Sample | None] = [None] * config.size
        self._weights: Weights = np.zeros(config.size)
        self._previous: int | None = None  # slot of the newest passing sample
        self._numbers = 0
        self._newest_group = 0

    def copy(self) -> SampleMemory:
        """An independent memory with the same samples; the samples themselves are shared."""
        twin = SampleMemory(self._config)
        twin.picture, twin.excluded = self.picture, self.excluded
        twin._slots = list(self._slots)
        twin._weights = self._weights.copy()
        twin._previous = self._previous
        twin._numbers = self._numbers
        twin._newest_group = self._newest_group
        return twin

    def to(self, device: torch.device) -> None:
        """Moves all features to a device."""
        self._slots = [sample and replace(sample, features=sample.features.to(device)) for sample in self._slots]

    @property
    def device(self) -> torch.device:
        """Where the features are; there is at least one sample."""
        return next(sample.features.device for sample in self._slots if sample)

    @property
    def samples(self) -> tuple[tuple[Sample, float], ...]:
        """All samples with their weights, by slot."""
        return tuple(
            (sample, float(weight)) for sample, weight in zip(self._slots, self._weights, strict=True) if sample
        )

    @property
    def newest_group(self) -> int:
        """Number of the newest correction; 0 before the first."""
        return self._newest_group

    def anchors(self) -> tuple[Sample, ...]:
        """The unaltered sample of every annotated frame, oldest first."""
        first: dict[int, Sample] = {}
        for sample, _ in self.samples:
            group = sample.info.group
            if group >= 0 and (group not in first or sample.info.number < first[group].info.number):
                first[group] = sample
        return tuple(first[group] for group in sorted(first))

    def add_first_frame(self, samples: Iterable[Sample]) -> None:
        """Fills the empty memory with the first frame's samples, all with the same weight."""
        for slot, sample in enumerate(samples):
            self._put(slot, sample, SampleOrigin.FIRST_FRAME, 0)
        filled = [slot for slot, sample in enumerate(self._slots) if sample]
        self._weights[filled] = 1.0 / len(filled)

    def add_correction(self, samples: list[Sample]) -> None:
        """Adds the samples of a corrected frame for good; the unaltered one first."""
        group = self._newest_group = self._newest_group + 1
        more = min(len(samples), max(0, self._config.size_limit - len(self._slots)))
        self._slots += [None] * more
        self._weights = np.append(self._weights, np.zeros(more))
        self._thin_anchors(len(samples))
        for sample in samples:
            slot = self._free_slot()
            if slot == self._previous:
                self._previous = None
            self._put(slot, sample, SampleOrigin.CORRECTION, group)
            self._weights[slot] = 0.0
        self._weights = with_floors(self._weights, self._groups())

    def add_passing(self, sample: Sample, learning_rate: float) -> None:
        """Adds the sample of a tracked frame, unless it is excluded; without room it replaces the lightest."""
        if self.picture in self.excluded:
            return
        previous = self._previous
        slot = self._free_slot()
        weights = self._weights
        if previous is None:
            weights = weights / (1.0 - learning_rate)
            weights[slot] = learning_rate
        else:
            weights = weights.copy()
            weights[slot] = self._weights[previous] / (1.0 - learning_rate)
        self._put(slot, sample, SampleOrigin.PASSING, -1)
        self._weights = weights / weights.sum()
        self._previous = slot
        if self._newest_group:
            self._weights = with_floors(self._weights, self._groups())
        else:
            self._keep_first_frame()

    def purge_passing(self, is_kept: Callable[[SampleInfo], bool]) -> int:
        """Frees the slots of passing samples that are not to be kept, and says how many they were."""
        doomed = [
            slot
            for slot, sample in enumerate(self._slots)
            if sample and sample.info.origin is SampleOrigin.PASSING and not is_kept(sample.info)
        ]
        self._free(doomed)
        return len(doomed)

    def batch(self, newest_floor: float | None = None) -> SampleBatch:
        """The samples for the optimizer.

        Args:
            newest_floor: Another least share for the newest correction, for this batch only (4.4 step 3).
        """
        weights = self._weights
        if newest_floor is not None and self._newest_group:
            weights = with_floors(weights, self._groups(newest_floor))
        taken = [(sample, weight) for sample, weight in zip(self._slots, weights, strict=True) if sample]
        features = torch.cat([sample.features for sample, _ in taken])
        boxes = torch.tensor([(s.box.x, s.box.y, s.box.w, s.box.h) for s, _ in taken], dtype=torch.float32)
        gamma = torch.tensor([weight for _, weight in taken], dtype=torch.float32)
        return SampleBatch(features, boxes.to(features.device), gamma.to(features.device))

    def _put(self, slot: int, sample: Sample, origin: SampleOrigin, group: int) -> None:
        info = replace(sample.info, number=self._numbers, origin=origin, group=group, picture=self.picture)
        self._slots[slot] = replace(sample, info=info)
        self._numbers += 1

    def _is_permanent(self, sample: Sample) -> bool:
        origin = sample.info.origin
        return origin is SampleOrigin.CORRECTION or (
            origin is SampleOrigin.FIRST_FRAME and self._config.first_frame_floor > 0
        )

    def _free_slot(self) -> int:
        """An empty slot, or the lightest that may be replaced."""
        candidates = [slot for slot, sample in enumerate(self._slots) if sample is None]
        if candidates:
            return candidates[0]
        candidates = [s for s, sample in enumerate(self._slots) if sample and not self._is_permanent(sample)]
        return min(candidates, key=lambda slot: self._weights[slot])

    def _free(self, slots: list[int]) -> None:
        if not slots:
            return
        if self._previous in slots:
            self._previous = None
        for slot in slots:
            self._slots[slot] = None
            self._weights[slot] = 0.0
        self._weights = with_floors(self._weights, self._groups())

    def _keep_first_frame(self) -> None:
        """The published rule for the first frame's share, by which the sum gets slightly above 1 (3.6 step 4)."""
        floor = self._config.first_frame_floor
        slots = self._slots_of(0)
        inside = self._weights[slots].sum()
        if floor > 0 and slots and inside < floor:
            outside = self._weights.sum() - inside
            self._weights = self._weights / (floor + outside)
            self._weights[slots] = floor / len(slots)

    def _slots_of(self, group: int) -> list[int]:
        return [slot for slot, sample in enumerate(self._slots) if sample and sample.info.group == group]

    def _groups(self, newest_floor: float | None = None) -> list[WeightGroup]:
        """The groups that have a least share."""
        config = self._config
        newest = self._newest_group
        corrections = sorted({sample.info.group for sample, _ in self.samples if sample.info.group > 0})
        older = [group for group in corrections if group != newest]
        groups = []
        first = config.first_frame_floor_corrected if corrections else config.first_frame_floor
        if config.first_frame_floor > 0 and (slots := self._slots_of(0)):
            groups.append(WeightGroup(slots, np.ones(len(slots)), first))
        for group in corrections:
            slots = self._slots_of(group)
            shares = np.ones(len(slots))
            if group != newest:
                floor = config.older_floor / len(older)
            else:
                floor = newest_floor or config.newest_floor * min(1.0, len(slots) / config.full_group)
                negative = [bool((s := self._slots[slot]) and s.info.is_hard_negative) for slot in slots]
                shares[negative] = config.hard_negative_share
            groups.append(WeightGroup(slots, shares, floor))
        return groups

    def _thin_anchors(self, coming: int) -> None:
        """Makes room for passing samples: the oldest corrections keep one sample each, then none (4.2)."""
        allowed = int(self._config.anchor_limit * len(self._slots)) - coming
        for keep in (1, 0):
            for group in range(1, self._newest_group):
                if sum(self._is_permanent(sample) for sample, _ in self.samples) <= allowed:
                    return
                slots = sorted(self._slots_of(group), key=self._number_in)
                self._free(slots[keep:])

    def _number_in(self, slot: int) -> int:
        sample = self._slots[slot]
        assert sample is not None
        return sample.info.number
