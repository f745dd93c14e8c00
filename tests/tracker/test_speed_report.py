"""What the speed benchmark counts, and the table it writes."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch
from torch.utils.flop_counter import FlopCounterMode

from bench.operations import multiplications
from bench.speed_report import Measured, table_lines
from bench.stage_clock import StageClock
from bench.tracker_speed import Speed, Timing
from tracker.batch_norm_folding import fold_batch_norm
from tracker.dimp_tracker import DimpTracker
from tracker.evaluation.generated_scene import GeneratedScene, SceneDescription
from tracker.iou_predictor import RefinementSpace
from tracker.network import NETWORK_CONFIGS, DimpNetwork
from tracker.presets import PRESETS
from tracker.weights import load_network

pytest.importorskip("onnxruntime")

SIDE = 128


@torch.no_grad()
def test_compiled_work_is_counted_as_pytorch_counts_it_where_boxes_reach_everywhere() -> None:
    """Then the parts of the maps that ONNX Runtime works on are whole ones."""
    torch.manual_seed(0)
    network = DimpNetwork(NETWORK_CONFIGS["lite0"]).eval().requires_grad_(False)
    fold_batch_norm(network)
    network.requires_grad_(False)
    network.iou_branch.prepare_refinement()
    crop = torch.zeros(1, 3, SIDE, SIDE)
    boxes = torch.tensor([[[[0.0, 0.0, 128.0, 128.0], [10.0, 10.0, 110.0, 110.0]]]])
    modulation = network.iou_branch.modulation(network.see(crop)[0], boxes[0, 0, :1])

    def look() -> None:
        features, _ = network.see(crop)
        network.iou_branch.refine_candidates(features, modulation, boxes, RefinementSpace.DEFAULT, 3, 1.0, 1.0)

    with FlopCounterMode(display=False) as counter:
        look()
    expected = counter.get_total_flops() / 2e6
    network.compile_graphs(1)
    counted = multiplications(network, SIDE, 3, look)
    # PyTorch's count has the small matrices between edges and bins as well
    assert 0.98 * expected < counted <= expected


def test_what_runs_beside_something_else_is_a_stage_and_waiting_for_it_another() -> None:
    scene = GeneratedScene(SceneDescription(seed=3, length=4, width=320, height=240, target_size=40.0))
    box = scene.box(0)
    assert box is not None
    settings = PRESETS["lite0"]
    network = load_network(device="cpu", threads=2)
    tracker = DimpTracker(network, config=replace(settings, update=replace(settings.update, interval=2)))
    tracker.initialize(scene.frame(0), box)
    with StageClock(network) as clock:
        for index in range(1, 4):
            tracker.track(scene.frame(index))
    counts = {stage: len(seconds) for stage, seconds in clock.calls.items()}
    assert counts["optical flow"] == counts["waiting for optical flow"] == 3
    assert counts["filter optimizer"] == counts["waiting for the filter"] == 1
    tracker.track(scene.frame(3))
    assert {stage: len(seconds) for stage, seconds in clock.calls.items()} == counts


def test_the_table_has_a_column_for_each_measurement_and_empty_cells_where_a_stage_is_missing() -> None:
    timing, slower = Timing(8.0, 4.0, 10), Timing(9.0, 5.0, 10)
    speeds = [
        Speed(timing, slower, {stage: timing}, timing, timing, timing, timing, 6.6, {1: timing, 3: timing}, 470.0)
        for stage in ("trunk and head", "crop")
    ]
    rows = [Measured(name, "640x480", speed, 0.3, 2.0) for name, speed in zip(("a", "b"), speeds, strict=True)]
    lines = table_lines(rows)
    assert lines[0] == "|  | a, 640x480 | b, 640x480 |"
    assert "| frames a second | 125 / 250 | 125 / 250 |" in lines
    assert "| the same with nothing beside anything else, ms | 9 / 5 | 9 / 5 |" in lines
    assert "| - crop |  | 8 / 4 |" in lines
    assert "| share of the physical limit, % | 25 / 50 | 25 / 50 |" in lines
    assert "| far correction among 20 keyframes, to the first new box, ms | 8 / 4 | 8 / 4 |" in lines
    assert "| another among the same keyframes, ms | 8 / 4 | 8 / 4 |" in lines
    assert "| 3 targets together, boxes a second | 375 / 750 | 375 / 750 |" in lines
    assert all(line.count("|") == 4 for line in lines)
