"""The same items at every validation: an easy and a hard set, and what is measured on them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from tracker.box_arrays import ious
from tracker.training.config import ItemConfig, TrainingConfig
from tracker.training.data import DataSplit
from tracker.training.item_maker import ItemMaker
from tracker.training.items import Batch
from tracker.training.losses import classification_loss
from tracker.training.records import StillRecord, TrackRecord
from tracker.training.training_network import TrainingNetwork

VALIDATION_SEED = 20260101
VALIDATION_PROPOSALS = 16
"""Whatever a run trains with, so that runs can be compared."""

HIT_DISTANCE = 1.5
"""A peak within this many score cells of the target's centre counts as found."""


@dataclass(frozen=True, slots=True)
class Metrics:
    """What one validation set says.

    Attributes:
        first_loss: C_0, of the initialiser's filter.
        last_loss: C_5, of the optimised filter.
        first_hits: Share of test frames whose peak lies at the target, initialiser's filter.
        last_hits: The same, optimised filter.
        iou_error: Mean squared error of ``2 IoU - 1``.
        iou_rank: Rank correlation of predicted and true IoU of a frame's proposals, averaged over frames.
        climbed_iou: Mean IoU of a frame's proposals after their ascent.
    """

    first_loss: float
    last_loss: float
    first_hits: float
    last_hits: float
    iou_error: float
    iou_rank: float
    climbed_iou: float


def easy(items: ItemConfig) -> ItemConfig:
    """Near frames of real video, nothing pasted: what the pilot trained on."""
    return replace(
        items,
        gaps=(30,),
        proposals=VALIDATION_PROPOSALS,
        video=1.0,
        still=0.0,
        cutout=0.0,
        part=0.0,
        distractors=0.0,
        occluder=0.0,
        absent=0.0,
        photometric=0.0,
    )


def hard(items: ItemConfig) -> ItemConfig:
    """Far frames, look-alikes in every item, occluders."""
    return replace(
        items,
        gaps=(60, 100, 200),
        proposals=VALIDATION_PROPOSALS,
        distractors=1.0,
        occluder=0.2,
        absent=0.0,
        photometric=0.5,
    )


class ValidationSet:
    """Items frozen to disk: any change in the sampler would otherwise change what is measured."""

    def __init__(self, file: Path) -> None:
        """Takes the file that `frozen_set` wrote."""
        with np.load(file) as arrays:
            self.arrays = {name: arrays[name] for name in arrays.files}

    def batches(self, size: int) -> Iterator[Batch]:
        """The items in order, ``size`` at a time."""
        count = len(self.arrays["visible"])
        for start in range(0, count, size):
            yield Batch(*(torch.from_numpy(self.arrays[name][start : start + size]) for name in Batch._fields))


def frozen_set(
    folder: Path, items: ItemConfig, tracks: list[TrackRecord], stills: list[StillRecord], count: int
) -> ValidationSet:
    """The validation set of these rules, from the folder or made now."""
    content = {
        "items": asdict(items),
        "count": count,
        "seed": VALIDATION_SEED,
        "tracks": [track.name for track in tracks],
        "stills": [still.path.name for still in stills],
    }
    key = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:16]
    file = folder / f"validation-{key}.npz"
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        maker = ItemMaker(tracks, stills, items)
        made = [maker.make(VALIDATION_SEED, number) for number in range(count)]
        arrays = {name: np.stack([getattr(item, name) for item in made]) for name in Batch._fields}
        beside = file.with_suffix(".part.npz")
        np.savez(beside, allow_pickle=False, **arrays)
        beside.replace(file)
    return ValidationSet(file)


def validation_sets(config: TrainingConfig, split: DataSplit) -> dict[str, ValidationSet]:
    """The easy and the hard set of a configuration."""
    folder = Path(config.data.cache) / "validation"
    tracks, stills = split.held_out_tracks, split.held_out_stills
    return {
        "easy": frozen_set(folder, easy(config.items), tracks, stills, config.run.easy_items),
        "hard": frozen_set(folder, hard(config.items), tracks, stills, config.run.hard_items),
    }


@torch.no_grad()
def measure(model: TrainingNetwork, items: ValidationSet, device: torch.device, batch: int = 8) -> Metrics:
    """Metrics of a model on a set; the model is left in the mode it was in."""
    was_training = model.training
    model.eval()
    rows: list[list[Tensor]] = []
    for each in items.batches(batch):
        moved = each.to(device)
        predictions = model.predict(moved)
        labels = model.labels(moved, predictions.scores)
        threshold = model.loss.label_threshold
        first, last = predictions.scores[0], predictions.scores[-1]
        target = 2 * moved.overlaps - 1
        rows.append(
            [
                torch.stack([classification_loss(a, b, threshold) for a, b in zip(first, labels, strict=True)]),
                torch.stack([classification_loss(a, b, threshold) for a, b in zip(last, labels, strict=True)]),
                hits(first, moved.test_boxes).flatten(),
                hits(last, moved.test_boxes).flatten(),
                (predictions.overlaps - target).square().flatten(),
                rank_correlation(predictions.overlaps.flatten(0, 1), target.flatten(0, 1)),
                torch.from_numpy(
                    ious(predictions.climbed.cpu().numpy(), each.test_boxes[:, :, None].numpy())
                ).flatten(),
            ]
        )
    model.train(was_training)
    return Metrics(*(float(torch.cat(column).mean()) for column in zip(*rows, strict=True)))


def hits(scores: Tensor, boxes: Tensor) -> Tensor:
    """Whether each map's peak lies at its target: scores (..., rows, columns), boxes (..., 4) in crop pixels."""
    columns = scores.shape[-1]
    peak = scores.flatten(-2).argmax(dim=-1)
    place = torch.stack([peak % columns, peak // columns], dim=-1).float()
    distance: Tensor = torch.linalg.vector_norm(place - (boxes[..., :2] + boxes[..., 2:] / 2) / 16, dim=-1)
    return (distance <= HIT_DISTANCE).float()


def rank_correlation(a: Tensor, b: Tensor) -> Tensor:
    """Spearman's correlation of each row of two (N, P) tensors (without ties): (N,)."""
    ranks_a, ranks_b = (x.argsort(dim=-1).argsort(dim=-1).float() for x in (a, b))
    ranks_a, ranks_b = (r - r.mean(dim=-1, keepdim=True) for r in (ranks_a, ranks_b))
    return torch.cosine_similarity(ranks_a, ranks_b, dim=-1)
