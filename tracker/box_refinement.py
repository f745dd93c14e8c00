"""From a rough place to a tight box: candidates climb their predicted IoU (specification 3.5; ATOM, CVPR 2019)."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
import torch

from tracker.backbone import Features
from tracker.config import RefinementConfig
from tracker.geometry import BoundingBox
from tracker.iou_predictor import IoUPredictor, Modulation

Candidates = npt.NDArray[np.float32]
"""Boxes (..., 4) as x, y, w, h in crop pixels."""


def refined_box(
    predictor: IoUPredictor,
    features: Features,
    modulation: Modulation,
    box: BoundingBox,
    config: RefinementConfig,
    generator: np.random.Generator,
) -> BoundingBox | None:
    """The mean of the best candidates after their ascent.

    Args:
        predictor: The box branch.
        features: Trunk features of one crop.
        modulation: What the annotated frames say about the target.
        box: Where the ascent starts, crop pixels.
        config: Settings.
        generator: Source of the random candidates.

    Returns:
        Box in crop pixels, or None where all candidates became too narrow.
    """
    candidates = candidate_boxes(box, random_offsets(config, generator), config)
    return refined_boxes(predictor, features, modulation, candidates[None, None], config)[0]


def refined_boxes(
    predictor: IoUPredictor,
    features: Features,
    modulation: Modulation,
    candidates: Candidates,
    config: RefinementConfig,
) -> list[BoundingBox | None]:
    """``refined_box`` for several starts at once.

    Args:
        predictor: The box branch.
        features: Trunk features of N crops.
        modulation: What the annotated frames say about the target.
        candidates: (N, G, K, 4), the candidates of G starts in each crop, from ``candidate_boxes``.
        config: Settings.

    Returns:
        N times G boxes, or None, those of a crop together.
    """
    start = torch.from_numpy(candidates).to(features.stride8.device)
    moved, predicted = predictor.refine_candidates(
        features, modulation, start, config.space, config.iterations, config.step, config.decay
    )
    # one transfer for both; the prediction is the one before the last step, as published
    tables = torch.cat((moved, predicted[..., None]), dim=-1).flatten(0, 1).cpu().numpy().astype(np.float64)
    return [_mean_of_best(table, config) for table in tables]


def _mean_of_best(table: npt.NDArray[np.float64], config: RefinementConfig) -> BoundingBox | None:
    """The mean of the best of K boxes, (K, 5) as x, y, w, h, prediction."""
    boxes, iou = table[:, :4], table[:, 4]
    boxes[:, 2:] = np.maximum(boxes[:, 2:], 1.0)
    ratio = boxes[:, 2] / boxes[:, 3]
    usable = (ratio > 1 / config.max_aspect_ratio) & (ratio < config.max_aspect_ratio) & np.isfinite(table).all(axis=1)
    if not usable.any():
        return None
    boxes, iou = boxes[usable], iou[usable]
    best = np.argsort(-iou, kind="stable")[: config.averaged]
    x, y, w, h = (float(value) for value in boxes[best].mean(axis=0))
    return BoundingBox(x, y, w, h)


def with_damped_size(refined: BoundingBox, start: BoundingBox, exponent: float) -> BoundingBox:
    """The refined box with only a part of the change of size, about its own centre.

    Args:
        refined: After refinement.
        start: Before.
        exponent: Share of the change that is kept, as a logarithm; 1 keeps all of it, exactly.
    """
    if exponent == 1.0:
        return refined
    w = start.w * (refined.w / start.w) ** exponent
    h = start.h * (refined.h / start.h) ** exponent
    x, y = refined.center
    return BoundingBox(x - w / 2, y - h / 2, w, h)


def with_center_towards(refined: BoundingBox, rough: BoundingBox, share: float) -> BoundingBox:
    """The refined box with its centre on the way from the score map's peak to where refinement found it.

    Both measure the centre, from different features and with errors of their own.

    Args:
        refined: After refinement, without the box branch's bias.
        rough: The box about the peak.
        share: Of the way; 1 keeps the refined box exactly.
    """
    if share == 1.0:
        return refined
    (x, y), (rough_x, rough_y) = refined.center, rough.center
    return refined.moved((share - 1) * (x - rough_x), (share - 1) * (y - rough_y))


def random_offsets(config: RefinementConfig, generator: np.random.Generator) -> npt.NDArray[np.float64]:
    """What ``candidate_boxes`` takes: (n, 4) numbers from -0.5 to 0.5."""
    return generator.random((config.random_boxes, 4)) - 0.5


def candidate_boxes(box: BoundingBox, offsets: npt.NDArray[np.float64], config: RefinementConfig) -> Candidates:
    """The box itself and random ones about it: (1 + n, 4) for offsets (n, 4), of centre and size."""
    side = math.sqrt(box.area)
    center = np.array(box.center) + offsets[:, :2] * config.position_jitter * side
    size = np.maximum(np.array([box.w, box.h]) + offsets[:, 2:] * config.size_jitter * side, min(box.w, box.h) / 3)
    first = np.array([[box.x, box.y, box.w, box.h]])
    return np.concatenate([first, np.concatenate([center - size / 2, size], axis=1)]).astype(np.float32)
