"""The generated sequences that labelling effort is measured on: a named list, one difficulty each and all at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tracker.evaluation.generated_scene import SceneDescription

LENGTH = 120
"""Frames of a sequence."""

_TRIALS = {
    "scale": SceneDescription(seed=0, scale_change=1.9, speed=0.08),
    "turning": SceneDescription(seed=0, rotation=70, speed=0.06),
    "turning_away": SceneDescription(seed=0, stretch=2.2, speed=0.08, target_size=70),
    "occlusion": SceneDescription(seed=0, occlusions=3, speed=0.06),
    "look_alikes": SceneDescription(seed=0, look_alikes=3, speed=0.08),
    "leaving": SceneDescription(seed=0, absences=2, speed=0.05),
    "pan": SceneDescription(seed=0, pan=4.0, speed=0.12, target_size=44),
    "blur": SceneDescription(seed=0, blur=14.0, speed=0.14, target_size=44),
    "light": SceneDescription(seed=0, light=0.45, speed=0.08),
    "all": SceneDescription(
        seed=0,
        scale_change=1.6,
        rotation=40,
        occlusions=2,
        look_alikes=2,
        pan=2.0,
        blur=6.0,
        light=0.3,
        stretch=1.4,
        speed=0.1,
    ),
}
MEASURED_SEEDS = (101,)
"""Of the scenes that results are reported on. Whatever is tuned or calibrated on such scenes takes other seeds."""


def effort_scenes(length: int = LENGTH, seeds: Sequence[int] = MEASURED_SEEDS) -> dict[str, SceneDescription]:
    """Name -> scene; the names say what is hard about them, and their seed.

    Args:
        length: Frames of each.
        seeds: Each difficulty is drawn from each of them.
    """
    return {
        f"{name}_{seed}": replace(trial, seed=seed + number, length=length)
        for seed in seeds
        for number, (name, trial) in enumerate(_TRIALS.items())
    }
