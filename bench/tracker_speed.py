"""Frames per second of the tracker on a generated scene, image already decoded, and where the time goes."""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np
import torch

from bench.stage_clock import StageClock
from tracker.dimp_tracker import DimpTracker
from tracker.evaluation.generated_scene import GeneratedScene, SceneDescription
from tracker.network import DimpNetwork
from tracker.weights import load_network

SIZES = ((640, 480), (1920, 1080))
FRAMES = 60


@dataclass(frozen=True)
class Speed:
    """Figures of one model at one picture size.

    Attributes:
        initialization: Seconds for the first frame.
        frame_ms: Median milliseconds a tracked frame.
        correction: Seconds for a correction of a failure.
        stages: Share of the tracking time by stage, in milliseconds a frame.
    """

    initialization: float
    frame_ms: float
    correction: float
    stages: dict[str, float]

    @property
    def fps(self) -> float:
        """Frames per second by the median."""
        return 1000 / self.frame_ms


def measure(network: DimpNetwork, width: int, height: int, frames: int = FRAMES) -> Speed:
    """Track a generated scene and time it."""
    scene = GeneratedScene(
        SceneDescription(seed=1, length=frames + 1, width=width, height=height, target_size=height / 8)
    )
    images = [scene.frame(index) for index in range(frames + 1)]
    first, last = scene.box(0), scene.box(frames)
    assert first is not None
    assert last is not None
    tracker = DimpTracker(network, seed=0)
    tracker.initialize(images[0], first)  # warm up: kernels are chosen at the first call

    clock = StageClock(network)
    started = time.perf_counter()
    tracker.initialize(images[0], first)
    initialization = time.perf_counter() - started
    clock.reset()
    times = []
    for image in images[1:]:
        started = time.perf_counter()
        tracker.track(image)
        times.append(time.perf_counter() - started)
    total = sum(times)
    stages = {stage: 1000 * seconds / frames for stage, seconds in clock.seconds.items()}
    stages["crop and the rest"] = 1000 * (total - sum(clock.seconds.values())) / frames
    started = time.perf_counter()
    tracker.correct(images[-1], last.moved(0.6 * last.w, 0))
    return Speed(initialization, 1000 * float(np.median(times)), time.perf_counter() - started, stages)


def report(models: list[str], threads: int) -> None:
    """Print a table for each model."""
    torch.set_num_threads(threads)
    print(f"tracker, {threads} thread(s), torch {torch.__version__}")
    for name in models:
        for width, height in SIZES:
            speed = measure(load_network(name, device="cpu"), width, height)
            print(
                f"  {name} at {width}x{height}: {speed.fps:.1f} frames/s ({speed.frame_ms:.1f} ms), "
                f"initialisation {speed.initialization:.2f} s, correction {speed.correction:.2f} s"
            )
            for stage, ms in sorted(speed.stages.items(), key=lambda item: -item[1]):
                print(f"    {stage:<20}{ms:7.2f} ms")
