"""What a frame with a box drawn by a person gives the tracker: samples, and modulation of the box branch."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import cv2
import numpy as np
import torch
from torch import Tensor

from tracker.augmentation import annotated_crops, dropped_channels
from tracker.backbone import joined
from tracker.box_adaptation import BoxLesson, adapted, box_lesson
from tracker.box_calibration import measured_bias
from tracker.box_terms import BoxTerms, blended
from tracker.config import AdaptationConfig, AugmentationConfig, TrackerConfig
from tracker.geometry import BoundingBox
from tracker.iou_predictor import IoUPredictor, Modulation
from tracker.localization import preprocessed
from tracker.network import DimpNetwork, Features
from tracker.result import TrackResult, TrackStatus
from tracker.sample_info import SampleInfo, SampleOrigin
from tracker.sample_memory import Sample
from tracker.search_region import Image, Pixels, SearchRegion
from tracker.spare_core import Later, unless_it_fails

IDENTITY_ONLY = AugmentationConfig(expansion=1.0, shifts=(), flip=False, blurs=(), rotations=(), dropout_copies=0)
"""The unaltered crop and nothing else."""


@dataclass(frozen=True, slots=True, eq=False)
class AnnotatedFrame:
    """An annotated frame as the network sees it.

    Attributes:
        samples: For the memory; the first is the unaltered crop.
        features: Trunk features of the crops that the box branch looks at: the unaltered one, and more to calibrate on.
        modulation: Modulation vectors from it, or None without a box branch.
        region: Place of the unaltered crop.
        box: The annotated box in image pixels.
    """

    samples: list[Sample]
    features: Features
    modulation: Later[Modulation] | None
    region: SearchRegion
    box: BoundingBox


def see_annotated_frame(
    network: DimpNetwork,
    config: TrackerConfig,
    augmentation: AugmentationConfig,
    image: Image,
    box: BoundingBox,
    update: int,
    generator: np.random.Generator,
) -> AnnotatedFrame:
    """Runs the network on the crops of an annotated frame, unless it has lately (specification 3.4)."""
    crops = annotated_crops(image, box, config, augmentation, generator)
    seen = network.see_each(crop_tensor(crops.pixels, network.device))
    info = annotated_info(box, update)
    samples = [Sample(crop.x, crop_box, info) for crop, crop_box in zip(seen, crops.boxes, strict=True)]
    samples += [
        Sample(dropped_channels(samples[0].features, augmentation.dropout, generator), crops.boxes[0], info)
        for _ in range(augmentation.dropout_copies)
    ]
    features = joined([crop.features for crop in seen[: max(1, config.calibration.crops)]])
    modulation = None
    if network.iou_predictor is not None:
        target = box_tensor(crops.boxes[:1], network.device)
        modulation = network.meanwhile(partial(_modulation, network.iou_predictor, features[:1], target))
    return AnnotatedFrame(samples, features, modulation, crops.region, box)


@torch.no_grad()
def _modulation(predictor: IoUPredictor, features: Features, target: Tensor) -> Modulation:
    return predictor.modulation(features, target)


@torch.no_grad()
def box_terms(
    network: DimpNetwork,
    config: TrackerConfig,
    modulation: Modulation | None,
    frame: AnnotatedFrame,
    generator: np.random.Generator,
) -> BoxTerms:
    """The terms for a modulation: what the box branch is off by with it, where that is to be measured."""
    predictor = network.iou_predictor
    if predictor is None or modulation is None or not config.calibration.crops:
        return BoxTerms(modulation)
    boxes = [sample.box for sample in frame.samples[: len(frame.features.stride16)]]
    settings = config.calibration, config.refinement
    with unless_it_fails(generator):
        return BoxTerms(modulation, measured_bias(predictor, frame.features, modulation, boxes, *settings, generator))


@torch.no_grad()
def fitted_terms(
    network: DimpNetwork,
    config: TrackerConfig,
    lessons: tuple[Later[BoxLesson], ...],
    modulations: tuple[Later[Modulation], ...],
    frame: AnnotatedFrame,
    generator: np.random.Generator,
) -> BoxTerms:
    """The terms for the blended modulations of all annotated frames once they have been fitted to the lessons."""
    predictor, modulation = network.iou_predictor, blended(modulations)
    if predictor is not None and modulation is not None and lessons:
        known = tuple(lesson.value() for lesson in lessons)
        modulation = adapted(predictor, known, modulation, config.adaptation)
    return box_terms(network, config, modulation, frame, generator)


def lessons_of(
    network: DimpNetwork, config: TrackerConfig, frame: AnnotatedFrame, generator: np.random.Generator
) -> tuple[Later[BoxLesson], ...]:
    """What an annotated frame teaches the box branch: one lesson, or none where it is not to be fitted."""
    predictor = network.iou_predictor
    if predictor is None or not config.adaptation.iterations:
        return ()
    boxes = [sample.box for sample in frame.samples[: len(frame.features.stride16)]]
    work = partial(_lesson, predictor, frame.features, boxes, config.adaptation, generator)
    return (network.meanwhile(work),)


@torch.no_grad()
def _lesson(
    predictor: IoUPredictor,
    features: Features,
    boxes: list[BoundingBox],
    config: AdaptationConfig,
    generator: np.random.Generator,
) -> BoxLesson:
    with unless_it_fails(generator):
        return box_lesson(predictor, features, boxes, config, generator)


def annotated_info(box: BoundingBox, update: int) -> SampleInfo:
    """What is noted about a sample whose box a person drew; the memory fills in number, origin and group."""
    return SampleInfo(-1, SampleOrigin.CORRECTION, -1, update, TrackStatus.FOUND, 1.0, box)


def result_on(network: DimpNetwork, config: TrackerConfig, target_filter: Tensor, frame: AnnotatedFrame) -> TrackResult:
    """What a filter says on the annotated crop; box and status are the person's word."""
    scores = network.scores(target_filter, frame.samples[0].features)[0]
    return make_result(scores, config, frame.region, frame.box, TrackStatus.FOUND)


def make_result(
    scores: Tensor, config: TrackerConfig, region: SearchRegion, box: BoundingBox, status: TrackStatus
) -> TrackResult:
    """A result with the score map (rows, columns) of the crop at ``region``."""
    score_map = preprocessed(scores.float().cpu().numpy(), config.localization)
    score_map.flags.writeable = False
    rows, columns = score_map.shape
    return TrackResult(box, float(score_map.max()), status, score_map, region.score_map_box(rows, columns))


def crop_tensor(pixels: Pixels, device: torch.device) -> Tensor:
    """Crops (n, S, S, 3) as (n, 3, S, S) on the network's device, colours apart in memory as the network wants them."""
    # ten times as fast as moving single numbers about
    planes = [cv2.split(crop) for crop in pixels]
    return torch.from_numpy(np.array(planes)).to(device)


def box_tensor(boxes: tuple[BoundingBox, ...], device: torch.device) -> Tensor:
    """Boxes as (n, 4): x, y, w, h."""
    return torch.tensor([(box.x, box.y, box.w, box.h) for box in boxes], dtype=torch.float32, device=device)
