"""The online tracker: follows one target through pictures and learns from corrections (paper section 4)."""

from __future__ import annotations

import math
import weakref
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import torch
from torch import Tensor

from tracker.annotated_frame import (
    fitted_terms,
    lessons_of,
    make_result,
    result_on,
    see_annotated_frame,
)
from tracker.config import TrackerConfig
from tracker.correction import CorrectionLearner
from tracker.errors import TrackerError
from tracker.flow_scale import flow_origin, target_flow
from tracker.geometry import BoundingBox
from tracker.input_checks import check_box, check_image
from tracker.looking import Look, seen_target
from tracker.network import DimpNetwork
from tracker.presets import preset
from tracker.result import TrackResult, TrackStatus
from tracker.sample_info import SampleInfo, passing_info
from tracker.sample_memory import Sample, SampleMemory
from tracker.search_region import Image
from tracker.size_paths import SizePaths
from tracker.spare_core import Later
from tracker.tracked_box import placed_box, tracked_box
from tracker.tracker_state import Sight, TrackerState, thumbnail

_FULL_ANCHORS = 4
"""How many of the last annotated frames get all their samples when a memory is rebuilt; the oldest would be thinned to
one sample anyway."""


@dataclass(frozen=True, slots=True)
class TrackerSnapshot:
    """All that a tracker knows at one moment, for exact undo. Opaque."""

    state: TrackerState | None


class DimpTracker:
    """Follows one target. One tracker a target; many may share one network.

    Images are RGB uint8 (H, W, 3), boxes are image pixels (``tracker.geometry``). The same calls with the same seed
    give bit-identical boxes on one device. A call that raises leaves the tracker as it was.

    Args:
        network: From ``tracker.weights.load_network``.
        seed: Of all random numbers, not negative.
        config: Settings; by default those that go with the network.

    Attributes:
        picture: The caller's number for the picture of the next call; samples taken from it carry it.

    Raises:
        TrackerError: The seed is negative.
    """

    def __init__(self, network: DimpNetwork, seed: int = 0, config: TrackerConfig | None = None) -> None:
        if seed < 0:
            raise TrackerError("The seed is {0}; give a whole number from 0 on.", seed)
        self._network = network
        self._config = config or preset(network.config.preset)
        self._seed = seed
        self.picture = 0
        self._excluded: frozenset[int] = frozenset()
        self._learner = CorrectionLearner(network, self._config, seed)
        self._state: TrackerState | None = None
        self._device_note: str | None = None
        # a closed project holds no memory; another target's crops are looked at once more
        weakref.finalize(self, network.forget_crops).atexit = False

    @property
    def config(self) -> TrackerConfig:
        """The settings in use."""
        return self._config

    def with_config(self, config: TrackerConfig) -> DimpTracker:
        """A new tracker with the same network and seed, which knows no target."""
        return DimpTracker(self._network, self._seed, config)

    @property
    def cores(self) -> int:
        """How many targets of this network can be tracked at the same time."""
        return self._network.cores

    @property
    def device_note(self) -> str | None:
        """One sentence for the person if the graphics card ran out of memory and the CPU took over, else None."""
        return self._device_note

    @property
    def samples(self) -> tuple[tuple[SampleInfo, float], ...]:
        """What is in the memory, with weights; empty before ``initialize``."""
        if self._state is None:
            return ()
        return tuple((sample.info, weight) for sample, weight in self._state.memory.samples)

    def snapshot(self) -> TrackerSnapshot:
        """The present state, to be restored later; cheap, since samples are shared."""
        return TrackerSnapshot(self._state and self._state.copy())

    def restore(self, snapshot: TrackerSnapshot) -> None:
        """Goes back to a snapshot of this tracker; whatever follows is bit-identical to what followed it then."""
        self._state = snapshot.state and snapshot.state.copy()

    @torch.no_grad()
    def initialize(self, image: Image, box: BoundingBox) -> TrackResult:
        """Forgets everything and learns the target from its first box (specification 3.4).

        Returns:
            The score map of the first frame; ``box`` is the given one.

        Raises:
            TrackerError: The image is not RGB uint8, or the box is not usable in it.
        """
        check_image(image)
        check_box(box, image)
        return self._attempt(lambda: self._initialized(image, box))

    @torch.no_grad()
    def track(self, image: Image) -> TrackResult:
        """Finds the target in the next picture, forward or backward in time, and may learn from it.

        Raises:
            TrackerError: The image is not RGB uint8, or there is no target yet.
        """
        check_image(image)
        return self._attempt(lambda: self._tracked(image))

    @torch.no_grad()
    def correct(self, image: Image, box: BoundingBox) -> TrackResult:
        """Learns for good that the target is at ``box`` in this picture, and goes on from there.

        Right after ``track`` of the same picture, what was wrongly found there is learned as background.

        Returns:
            The new score map of this picture; ``box`` is the given one.

        Raises:
            TrackerError: Unusable image or box, or there is no target yet.
        """
        check_image(image)
        check_box(box, image)
        return self._attempt(lambda: self._corrected(image, box))

    @torch.no_grad()
    def rebuild(self, keyframes: Sequence[tuple[Image, BoundingBox]]) -> None:
        """Forgets everything, learns all annotated frames, and stands at the last one.

        The result depends on the keyframes and the seed only, which is why opening a project, undo and deleting a
        keyframe may all come here. The filter is optimized once at the end, not once a keyframe.

        Args:
            keyframes: (image, box) in the order of time; each is read once.

        Raises:
            TrackerError: No keyframe, or an unusable image or box.
        """
        if not keyframes:
            raise TrackerError("There is nothing to learn the target from; draw a box first.")
        before = self.snapshot()
        try:
            for number in range(len(keyframes)):
                image, box = keyframes[number]
                check_image(image)
                check_box(box, image)
                learn = self._keyframe_learned if number else self._initialized
                self._attempt(partial(learn, image, box, len(keyframes) - 1 - number))
        except BaseException:
            self.restore(before)
            raise

    def reposition(self, box: BoundingBox) -> None:
        """The target is at ``box`` now; nothing is learned.

        Raises:
            TrackerError: The box is not finite or has no size, or there is no target yet.
        """
        state = self._known()
        check_box(box, None)
        state.box = state.trusted_box = box
        state.trusted_update = state.updates
        state.flow_origin = None
        state.size_paths = state.size_paths and state.size_paths.restarted(box)
        state.lost = 0
        state.sizes = ()

    @torch.no_grad()
    def exclude(self, pictures: frozenset[int]) -> None:
        """From now on no passing sample is taken from these pictures, and those that were are forgotten at once.

        Args:
            pictures: Numbers as in ``picture``; all of them, the ones before included.
        """
        self._excluded = pictures
        if self._state is None:
            return
        state = self._working_state()
        if state.memory.purge_passing(lambda info: info.picture not in pictures):
            self._optimize(state, self._config.update.iterations)
        self._state = state

    def _known(self) -> TrackerState:
        if self._state is None:
            raise TrackerError("The tracker knows no target yet; draw a box first.")
        return self._state

    def _working_state(self) -> TrackerState:
        """A copy to change: only a call that succeeds replaces the state."""
        state = self._known().copy()
        state.memory.picture, state.memory.excluded = self.picture, self._excluded
        if state.memory.device != self._network.device:
            state.to(self._network.device)  # another tracker moved the shared network
        return state

    def _attempt(self, action: Callable[[], tuple[TrackerState, TrackResult]]) -> TrackResult:
        """Runs an action; where the graphics card's memory does not suffice, again on the CPU."""
        try:
            self._state, result = action()
        except torch.OutOfMemoryError:
            if self._network.device.type == "cpu":
                raise
            self._network.to("cpu")
            torch.cuda.empty_cache()
            self._device_note = "The graphics card ran out of memory; the tracker goes on with the processor, slower."
            self._state, result = action()
        return result

    def _initialized(self, image: Image, box: BoundingBox, from_last: int = 0) -> tuple[TrackerState, TrackResult]:
        """The state after the first annotated frame, with only what the annotated frames that follow don't replace."""
        network, config = self._network, self._config
        generator = np.random.default_rng((self._seed, 0))
        frame = see_annotated_frame(network, config, config.augmentation, image, box, 0, generator)
        lessons = lessons_of(network, config, frame, generator) if from_last < config.adaptation.lessons else ()
        modulations = (frame.modulation,) if frame.modulation else ()
        work = partial(fitted_terms, network, config, lessons, modulations, frame, generator)
        terms = Later(work) if from_last else network.meanwhile(work)
        memory = SampleMemory(config.memory)
        memory.picture, memory.excluded = self.picture, self._excluded
        memory.add_first_frame(frame.samples)
        batch = memory.batch()
        start = network.initialize_filter(batch.features, batch.boxes)
        trace = network.optimize_filter(
            start, batch.features, batch.boxes, batch.weights, config.update.initial_iterations
        )
        state = TrackerState(
            box=box,
            memory=memory,
            target_filter=Later.known(trace.final),
            modulations=modulations,
            box_terms=terms,
            lessons=lessons,
            min_side=min(config.refinement.min_side, box.w, box.h),
            trusted_box=box,
            flow_origin=flow_origin(image, box, config),
            size_paths=SizePaths.at(box, config.size_paths) if config.size_paths.exponents else None,
        )
        return state, result_on(network, config, trace.final, frame)

    def _corrected(self, image: Image, box: BoundingBox) -> tuple[TrackerState, TrackResult]:
        state = self._working_state()
        return state, self._learner.learn(state, image, box)

    def _keyframe_learned(self, image: Image, box: BoundingBox, from_last: int) -> tuple[TrackerState, TrackResult]:
        state = self._working_state()
        is_full = from_last < _FULL_ANCHORS
        return state, self._learner.learn_one_of_many(state, image, box, from_last, is_full=is_full)

    def _tracked(self, image: Image) -> tuple[TrackerState, TrackResult]:
        """One frame of the online loop (specification 3.5)."""
        state = self._working_state()
        generator = state.generator(self._seed)
        state.updates += 1
        state.since_annotation += 1
        # needs nothing that the network sees
        flow = self._network.meanwhile(partial(target_flow, state.flow_origin, image, self._config))
        home, look = seen_target(self._network, self._config, state, image, flow)
        found, region, before = look.found, look.region, state.box.center
        state.motion = look.motion
        state.flow_trust = state.flow_trust.after(found.jump)
        if found.status is not TrackStatus.NOT_FOUND:
            rough = placed_box(home, region.cell_to_image(found.row, found.column), image, self._config.localization)
            growth = flow.value().log_growth
            state.box = tracked_box(
                self._network, self._config, state, look.features, region, rough, image, growth, generator
            )
            self._follow_motion(state, look, None if state.lost else before, flow.value().came_back, image)
            state.flow_origin = flow_origin(image, state.box, self._config)
        else:
            state.flow_origin = None
        if found.status in {TrackStatus.FOUND, TrackStatus.HARD_NEGATIVE}:
            self._learn(
                state,
                Sample(look.x, region.to_crop(state.box), passing_info(found, state.box, state.updates)),
                found.status,
            )
        self._count(state, found.status)
        result = make_result(look.scores, self._config, region, state.box, found.status)
        state.sight = Sight(thumbnail(image), look.x, region, result)
        return state, result

    def _follow_motion(
        self, state: TrackerState, look: Look, before: tuple[float, float] | None, came_back: float | None, image: Image
    ) -> None:
        """Learns how the target moves; a hidden one is placed by that."""
        hiding, score = self._config.hiding, look.found.score
        if not hiding.share:
            return
        if not state.motion.hidden:
            state.motion = state.motion.seen(state.box, before, score, came_back, hiding)
        elif before and state.motion.is_forecast(hiding):
            center = state.motion.drawn(state.box.center, before, score, hiding)
            state.box = placed_box(state.box, center, image, self._config.localization)

    def _count(self, state: TrackerState, status: TrackStatus) -> None:
        """Keeps the record that finding a lost target again starts from."""
        if status is TrackStatus.NOT_FOUND:
            state.lost += 1
        else:
            state.lost = 0
            state.sizes = (*state.sizes, math.sqrt(state.box.area))[-self._config.recovery.history :]

    def _learn(self, state: TrackerState, sample: Sample, status: TrackStatus) -> None:
        """Adds a tracked frame's sample and optimizes the filter when it is time (specification 3.6)."""
        update = self._config.update
        is_hard = status is TrackStatus.HARD_NEGATIVE
        state.memory.add_passing(sample, update.hard_negative_learning_rate if is_hard else update.learning_rate)
        frames = state.since_annotation
        iterations = 0
        if is_hard:
            iterations = update.hard_negative_iterations
        elif frames % update.interval == 0 or (
            state.alert and frames <= update.alert_updates and frames % update.alert_interval == 0
        ):
            iterations = update.iterations
        if iterations:
            self._optimize(state, iterations)

    def _optimize(self, state: TrackerState, iterations: int) -> None:
        """Some iterations of the target filter on all that is in the memory; first needed in the next picture."""
        work = partial(_optimized, self._network, state.target_filter.value(), state.memory.copy(), iterations)
        state.target_filter = self._network.meanwhile(work)


@torch.no_grad()
def _optimized(network: DimpNetwork, start: Tensor, memory: SampleMemory, iterations: int) -> Tensor:
    batch = memory.batch()
    return network.optimize_filter(start, batch.features, batch.boxes, batch.weights, iterations).final
