"""The tracker against a second one that was written down from the specification alone (its acceptance test 4).

The authors' program cannot stand here: its licence forbids copying it, and nobody may look into it who writes this one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
import torch
from plain_tracker import PlainTracker
from released_files import PUBLISHED_FILES, write_published

from tracker.config import TrackerConfig, WindowRule
from tracker.dimp_tracker import DimpTracker
from tracker.evaluation.generated_scene import GeneratedScene, SceneDescription
from tracker.network import DimpNetwork
from tracker.presets import preset
from tracker.result import TrackStatus
from tracker.search_region import search_scale
from tracker.weights import read_network

FLAGS = {
    "normal": TrackStatus.FOUND,
    "hard_negative": TrackStatus.HARD_NEGATIVE,
    "uncertain": TrackStatus.UNCERTAIN,
    "not_found": TrackStatus.NOT_FOUND,
}
# Scenes and lengths on which the plain tracker agrees with itself when every weight is changed by 2e-7: beyond a frame
# where rounding decides which way the refinement of a box goes, two results differ by a pixel and both are right.
SMALL = SceneDescription(seed=1, length=60, width=320, height=240, target_size=40.0, pan=1.0)
LARGE = SceneDescription(seed=5, length=10, width=640, height=480, target_size=130.0, pan=1.0)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> dict[str, DimpNetwork]:
    folder = tmp_path_factory.mktemp("published")
    files = {name: write_published(folder / PUBLISHED_FILES[name], name) for name in ("dimp18", "prdimp18")}
    return {name: read_network(file).eval().requires_grad_(False).double() for name, file in files.items()}


@pytest.fixture(autouse=True)
def in_double_precision(published: dict[str, DimpNetwork], monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Both trackers compute in double precision, once the files have been read: what says single says double here.

    In single precision, in which the program computes, results differ by thousandths of a pixel between processors and
    numbers of threads, for each adds in another order and each frame goes on from the one before.
    """
    usual = torch.get_default_dtype()
    monkeypatch.setattr(torch, "float32", torch.float64)
    monkeypatch.setattr(torch.Tensor, "float", torch.Tensor.double)
    monkeypatch.setattr(np, "float32", np.float64)
    torch.set_default_dtype(torch.float64)
    yield
    torch.set_default_dtype(usual)


ROUNDING = 5e-5
"""Pixels. Some constants of the network are rounded to single precision."""


def without_chance(config: TrackerConfig, crop: int) -> TrackerConfig:
    """Float windows, no random numbers, a smaller crop."""
    return replace(
        config,
        crop_size=crop,
        window_rule=WindowRule.FLOAT,
        augmentation=replace(config.augmentation, random_shift=0.0, dropout_copies=0),
        refinement=replace(config.refinement, random_boxes=0),
    )


@pytest.mark.parametrize(
    ("network", "settings", "crop", "description", "frames"),
    [
        ("dimp18", "dimp18", 128, SMALL, 4),
        pytest.param("dimp18", "dimp18", 160, SMALL, 50, marks=pytest.mark.slow),
        pytest.param("dimp18", "dimp18", 160, LARGE, 6, marks=pytest.mark.slow),
        pytest.param("prdimp18", "prdimp50", 160, SMALL, 12, marks=pytest.mark.slow),
        pytest.param("dimp18", "super_dimp", 176, LARGE, 8, marks=pytest.mark.slow),
    ],
)
def test_two_trackers_written_from_one_text_agree(
    published: dict[str, DimpNetwork],
    network: str,
    settings: str,
    crop: int,
    description: SceneDescription,
    frames: int,
) -> None:
    scene = GeneratedScene(description)
    config = without_chance(preset(settings), crop)
    plain, tracker = PlainTracker(published[network], config), DimpTracker(published[network], config=config)
    box = scene.box(0)
    assert box is not None
    # large enough that rows and columns are skipped before the crop is resized
    assert (search_scale(box, config) >= 2.1) == (description is LARGE)
    plain.initialize(scene.frame(0), (box.x, box.y, box.w, box.h))
    tracker.initialize(scene.frame(0), box)
    seen = set()
    for frame in range(1, frames):
        flag, expected = plain.track(scene.frame(frame))
        result = tracker.track(scene.frame(frame))
        assert result.status is FLAGS[flag], frame
        found = torch.tensor([result.box.x, result.box.y, result.box.w, result.box.h])
        torch.testing.assert_close(found, torch.tensor(expected), atol=ROUNDING, rtol=0)
        seen.add(result.box)
    assert len(seen) > frames // 2  # it moved
