"""Which frames of a sequence make an item (spec 5.1), and which targets of a still."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from tracker.training.records import StillRecord, TrackRecord
from tracker.training.views import Rng

GAP_STEP = 5
"""Frames added to the gap when it leaves a pool empty."""

LEAST_TARGET_SIDE = 14.0
"""Smaller targets of stills are too blurred in a crop to tell anything."""


def pick_frames(
    visible: npt.NDArray[np.intp], rng: Rng, train: int, test: int, gap: int, *, backward: bool
) -> tuple[list[int], list[int]]:
    """Frame numbers of one item: the train frames come before the test frames (or after, backward).

    A base frame is drawn; the other train frames lie up to ``gap`` before it, the test frames up to ``gap`` after it.

    Args:
        visible: Numbers of the frames that show the target, ascending, at least two.
        rng: Source of chance.
        train: Number of train frames, the base frame included.
        test: Number of test frames.
        gap: Longest distance from the base frame.
        backward: Run time backwards.

    Returns:
        Train frames with the base frame first, and test frames.
    """
    order = -visible[::-1] if backward else visible
    while True:
        base = int(rng.choice(order[:-1]))
        earlier = order[(order < base) & (order >= base - gap)]
        later = order[(order > base) & (order <= base + gap)]
        if len(later) and (len(earlier) or train == 1 or base == order[0]):
            break
        gap += GAP_STEP
    pool = earlier if len(earlier) else np.asarray([base])
    chosen_train = [base, *rng.choice(pool, train - 1)]
    chosen_test = rng.choice(later, test)
    return [abs(int(index)) for index in chosen_train], [abs(int(index)) for index in chosen_test]


def sequence_weights(tracks: list[TrackRecord]) -> npt.NDArray[np.float64]:
    """Probability of each sequence: the root of its length, so that clips of five frames don't weigh like long ones."""
    lengths = np.asarray([len(track.visible) for track in tracks], dtype=np.float64)
    weights = np.sqrt(np.minimum(lengths, 150)) * (lengths >= 2)
    return np.asarray(weights / max(weights.sum(), 1e-9))


class TargetIndex:
    """Objects of stills that can be targets, by class, and those with look-alikes in the same picture."""

    def __init__(self, stills: list[StillRecord]) -> None:
        """Takes the stills and lists their usable objects as (still, object) numbers."""
        self.by_label: dict[str, list[tuple[int, int]]] = {}
        self.all: list[tuple[int, int]] = []
        self.with_company: list[tuple[int, int]] = []
        for number, still in enumerate(stills):
            labels = [canonical_label(label) for label in still.labels]
            for target, box in enumerate(still.boxes):
                if min(box[2], box[3]) < LEAST_TARGET_SIDE:
                    continue
                entry = (number, target)
                self.all.append(entry)
                self.by_label.setdefault(labels[target], []).append(entry)
                if labels.count(labels[target]) > 1:
                    self.with_company.append(entry)

    def draw(self, rng: Rng, company: float) -> tuple[int, int]:
        """A target; with probability ``company`` one with another of its class in the picture."""
        pool = self.with_company if self.with_company and rng.random() < company else self.all
        return pool[int(rng.integers(len(pool)))]

    def draw_similar(self, rng: Rng, label: str) -> tuple[int, int]:
        """An object of a class, or any object where the class is unknown."""
        pool = self.by_label.get(canonical_label(label)) or self.all
        return pool[int(rng.integers(len(pool)))]


LABEL_SYNONYMS = {
    "potted plant": "pottedplant",
    "motorcycle": "motorbike",
    "airplane": "aeroplane",
    "tv": "tvmonitor",
    "couch": "sofa",
    "dining table": "diningtable",
    "truck": "car",
    "wine glass": "bottle",
}


def canonical_label(label: str) -> str:
    """One name for classes that different sets name differently (VOC, COCO)."""
    return LABEL_SYNONYMS.get(label, label)
