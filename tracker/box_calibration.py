"""What the box branch is off by on a target whose true box is known, and taking that away from its answers.

Not in the paper: a small IoU-Net has, for each target, an opinion of its own about where the box ends (the wheels, the
shadow, the whole person instead of the head). On an annotated frame that shows, because the climb of the predicted IoU
leads away from the person's box to a resting place. The way there is the bias.

The tracker's boxes are always in the person's terms. The box branch is asked in its own terms: before refinement the
box gets the size of the resting place, and after it the bias is taken away, so that a box at the resting place stays
as it is, and errors of the bias do not compound from frame to frame.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tracker.backbone import Features
from tracker.box_refinement import candidate_boxes, random_offsets, refined_boxes
from tracker.config import CalibrationConfig, RefinementConfig
from tracker.geometry import BoundingBox
from tracker.iou_predictor import IoUPredictor, Modulation


@dataclass(frozen=True, slots=True)
class BoxBias:
    """The box branch's resting place relative to the person's box.

    Attributes:
        dx: Of the centre, over the true width.
        dy: Of the centre, over the true height.
        log_w: Logarithm of the width's ratio.
        log_h: The same of the height.
    """

    dx: float = 0.0
    dy: float = 0.0
    log_w: float = 0.0
    log_h: float = 0.0

    @staticmethod
    def between(true: BoundingBox, resting: BoundingBox) -> BoxBias:
        """The bias by which ``true`` becomes ``resting``."""
        (x, y), (rest_x, rest_y) = true.center, resting.center
        return BoxBias(
            (rest_x - x) / true.w,
            (rest_y - y) / true.h,
            math.log(resting.w / true.w),
            math.log(resting.h / true.h),
        )

    def with_resting_size(self, box: BoundingBox) -> BoundingBox:
        """A box in the person's terms with the size that the box branch would give it, about the same centre.

        The centre stays: refinement begins at the peak of the score map on every frame, so an error there is not kept.
        """
        w, h = box.w * math.exp(self.log_w), box.h * math.exp(self.log_h)
        x, y = box.center
        return BoundingBox(x - w / 2, y - h / 2, w, h)

    def removed(self, box: BoundingBox) -> BoundingBox:
        """A box of the box branch as the person would draw it."""
        w, h = box.w / math.exp(self.log_w), box.h / math.exp(self.log_h)
        x, y = box.center
        return BoundingBox(x - self.dx * w - w / 2, y - self.dy * h - h / 2, w, h)


NO_BIAS = BoxBias()


def measured_bias(
    predictor: IoUPredictor,
    features: Features,
    modulation: Modulation,
    boxes: Sequence[BoundingBox],
    config: CalibrationConfig,
    refinement: RefinementConfig,
    generator: np.random.Generator,
) -> BoxBias:
    """Where refinement comes to rest on crops of an annotated frame: the median, of each quantity by itself.

    Args:
        predictor: The box branch.
        features: Trunk features of n crops.
        modulation: The one that will be used for tracking.
        boxes: The annotated box in each crop, crop pixels.
        config: How often, and how large a bias is believed.
        refinement: Settings of the refinement as used for tracking.
        generator: Source of the random candidates.
    """
    offsets = [[random_offsets(refinement, generator) for _ in range(config.turns)] for _ in boxes]
    found = []
    starts: list[BoundingBox | None] = list(boxes)
    for turn in range(config.turns):
        # a crop that has been given up goes along, so that all have the same number of candidates
        candidates = np.stack(
            [
                candidate_boxes(start or true, offsets[number][turn], refinement)[None]
                for number, (true, start) in enumerate(zip(boxes, starts, strict=True))
            ]
        )
        answers = refined_boxes(predictor, features, modulation, candidates, refinement)
        for number, (true, refined) in enumerate(zip(boxes, answers, strict=True)):
            if starts[number] is None or refined is None:
                starts[number] = None
                continue
            bias = BoxBias.between(true, refined)
            if turn >= config.settling:
                found.append((bias.dx, bias.dy, bias.log_w, bias.log_h))
            starts[number] = bias.with_resting_size(true)
    if not found:
        return NO_BIAS
    middle = np.clip(np.median(found, axis=0), -config.limit, config.limit)
    return BoxBias(*(float(value) for value in middle))
