"""The box of a tracked frame: about the score map's peak, with what the box branch and the corrections say of it."""

from __future__ import annotations

import math

import numpy as np

from tracker.box_refinement import refined_box, with_center_towards, with_damped_size
from tracker.config import LocalizationConfig, TrackerConfig
from tracker.geometry import BoundingBox
from tracker.network import DimpNetwork, Features
from tracker.search_region import Image, SearchRegion
from tracker.tracker_state import TrackerState


def placed_box(box: BoundingBox, center: tuple[float, float], image: Image, config: LocalizationConfig) -> BoundingBox:
    """The box at a new centre (x, y), which stays in or near the picture."""
    height, width = image.shape[:2]
    outside = 0.5 - config.inside_ratio
    x = min(max(center[0], -outside * box.w), width + outside * box.w)
    y = min(max(center[1], -outside * box.h), height + outside * box.h)
    return BoundingBox(x - box.w / 2, y - box.h / 2, box.w, box.h)


def tracked_box(
    network: DimpNetwork,
    config: TrackerConfig,
    state: TrackerState,
    features: Features,
    region: SearchRegion,
    rough: BoundingBox,
    image: Image,
    log_growth: float,
    generator: np.random.Generator,
) -> BoundingBox:
    """The box after refinement; without a box branch it keeps its size and stays where the peak is.

    Args:
        network: The network.
        config: Settings.
        state: Of the target; its size paths go a frame on.
        features: Trunk features of the search region.
        region: Its place.
        rough: The expected box about the score map's peak, image pixels.
        image: The picture.
        log_growth: Of the target since the last frame, by optical flow.
        generator: Of the random candidates.
    """
    predictor, terms = network.iou_predictor, state.box_terms.value()
    if predictor is None or terms.modulation is None:
        return rough
    settings = config.refinement
    rough = rough.scaled(math.exp(log_growth))
    start = terms.bias.with_resting_size(region.to_crop(rough))
    refined = refined_box(predictor, features, terms.modulation, start, settings, generator)
    if refined is None:
        return rough
    damped = terms.bias.removed(with_damped_size(refined, start, settings.size_exponent))
    box = region.refined_to_image(with_center_towards(damped, region.to_crop(rough), settings.center_share))
    if state.size_paths:
        undamped = region.refined_to_image(terms.bias.removed(refined))
        state.size_paths = state.size_paths.followed(undamped, log_growth, config.size_paths)
        box = state.size_paths.resized(box, config.size_paths)
    # Guards that do not act in normal operation: neither a speck nor more than the picture.
    height, width = image.shape[:2]
    w = min(max(box.w, state.min_side), max(width, rough.w))
    h = min(max(box.h, state.min_side), max(height, rough.h))
    return placed_box(BoundingBox(0, 0, w, h), box.center, image, config.localization)
