"""The tracker's speed on a generated scene, image already decoded, and where the time goes.

Every figure is given twice: the median, and the fastest tenth, which is what an idle machine would do. The physical
limit is the time that the frame's multiplications take at the speed of one large matrix product in the same run.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import partial
from typing import Any

import numpy as np
import torch
from torch import Tensor

from bench.operations import multiplications
from bench.stage_clock import StageClock
from tracker.batch_norm_folding import fold_batch_norm
from tracker.compiled_graph import Runtime
from tracker.config import TrackerConfig
from tracker.dimp_tracker import DimpTracker
from tracker.evaluation.generated_scene import GeneratedScene, SceneDescription
from tracker.geometry import BoundingBox
from tracker.joint_tracking import track_together
from tracker.manifest import DEFAULT, WEIGHTS_FOLDER, read_manifest
from tracker.network import NETWORK_CONFIGS, DimpNetwork
from tracker.sample_memory import SampleMemory
from tracker.search_region import Image
from tracker.spare_core import Later
from tracker.weights import load_network

SIZES = ((640, 480), (1920, 1080))
FRAMES = 60
KEYFRAMES = 20
"""That a far correction has to learn anew."""
REPEATS = 5
PASSES = 2
"""Over all frames, each way."""
TARGETS = (1, 3, 8)
TOGETHER_FRAMES = 20
_LITTLE = 0.25
"""Pixels by which boxes are moved to make other crops of them."""

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
        in_turn: The same with nothing done beside anything else, what a frame would cost without a spare core's help.
        stages: The parts of tracking, a call each.
        initialization: The first frame, until the next can be tracked.
        correction: Of a failure, until the next frame can be tracked.
        far_correction: Of a frame that the tracker is far from, with ``KEYFRAMES`` others to learn for the first time,
            up to the first new box after it.
        next_far_correction: Another, with the same others.
        megabytes: Tensors that one track keeps after ``FRAMES`` frames.
        together: A frame with so many targets, all of them tracked.
        multiplications: With addition, in millions, of a tracked frame.
    """

    frame: Timing
    in_turn: Timing
    stages: dict[str, Timing]
    initialization: Timing
    correction: Timing
    far_correction: Timing
    next_far_correction: Timing
    megabytes: float
    together: dict[int, Timing]
    multiplications: float


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


def measure(network: DimpNetwork, scene: Scene, config: TrackerConfig) -> Speed:
    """Track a scene and time it."""
    tracker = DimpTracker(network, config=config)
    initializations = [
        # another place each time: crops that come again would not be looked at
        _timed(partial(_initialize, tracker, scene.images[0], scene.first.moved(_LITTLE * number, 0)))
        for number in reversed(range(REPEATS + 1))
    ]
    first = tracker.snapshot()
    steps = config.refinement.iterations
    work = multiplications(network, config.crop_size, steps, lambda: tracker.track(scene.images[1]))
    tracker.restore(first)
    with StageClock(network) as clock:
        _frames(tracker, scene)
    frames, in_turn = [], []
    for _ in range(PASSES):  # by turns, for the same conditions
        tracker.restore(first)
        with _nothing_meanwhile(network):
            in_turn += _frames(tracker, scene)
        tracker.restore(first)
        frames += _frames(tracker, scene)
    tracked = tracker.snapshot()
    corrections = []
    for number in range(REPEATS):
        tracker.restore(tracked)
        wrong = scene.last.moved(0.6 * scene.last.w, _LITTLE * number)
        corrections.append(_timed(partial(_correct, tracker, scene.images[-1], wrong)))
    far_corrections: tuple[list[float], list[float]] = ([], [])
    for number in range(REPEATS):
        keyframes = [
            (image, scene.first.moved(column, _LITTLE * number))
            for column, image in enumerate(scene.images[:KEYFRAMES])
        ]
        for again, seconds in enumerate(far_corrections):
            last = scene.last.moved(_LITTLE * again, _LITTLE * number)
            seconds.append(_timed(partial(_correct_far, tracker, scene, keyframes, last)))
    return Speed(
        Timing.of(frames),
        Timing.of(in_turn),
        {stage: Timing.of(seconds) for stage, seconds in clock.calls.items() if seconds},
        Timing.of(initializations[1:]),  # the first call finds its memory
        Timing.of(corrections),
        Timing.of(far_corrections[0]),
        Timing.of(far_corrections[1]),
        sum(tensor.nbytes for tensor in _tensors(tracked.state).values()) / 1e6,
        {count: _together(network, config, scene, count) for count in TARGETS},
        work,
    )


def _frames(tracker: DimpTracker, scene: Scene) -> list[float]:
    """Seconds of each tracked frame from the first on."""
    return [_timed(partial(tracker.track, image)) for image in scene.images[1:]]


@contextmanager
def _nothing_meanwhile(network: DimpNetwork) -> Iterator[None]:
    """What could be done beside something else is done at once."""
    usual = network.meanwhile

    def at_once(work: Callable[[], Any]) -> Later[Any]:
        return Later.known(work())

    setattr(network, "meanwhile", at_once)  # noqa: B010 - mypy knows it as a method
    try:
        yield
    finally:
        setattr(network, "meanwhile", usual)  # noqa: B010


def _initialize(tracker: DimpTracker, image: Image, box: BoundingBox) -> None:
    tracker.initialize(image, box)
    _wait(tracker)


def _correct(tracker: DimpTracker, image: Image, box: BoundingBox) -> None:
    tracker.correct(image, box)
    _wait(tracker)


def _correct_far(
    tracker: DimpTracker, scene: Scene, keyframes: list[tuple[Image, BoundingBox]], last: BoundingBox
) -> None:
    tracker.rebuild(keyframes)
    tracker.correct(scene.images[-2], last)
    tracker.track(scene.images[-1])


def _wait(tracker: DimpTracker) -> None:
    """Until all that the next picture needs is there."""
    state = tracker.snapshot().state
    assert state is not None
    state.target_filter.value()
    state.box_terms.value()


def _together(network: DimpNetwork, config: TrackerConfig, scene: Scene, count: int) -> Timing:
    """So many targets about the same place, each with a tracker of its own."""
    trackers = []
    for number in range(count):
        trackers.append(DimpTracker(network, seed=number, config=config))
        trackers[-1].initialize(scene.images[0], scene.first.moved(4.0 * number, 0))
    return Timing.of([_timed(partial(track_together, trackers, image)) for image in scene.images[1:TOGETHER_FRAMES]])


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
        torch.set_num_threads(1)
    return network


def _timed(action: Callable[[], object]) -> float:
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


def always_found(config: TrackerConfig) -> TrackerConfig:
    """Settings by which random weights find a target in every frame, so that each costs what a tracked one costs."""
    thresholds = {
        "not_found_threshold": -math.inf,
        "distractor_threshold": math.inf,
        "hard_negative_threshold": math.inf,
    }
    return replace(config, localization=replace(config.localization, **thresholds))


def _tensors(part: object) -> dict[int, Tensor]:
    """All tensors that a tracker's state holds, each once."""
    match part:
        case Tensor():
            return {part.data_ptr(): part}
        case SampleMemory():
            return _tensors(part.samples)
        case Later():
            return _tensors(part.value())
        case tuple() | list():
            parts = part
        case _ if is_dataclass(part):
            parts = [getattr(part, field.name) for field in fields(part)]
        case _:
            return {}
    return {key: tensor for inner in parts for key, tensor in _tensors(inner).items()}
