"""Frames per second of the tracker on a generated scene, image already decoded, and where the time goes.

Every figure is given twice: the median, and the fastest tenth, which is what an idle machine would do. The physical
limit is the time that the frame's multiplications take at the speed of one large matrix product in the same run.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import partial

import numpy as np
import torch
from torch import Tensor
from torch.utils.flop_counter import FlopCounterMode

from bench.stage_clock import StageClock
from tracker.batch_norm_folding import fold_batch_norm
from tracker.compiled_graph import Runtime
from tracker.dimp_tracker import DimpTracker
from tracker.evaluation.generated_scene import GeneratedScene, SceneDescription
from tracker.manifest import DEFAULT, WEIGHTS_FOLDER, read_manifest
from tracker.network import NETWORK_CONFIGS, DimpNetwork
from tracker.sample_memory import SampleMemory
from tracker.weights import load_network

SIZES = ((640, 480), (1920, 1080))
FRAMES = 60
REPEATS = 5
FASTEST = 10
"""Percentile that stands for an idle machine."""


@dataclass(frozen=True)
class Timing:
    """Milliseconds, as the median and as the fastest tenth of all calls.

    Attributes:
        median: What it took on this machine as loaded as it was.
        fastest: What it would take on an idle one.
        calls: How many there were.
    """

    median: float
    fastest: float
    calls: int

    @classmethod
    def of(cls, seconds: list[float]) -> Timing:
        """Of times in seconds, at least one."""
        return cls(*(1000 * np.percentile(seconds, [50, FASTEST])), len(seconds))


@dataclass(frozen=True)
class Speed:
    """Figures of one model at one picture size.

    Attributes:
        frame: A tracked frame.
        stages: The parts of tracking, a call each.
        initialization: The first frame.
        correction: Of a failure.
        megabytes: Tensors that one track keeps after ``FRAMES`` frames.
    """

    frame: Timing
    stages: dict[str, Timing]
    initialization: Timing
    correction: Timing
    megabytes: float


class Scene:
    """A generated scene, all pictures made before the clock starts."""

    def __init__(self, width: int, height: int, frames: int = FRAMES) -> None:
        scene = GeneratedScene(
            SceneDescription(seed=1, length=frames + 1, width=width, height=height, target_size=height / 8)
        )
        self.images = [scene.frame(index) for index in range(frames + 1)]
        first, last = scene.box(0), scene.box(frames)
        assert first is not None
        assert last is not None
        self.first, self.last = first, last


def measure(network: DimpNetwork, scene: Scene) -> Speed:
    """Track a scene and time it."""
    tracker = DimpTracker(network, seed=0)
    initializations = [_timed(lambda: tracker.initialize(scene.images[0], scene.first)) for _ in range(REPEATS + 1)]
    with StageClock(network) as clock:
        frames = [_timed(partial(tracker.track, image)) for image in scene.images[1:]]
    tracked = tracker.snapshot()
    corrections = []
    for _ in range(REPEATS):
        tracker.restore(tracked)
        wrong = scene.last.moved(0.6 * scene.last.w, 0)
        corrections.append(_timed(partial(tracker.correct, scene.images[-1], wrong)))
    return Speed(
        Timing.of(frames),
        {stage: Timing.of(seconds) for stage, seconds in clock.calls.items() if seconds},
        Timing.of(initializations[1:]),  # the first call finds its memory
        Timing.of(corrections),
        sum(tensor.nbytes for tensor in _tensors(tracked.state).values()) / 1e6,
    )


def operations(network: DimpNetwork, scene: Scene) -> float:
    """Multiplications with addition, in units of a million, for one tracked frame; the network runs in PyTorch."""
    tracker = DimpTracker(network, seed=0)
    tracker.initialize(scene.images[0], scene.first)
    with FlopCounterMode(display=False) as counter:
        tracker.track(scene.images[1])
    return float(counter.get_total_flops()) / 2e6


def matrix_peak(threads: int, side: int = 1536) -> float:
    """GFLOP/s of a float32 matrix product: the fastest of several."""
    before = torch.get_num_threads()
    torch.set_num_threads(threads)
    a = torch.randn(side, side)
    fastest = min(_timed(lambda: a @ a) for _ in range(12))
    torch.set_num_threads(before)
    return 2 * side**3 / fastest / 1e9


def make_network(name: str, runtime: Runtime, threads: int) -> DimpNetwork:
    """A model of the manifest, or a published architecture with random numbers; always with its box branch."""
    if name == DEFAULT or name not in NETWORK_CONFIGS or read_manifest(WEIGHTS_FOLDER).find(name) is not None:
        network = load_network(name, device="cpu", runtime=runtime, threads=threads)
        # an untrained box branch costs as much as a trained one
        network.config = replace(network.config, has_trained_iou=True)
        return network
    torch.manual_seed(0)
    network = DimpNetwork(NETWORK_CONFIGS[name]).eval().requires_grad_(requires_grad=False)
    fold_batch_norm(network)
    network.iou_branch.prepare_refinement()
    network = network.requires_grad_(requires_grad=False).to(memory_format=torch.channels_last)
    if runtime is not Runtime.PYTORCH:
        network.compile_graphs(threads)
    return network


def report(models: list[str], threads: int, runtime: Runtime = Runtime.AUTO) -> None:
    """Print a table for each model."""
    torch.set_num_threads(threads)
    peak = matrix_peak(threads)
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    print(f"tracker: {threads} thread(s) of {os.cpu_count()}{load}; torch {torch.__version__}; runtime {runtime}")
    print(f"float32 matrix product: {peak:.0f} GFLOP/s; times in ms: median / fastest tenth")
    for name in models:
        for width, height in SIZES:
            scene = Scene(width, height)
            macs = operations(make_network(name, Runtime.PYTORCH, threads), scene)
            started = time.perf_counter()
            network = make_network(name, runtime, threads)
            loading = time.perf_counter() - started
            _print(f"{name} at {width}x{height}", measure(network, scene), loading, macs, peak)


def _print(title: str, speed: Speed, loading: float, macs: float, peak: float) -> None:
    frame, limit = speed.frame, 2 * macs / peak
    print(f"\n  {title}: {1000 / frame.median:.1f} / {1000 / frame.fastest:.1f} frames/s")
    print(
        f"    {macs:.0f} million multiplications a frame, at least {limit:.1f} ms: {limit / frame.median:.0%} / "
        f"{limit / frame.fastest:.0%} of the physical limit"
    )
    print(f"    loaded in {loading:.2f} s; {speed.megabytes:.1f} MB a track after {FRAMES} frames")
    rows = {"frame": frame, **speed.stages, "initialisation": speed.initialization, "correction": speed.correction}
    for stage, timing in rows.items():
        print(f"    {stage:<20}{timing.median:8.2f} / {timing.fastest:8.2f}   {timing.calls} calls")


def _timed(action: Callable[[], object]) -> float:
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


def _tensors(part: object) -> dict[int, Tensor]:
    """All tensors that a tracker's state holds, each once."""
    match part:
        case Tensor():
            return {part.data_ptr(): part}
        case SampleMemory():
            return _tensors(part.samples)
        case tuple() | list():
            parts = part
        case _ if is_dataclass(part):
            parts = [getattr(part, field.name) for field in fields(part)]
        case _:
            return {}
    return {key: tensor for inner in parts for key, tensor in _tensors(inner).items()}
