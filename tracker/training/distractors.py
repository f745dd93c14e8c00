"""Hard pairs: look-alikes beside the target, occluders over it, frames without it.

With easy pairs the filter of the initialiser is right already and the optimizer has nothing to learn (the pilot's
finding). A look-alike keeps its disguise through the item, so that the train frames tell which of the two it is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from tracker.box_arrays import ious
from tracker.training.config import ItemConfig
from tracker.training.drafts import FrameDraft, ItemDraft
from tracker.training.patches import Patch, disguised, patch_from_box, placed
from tracker.training.records import Pixels
from tracker.training.views import Matrix, Rng

COUNTS = (1, 1, 2, 3)
SHOWN_IN_TRAIN, SHOWN_IN_TEST = 0.65, 0.9
DISGUISED_SHARE = 0.5
LARGEST_OVERLAP = 0.04
PLACING_TRIES = 8


@dataclass(frozen=True, slots=True)
class Suppliers:
    """Where other objects and pictures come from; each may have nothing to give.

    Attributes:
        lookalike: Another object of a class.
        cutout: Any masked object.
        backdrop: Any picture.
    """

    lookalike: Callable[[Rng, str], Patch | None]
    cutout: Callable[[Rng], Patch | None]
    backdrop: Callable[[Rng], Pixels]


def add_lookalikes(item: ItemDraft, rng: Rng, config: ItemConfig, suppliers: Suppliers) -> None:
    """Pastes one to three look-alikes at about one to two target sizes from the target, in most frames."""
    for _ in range(int(rng.choice(COUNTS))):
        patch = _lookalike(item, rng, suppliers)
        if patch is None:
            continue
        relative = _relative_size(item, patch, rng)
        for frame in item.train:
            _place(frame, patch, relative, rng, config, SHOWN_IN_TRAIN)
        for frame in item.test:
            _place(frame, patch, relative, rng, config, SHOWN_IN_TEST)


def add_occluders(item: ItemDraft, rng: Rng, config: ItemConfig, suppliers: Suppliers) -> None:
    """Hides up to half of the target in some test frames behind a piece of another picture."""
    for frame in item.test:
        if rng.random() >= config.occluder:
            continue
        picture = suppliers.backdrop(rng)
        rows, columns = picture.shape[:2]
        share = rng.uniform(0.2, 0.5, 2)
        piece = np.asarray([rng.uniform(0, 0.5) * columns, rng.uniform(0, 0.5) * rows, *(share * (columns, rows))])
        patch = patch_from_box(picture, piece, rng)
        if patch is None:
            continue
        size = frame.box[2:] * rng.uniform((0.3, 0.7), (0.5, 1.5))
        if rng.random() < 0.5:
            size = frame.box[2:] * rng.uniform((0.7, 0.3), (1.5, 0.5))
        center = frame.box[:2] + frame.box[2:] * rng.uniform(0.0, 1.0, 2)
        frame.above.append(placed(patch, np.concatenate([center - size / 2, size]), rng))


def _lookalike(item: ItemDraft, rng: Rng, suppliers: Suppliers) -> Patch | None:
    """A disguised copy of the target, another object of its class, or some cut-out object."""
    if item.look is not None and rng.random() < DISGUISED_SHARE:
        return disguised(item.look, rng, suppliers.lookalike(rng, item.label))
    if not item.label and rng.random() < 0.5:
        return suppliers.cutout(rng)
    return suppliers.lookalike(rng, item.label)


def _relative_size(item: ItemDraft, patch: Patch, rng: Rng) -> Matrix:
    """Width and height of the look-alike in target sizes: its own aspect, about the target's area."""
    box = item.train[0].box
    own = np.asarray([patch.pixels.shape[1], patch.pixels.shape[0]], dtype=np.float64)
    area_ratio = np.sqrt(box[2] * box[3] / own.prod())
    return np.asarray(own * area_ratio * np.exp(rng.normal(0, 0.18)) / np.sqrt(box[2] * box[3]))


def _place(frame: FrameDraft, patch: Patch, relative: Matrix, rng: Rng, config: ItemConfig, probability: float) -> None:
    if rng.random() >= probability:
        return
    target = frame.box
    scale = np.sqrt(target[2] * target[3])
    size = relative * scale * np.exp(rng.normal(0, 0.1))
    middle = target[:2] + target[2:] / 2
    for _ in range(PLACING_TRIES):
        angle, distance = rng.uniform(0, 2 * np.pi), rng.uniform(0.8, 2.3)
        center = middle + np.asarray([np.cos(angle), np.sin(angle)]) * distance * scale
        box = np.concatenate([center - size / 2, size])
        in_crop = bool((center > 0).all() and (center < config.crop_size).all())
        if in_crop and float(ious(box, target)) < LARGEST_OVERLAP:
            # under a pasted target, over everything that is part of a picture
            frame.below.append(placed(patch, box, rng))
            return
