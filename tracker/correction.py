"""Learning from a correction by a person (specification 4; not in the paper, but made of its operations only)."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import torch
from torch import Tensor

from tracker.annotated_frame import (
    IDENTITY_ONLY,
    AnnotatedFrame,
    annotated_info,
    box_terms,
    crop_tensor,
    fitted_terms,
    lessons_of,
    result_on,
    see_annotated_frame,
)
from tracker.box_refinement import candidate_boxes, random_offsets, refined_boxes
from tracker.box_terms import BoxTerms, blended
from tracker.config import AugmentationConfig, TrackerConfig
from tracker.flow_scale import flow_origin
from tracker.geometry import BoundingBox, iou
from tracker.iou_predictor import Modulation
from tracker.network import DimpNetwork
from tracker.result import TrackResult, TrackStatus
from tracker.sample_info import SampleInfo
from tracker.sample_memory import Sample
from tracker.search_region import Image, cut_search_region
from tracker.spare_core import Later, unless_it_fails
from tracker.tracker_state import TrackerState

_JUMP_IOU = 0.3
"""Below this IoU with the true box, the place the tracker had been drawn to is learned from as well (4.1)."""

_EMPHASIS = 0.5
"""Share of the newest correction while a filter is made to accept it (4.4 step 3)."""

_PERTURBATIONS = ((0.1, 0.1, 0.1), (-0.1, 0.1, -0.1), (0.1, -0.1, -0.1), (-0.1, -0.1, 0.1))
"""(x, y, size) shares by which boxes are put off to test a modulation (4.5)."""


@dataclass(frozen=True, slots=True)
class CorrectionLearner:
    """Has a tracker's state learn corrected frames.

    Attributes:
        network: The network.
        config: Settings.
        seed: Of the tracker.
    """

    network: DimpNetwork
    config: TrackerConfig
    seed: int

    def learn(self, state: TrackerState, image: Image, box: BoundingBox) -> TrackResult:
        """Adds a corrected frame to the memory, re-optimizes the filter, and puts the target there.

        If the tracker has just looked at this picture, what it saw decides: a nudge costs one sample; after a failure
        the false peak becomes a hard negative and the samples gathered since the last trusted frame are purged.
        """
        generator = state.generator(self.seed)
        sight = state.sight if state.sight and state.sight.is_of(image) else None
        tracked = sight.result.box if sight and sight.result.status is not TrackStatus.NOT_FOUND else None
        overlap = iou(tracked, box) if tracked else 0.0
        is_nudge = overlap > self.config.update.nudge_iou
        augmentation = IDENTITY_ONLY if is_nudge else self.config.correction_augmentation
        frame = self._see(state, image, box, augmentation, generator)
        negatives = [] if is_nudge else self._hard_negatives(state, image, box, frame, tracked, overlap)
        if not is_nudge:
            state.memory.purge_passing(_above_suspicion(state, box, self.config.memory.kept_iou))
        state.memory.add_correction(frame.samples + negatives)
        self._learn_box(state, frame, generator)
        if is_nudge:
            iterations = self.config.update.nudge_iterations
            target_filter = self._optimized(state, state.target_filter.value(), iterations)[0]
        else:
            target_filter = self._best_filter(state, frame, [state.target_filter.value()])
        state.target_filter = Later.known(target_filter)
        if state.size_paths and overlap >= _JUMP_IOU:
            state.size_paths = state.size_paths.corrected(box, self.config.size_paths)
        self._stand(state, image, box, alert=not is_nudge)
        return result_on(self.network, self.config, state.target_filter.value(), frame)

    def learn_one_of_many(
        self, state: TrackerState, image: Image, box: BoundingBox, from_last: int, *, is_full: bool
    ) -> TrackResult:
        """Adds one of several known annotated frames; the filter is optimized once, with the last (4.2).

        Args:
            state: Changed.
            image: The frame.
            box: The person's box.
            from_last: How many follow.
            is_full: Whether the frame gets all its augmented samples, or only the unaltered one.
        """
        generator = state.generator(self.seed)
        augmentation = self.config.correction_augmentation if is_full else IDENTITY_ONLY
        frame = self._see(state, image, box, augmentation, generator)
        state.memory.add_correction(frame.samples)
        self._remember(state, frame, generator, is_lesson=from_last < self.config.adaptation.lessons)
        if not from_last:
            # the filter in use has learned the first frame only
            starts = [state.target_filter.value(), self._fresh_filter(state)]
            state.target_filter = Later.known(self._best_filter(state, frame, starts))
            # not begun before it is asked for: a correction may follow at once, and knows better
            state.box_terms = Later(self._fitted_terms(state, frame, generator))
        self._stand(state, image, box, alert=True)
        return result_on(self.network, self.config, state.target_filter.value(), frame)

    def _see(
        self,
        state: TrackerState,
        image: Image,
        box: BoundingBox,
        augmentation: AugmentationConfig,
        generator: np.random.Generator,
    ) -> AnnotatedFrame:
        return see_annotated_frame(self.network, self.config, augmentation, image, box, state.updates, generator)

    def _hard_negatives(
        self,
        state: TrackerState,
        image: Image,
        box: BoundingBox,
        frame: AnnotatedFrame,
        tracked: BoundingBox | None,
        overlap: float,
    ) -> list[Sample]:
        """Crops in which the true box is known and the tracker's false peak is background (4.1)."""
        sight = state.sight
        if sight is None or not sight.is_of(image):
            return []
        info = replace(annotated_info(box, state.updates), is_hard_negative=True, score=sight.result.score)
        samples = [Sample(sight.features, sight.region.to_crop(box), info)]
        if tracked and overlap < _JUMP_IOU and not _lies_inside(tracked, frame.region.image_box):
            pixels, region = cut_search_region(image, tracked, self.config)
            crop = crop_tensor(pixels[None], self.network.device)
            _, x = self.network.see(crop)
            samples.append(Sample(x, region.to_crop(box), info))
        return samples

    def _optimized(
        self, state: TrackerState, start: Tensor, iterations: int, newest_floor: float | None = None
    ) -> tuple[Tensor, float]:
        """A filter after some iterations on the whole memory, and its loss."""
        batch = state.memory.batch(newest_floor)
        trace = self.network.optimize_filter(start, batch.features, batch.boxes, batch.weights, iterations)
        return trace.filters[-1], float(trace.losses[-1])

    def _best_filter(self, state: TrackerState, frame: AnnotatedFrame, starts: Sequence[Tensor]) -> Tensor:
        """The best of some filters, re-optimized, if it finds the target (4.4)."""
        update = self.config.update
        candidates = [self._optimized(state, start, update.correction_iterations) for start in starts]
        candidates.sort(key=lambda candidate: candidate[1])
        for candidate, _ in candidates:
            if self._finds(candidate, frame):
                return candidate
        return self._optimized(state, candidates[0][0], update.correction_iterations, _EMPHASIS)[0]

    def _fresh_filter(self, state: TrackerState) -> Tensor:
        """What the initialiser makes of all annotated frames."""
        anchors = state.memory.anchors()
        x = torch.cat([anchor.features for anchor in anchors])
        boxes = torch.tensor([(a.box.x, a.box.y, a.box.w, a.box.h) for a in anchors], dtype=torch.float32)
        return self.network.initialize_filter(x, boxes.to(x.device))

    def _finds(self, target_filter: Tensor, frame: AnnotatedFrame) -> bool:
        """Whether the filter's peak on the annotated crop is high, and within a cell of the target."""
        result = result_on(self.network, self.config, target_filter, frame)
        row, column = np.unravel_index(int(result.score_map.argmax()), result.score_map.shape)
        distance = math.dist((row, column), frame.region.to_cell(*frame.box.center))
        return distance <= 1.0 and result.score > self.config.localization.not_found_threshold

    def _learn_box(self, state: TrackerState, frame: AnnotatedFrame, generator: np.random.Generator) -> None:
        """Has the box branch learn the corrected frame while the filter does; the generator is used by nothing else."""
        self._remember(state, frame, generator, is_lesson=True)
        if state.lessons or frame.modulation is None:
            work = self._fitted_terms(state, frame, generator)
        else:
            work = partial(self._better_terms, state.box_terms, state.modulations, frame, generator)
        state.box_terms = self.network.meanwhile(work)

    @torch.no_grad()
    def _better_terms(
        self,
        before: Later[BoxTerms],
        modulations: tuple[Later[Modulation], ...],
        frame: AnnotatedFrame,
        generator: np.random.Generator,
    ) -> BoxTerms:
        """Blends in the corrected frame's modulation, unless boxes on that very frame would get worse by it (4.5).

        What has been fitted to that very frame needs no such trial.
        """
        in_use, proposed = before.value().modulation, blended(modulations)
        assert in_use is not None
        assert proposed is not None
        with unless_it_fails(generator):
            seed = int(generator.integers(1 << 32))  # both are tried on the same candidates
            better = proposed if self._fit(proposed, frame, seed) >= self._fit(in_use, frame, seed) else in_use
            return box_terms(self.network, self.config, better, frame, generator)

    def _remember(
        self, state: TrackerState, frame: AnnotatedFrame, generator: np.random.Generator, *, is_lesson: bool
    ) -> None:
        """Keeps what the frame says of the target's looks and, as a lesson, of where its box ends."""
        if frame.modulation is not None:
            state.modulations += (frame.modulation,)
        if is_lesson:
            lessons = state.lessons + lessons_of(self.network, self.config, frame, generator)
            state.lessons = lessons[-self.config.adaptation.lessons :]

    def _fitted_terms(
        self, state: TrackerState, frame: AnnotatedFrame, generator: np.random.Generator
    ) -> Callable[[], BoxTerms]:
        """What makes the terms fitted to all lessons."""
        modulations = state.modulations
        return partial(fitted_terms, self.network, self.config, state.lessons, modulations, frame, generator)

    def _fit(self, modulation: Modulation, frame: AnnotatedFrame, seed: int) -> float:
        """Mean IoU with the annotated box after refining boxes put off by a tenth."""
        predictor = self.network.iou_predictor
        assert predictor is not None
        config = self.config.refinement
        true_box = frame.samples[0].box
        starts, candidates = [], []
        for number, (dx, dy, growth) in enumerate(_PERTURBATIONS):
            start = true_box.moved(dx * true_box.w, dy * true_box.h).scaled(1 + growth)
            offsets = random_offsets(config, np.random.default_rng((seed, number)))
            starts.append(start)
            candidates.append(candidate_boxes(start, offsets, config))
        refined = refined_boxes(predictor, frame.features[:1], modulation, np.stack(candidates)[None], config)
        overlaps = [iou(box or start, true_box) for box, start in zip(refined, starts, strict=True)]
        return sum(overlaps) / len(overlaps)

    def _stand(self, state: TrackerState, image: Image, box: BoundingBox, *, alert: bool) -> None:
        state.box = state.trusted_box = box
        state.trusted_update = state.updates
        state.since_annotation = state.lost = 0
        state.sizes = ()
        state.flow_origin = flow_origin(image, box, self.config)
        state.size_paths = state.size_paths and state.size_paths.restarted(box)
        # a box drawn smaller is a person's word that the target may be as small
        state.min_side = min(state.min_side, box.w, box.h)
        state.alert = alert


def _above_suspicion(state: TrackerState, box: BoundingBox, kept_iou: float) -> Callable[[SampleInfo], bool]:
    """Which passing samples to keep after a failure (4.3).

    Samples since the last trusted frame are suspect, unless the target was where the way between the trusted boxes
    leads.
    """
    first, start, end = state.trusted_box, state.trusted_update, state.updates

    def is_kept(info: SampleInfo) -> bool:
        if info.update <= start:
            return True
        if info.took_second_peak:
            return False
        part = min((info.update - start) / max(end - start, 1), 1.0)
        return iou(info.image_box, _between(first, box, part)) >= kept_iou

    return is_kept


def _between(a: BoundingBox, b: BoundingBox, part: float) -> BoundingBox:
    return BoundingBox(
        a.x + part * (b.x - a.x), a.y + part * (b.y - a.y), a.w + part * (b.w - a.w), a.h + part * (b.h - a.h)
    )


def _lies_inside(inner: BoundingBox, outer: BoundingBox) -> bool:
    return outer.x <= inner.x and outer.y <= inner.y and inner.right <= outer.right and inner.bottom <= outer.bottom
