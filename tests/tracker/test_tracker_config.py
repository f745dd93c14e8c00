"""The presets against the whole published table (specification 3.1), each released file with what goes with it, and an
unknown name in words."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from released_files import PUBLISHED_FILES, function_of, shapes_only, write_released

from tracker.config import BorderMode, Geometry, RefinementSpace, TrackerConfig, WindowRule
from tracker.errors import TrackerError
from tracker.filter_optimizer import SteepestDescentOptimizer
from tracker.kl_optimizer import KLOptimizer
from tracker.model_file import assemble
from tracker.network_config import NETWORK_CONFIGS
from tracker.presets import preset
from tracker.released_checkpoint import read_released

COLUMNS = ("dimp18", "prdimp18", "prdimp50", "super_dimp", "dimp18_vot18", "dimp50_vot19", "prdimp50_vot18")
VOT_BLURS = ((2, 0.2), (0.2, 2), (3, 1), (1, 3), (2, 2))
VOT_TURNS = (5, -5, 10, -10, 20, -20, 30, -30, 45, -45, -60, 60)
SHIFTS = ((0.6, 0.6), (-0.6, 0.6), (0.6, -0.6), (-0.6, -0.6))
REPLICATE, INSIDE = BorderMode.REPLICATE, BorderMode.INSIDE_MAJOR
BOXES, RELATIVE = RefinementSpace.DEFAULT, RefinementSpace.RELATIVE
SAME = object()
"""As in the column of dimp18, the "=" of the table."""

TABLE: dict[str, tuple[object, ...]] = {
    "crop_size":                       (288, SAME, 352, 352, 224, 256, 224),
    "search_area":                     (5, SAME, 6, 6, 4, 4.5, 4),
    "border_mode":                     (REPLICATE, SAME, INSIDE, INSIDE, SAME, SAME, SAME),
    "max_shrink":                      (None, SAME, 1.5, 1.5, None, None, None),
    "geometry":                        (Geometry.DIMP2019, *[SAME] * 6),
    "window_rule":                     (WindowRule.INTEGER, *[SAME] * 6),
    "memory.size":                     (50, SAME, SAME, SAME, 250, 100, 250),
    "memory.first_frame_floor":        (0.25, SAME, SAME, SAME, 0, 0, 0),
    "update.learning_rate":            (0.01, SAME, SAME, SAME, 0.0075, 0.0075, 0.01),
    "update.hard_negative_learning_rate": (0.02, *[SAME] * 6),
    "update.interval":                 (20, SAME, SAME, SAME, 10, 10, 1),
    "update.initial_iterations":       (10, SAME, SAME, SAME, 25, 15, 25),
    "update.iterations":               (2, SAME, SAME, SAME, 3, 2, 1),
    "update.hard_negative_iterations": (1, SAME, SAME, SAME, 3, 2, 1),
    "augmentation.rotations":          ((10, -10, 45, -45), SAME, SAME, SAME, VOT_TURNS, (-5, 10, -30, 60), VOT_TURNS),
    "augmentation.blurs":  (((3, 1), (1, 3), (2, 2)), SAME, SAME, SAME, VOT_BLURS, ((2, 0.2), (1, 3)), VOT_BLURS),
    "augmentation.shifts":             (SHIFTS, SAME, SAME, SAME, SAME, ((0.6, 0.6), (-0.6, -0.6)), SAME),
    "augmentation.flip":               (True, *[SAME] * 6),
    "augmentation.dropout_copies":     (2, SAME, SAME, SAME, 7, 3, 7),
    "augmentation.dropout":            (0.2, *[SAME] * 6),
    "augmentation.expansion":          (2, SAME, SAME, SAME, SAME, 1.4, SAME),
    "augmentation.random_shift":       (1 / 3, *[SAME] * 6),
    "localization.softmax":            (False, True, True, False, False, False, False),
    "localization.not_found_threshold":     (0.25, 0.04, 0.04, 0.25, 0, 0, 0),
    "localization.distractor_threshold":    (0.8, SAME, SAME, SAME, 100, 100, 99999),
    "localization.hard_negative_threshold": (0.5, SAME, SAME, SAME, 0.45, 0.45, 999999),
    "localization.neighborhood_scale": (2.2, *[SAME] * 6),
    "localization.displacement_scale": (0.8, SAME, SAME, SAME, 0.7, 0.7, 0.7),
    "localization.hann_window":        (False, SAME, SAME, SAME, True, True, True),
    "localization.inside_ratio":       (0.2, *[SAME] * 6),
    "localization.subcell":            (False, *[SAME] * 6),
    "refinement.averaged":             (3, *[SAME] * 6),
    "refinement.random_boxes":         (9, *[SAME] * 6),
    "refinement.position_jitter":      (0.1, *[SAME] * 6),
    "refinement.size_jitter":          (0.5, *[SAME] * 6),
    "refinement.max_aspect_ratio":     (6, *[SAME] * 6),
    "refinement.space":                (BOXES, RELATIVE, RELATIVE, RELATIVE, BOXES, BOXES, RELATIVE),
    "refinement.iterations":           (5, 10, 10, 10, 5, 3, 10),
    "refinement.step":                 (1, 2.5e-3, 2.5e-3, 2.5e-3, 1, 1, 2.5e-3),
    "refinement.decay":                (1, *[SAME] * 6),
    "refinement.size_exponent":        (1, *[SAME] * 6),
    # ours, and off in what was published
    "calibration.crops":               (0, *[SAME] * 6),
    "recovery.places":                 (0, *[SAME] * 6),
}  # fmt: skip


def value(config: TrackerConfig, path: str) -> object:
    found: object = config
    for part in path.split("."):
        found = getattr(found, part)
    return found


@pytest.mark.parametrize("name", COLUMNS)
def test_every_published_number(name: str) -> None:
    for path, row in TABLE.items():
        expected = row[COLUMNS.index(name)]
        assert value(preset(name), path) == (row[0] if expected is SAME else expected), path


def test_settings_that_several_networks_share() -> None:
    assert preset("dimp50") == preset("dimp18")
    assert preset("dimp50_vot18") == preset("dimp18_vot18")


@pytest.mark.parametrize(
    ("name", "samples"), list(zip(COLUMNS, (15, 15, 15, 15, 30, 13, 30), strict=True))
)  # "init samples n0 incl. dropout"
def test_number_of_first_samples(name: str, samples: int) -> None:
    made = preset(name).augmentation
    crops = 1 + len(made.shifts) + made.flip + len(made.blurs) + len(made.rotations)
    assert crops + made.dropout_copies == samples


@pytest.mark.parametrize(
    ("network", "optimizer", "depth", "channels", "softmax", "threshold", "crop", "sigma"),
    [
        ("dimp18", SteepestDescentOptimizer, 18, 256, False, 0.25, 288, 0.9),
        ("dimp50", SteepestDescentOptimizer, 50, 512, False, 0.25, 288, 0.9),
        ("super_dimp", SteepestDescentOptimizer, 50, 512, False, 0.25, 352, 11 / 12),
        ("prdimp18", KLOptimizer, 18, 256, True, 0.04, 288, 0.9),
        ("prdimp50", KLOptimizer, 50, 512, True, 0.04, 352, 0.9),
    ],
)
def test_a_released_file_brings_its_network_optimizer_score_and_settings(
    tmp_path: Path,
    network: str,
    optimizer: type[torch.nn.Module],
    depth: int,
    channels: int,
    softmax: bool,
    threshold: float,
    crop: int,
    sigma: float,
) -> None:
    file = write_released(tmp_path / PUBLISHED_FILES[network], function_of(network), shapes_only(network))
    config, state = read_released(file)
    built = assemble(config, state)
    settings = preset(built.config.preset)
    assert type(built.target_model.optimizer) is optimizer
    assert built.config.backbone == f"resnet{depth}"
    assert built.config.filter_channels == channels
    assert built.config.label_sigma == pytest.approx(sigma)
    assert built.iou_predictor is not None
    assert (settings.localization.softmax, settings.localization.not_found_threshold) == (softmax, threshold)
    assert settings.crop_size == crop
    assert settings == preset(network)


def test_every_network_has_its_settings() -> None:
    for config in NETWORK_CONFIGS.values():
        assert preset(config.preset).crop_size % 16 == 0


def test_an_unknown_preset_is_refused_in_words() -> None:
    with pytest.raises(TrackerError, match="no tracker settings named 'siamfc'"):
        preset("siamfc")
