"""Where the target is in the next picture: round its last place, and, once it has been lost for a while, elsewhere."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from torch import Tensor

from tracker.annotated_frame import crop_tensor
from tracker.config import TrackerConfig
from tracker.flow_scale import NO_FLOW, TargetFlow
from tracker.geometry import BoundingBox
from tracker.hiding import Motion, near_forecast
from tracker.localization import FlowPlace, Localization, localize, preprocessed
from tracker.network import DimpNetwork, Features
from tracker.recovery import centered, places_elsewhere, regrown_box
from tracker.result import TrackStatus
from tracker.search_region import FEATURE_STRIDE, Image, SearchRegion, cut_search_region
from tracker.spare_core import Later
from tracker.tracker_state import TrackerState

_UNKNOWN = Later.known(NO_FLOW)


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """One search region, and what was seen in it.

    Attributes:
        features: Trunk features.
        x: Classification features (1, C, H, W).
        scores: Score map (rows, columns).
        region: Place of the region.
        found: How the score map was read.
        motion: Of the target, with what flow says of this picture.
    """

    features: Features
    x: Tensor
    scores: Tensor
    region: SearchRegion
    found: Localization
    motion: Motion


def seen_target(
    network: DimpNetwork, config: TrackerConfig, state: TrackerState, image: Image, flow: Later[TargetFlow]
) -> tuple[BoundingBox, Look]:
    """Looks for the target in the next picture (specification 3.5), elsewhere too where it has been lost for long.

    Returns:
        The box that was expected, the last one, grown again if the target is lost; and the look that counts.
    """
    home = regrown_box(state.box, state.sizes, state.lost, config.recovery) if config.recovery.places else state.box
    look = _look(network, config, state, image, home, flow)
    if look.found.status is TrackStatus.NOT_FOUND and _is_long_lost(config, state):
        look = _look_elsewhere(network, config, state, image, home) or look
    return home, look


def _look(
    network: DimpNetwork,
    config: TrackerConfig,
    state: TrackerState,
    image: Image,
    around: BoundingBox,
    flow: Later[TargetFlow] = _UNKNOWN,
) -> Look:
    """Cuts a search region round a box, scores it, and reads the score map."""
    pixels, region = cut_search_region(image, around, config)
    features, x = network.see(crop_tensor(pixels[None], network.device))
    scores = network.scores(state.target_filter.value(), x)[0]
    cell_size = FEATURE_STRIDE * region.scale
    localization = config.localization
    if _is_long_lost(config, state):
        # where it was last says little by now
        localization = replace(localization, not_found_threshold=config.recovery.certainty, near=0.0)
    read = preprocessed(scores.float().cpu().numpy(), localization)
    followed = flow.value()
    flow_place = None
    if localization.jump and followed.center:
        slack = state.flow_trust.slack(localization)
        flow_place = FlowPlace(region.to_cell(*followed.center), slack, followed.came_back or 0.0)
    found = localize(
        read,
        region.to_cell(*around.center),
        (around.h / cell_size, around.w / cell_size),
        localization,
        flow_place,
    )
    motion = state.motion
    if config.hiding.share and not _is_long_lost(config, state):
        motion = motion.looked_at(followed.came_back, config.hiding)
        if motion.is_forecast(config.hiding):
            reach = (config.hiding.reach + config.hiding.growth * motion.hidden) * math.sqrt(around.area) / cell_size
            forecast = region.to_cell(*motion.ahead(around.center))
            found = near_forecast(found, read, forecast, reach, localization.not_found_threshold)
    return Look(features, x, scores, region, found, motion)


def _is_long_lost(config: TrackerConfig, state: TrackerState) -> bool:
    return config.recovery.places > 0 and state.lost >= config.recovery.after


def _look_elsewhere(
    network: DimpNetwork, config: TrackerConfig, state: TrackerState, image: Image, home: BoundingBox
) -> Look | None:
    """A look round the best of a few other places, if the target is there."""
    height, width = image.shape[:2]
    places = places_elsewhere(home, config.search_area, (width, height), state.lost, config.recovery)
    if not places:
        return None
    cuts = [cut_search_region(image, centered(home, place), config) for place in places]
    crops = crop_tensor(np.stack([pixels for pixels, _ in cuts]), network.device)
    _, x = network.see(crops)
    maps = network.scores(state.target_filter.value(), x).float().cpu().numpy()
    best = int(maps.max(axis=(1, 2)).argmax())
    row, column = np.unravel_index(int(maps[best].argmax()), maps[best].shape)
    there = centered(home, cuts[best][1].cell_to_image(float(row), float(column)))
    # what looked right on the rim of a region must look right in the middle of one
    look = _look(network, config, state, image, there)
    return look if look.found.status is not TrackStatus.NOT_FOUND else None
