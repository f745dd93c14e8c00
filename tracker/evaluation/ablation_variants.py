"""The rows of the paper's tables 1-3 as trackers: the same tracker with one part taken out or replaced."""

from __future__ import annotations

import enum
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from tracker.config import TrackerConfig, UpdateConfig
from tracker.dimp_tracker import DimpTracker
from tracker.errors import TrackerError
from tracker.evaluation.ablation_parts import AveragingTracker, GradientDescentOptimizer, ZeroInitializer
from tracker.evaluation.comparison import UNTRAINED
from tracker.evaluation.evaluate import EvaluatedTracker
from tracker.filter_optimizer import SteepestDescentOptimizer
from tracker.model_file import save_network
from tracker.network import DimpNetwork
from tracker.presets import preset
from tracker.weights import load_network, read_network


class Replacement(enum.Enum):
    """A part that is replaced."""

    NOTHING = enum.auto()
    INITIALIZER = enum.auto()
    """By zeros."""
    STEEPEST_DESCENT = enum.auto()
    """By gradient descent with steps of the length ``amount``."""
    MEMORY = enum.auto()
    """By a running mean of filters, each frame's own counting ``amount``."""


@dataclass(frozen=True, slots=True)
class Variant:
    """A tracker to be measured; a ``Contender``.

    Attributes:
        name: For progress and JSON; no two of an ablation share it.
        model: A name or path for ``load_network``.
        wish: A device for ``load_network``.
        config: Settings.
        replaced: Which part is another.
        amount: A number that goes with it.
    """

    name: str
    model: str
    wish: str
    config: TrackerConfig
    replaced: Replacement = Replacement.NOTHING
    amount: float = 0.0

    @property
    def takes_seed(self) -> bool:
        """Always."""
        return True

    def description(self) -> str:
        """Which part is replaced."""
        return f"{self.name}: {self.replaced.name.lower()} {self.amount:g}"

    def device(self) -> str:
        """Where the network is."""
        return str(self._network().device)

    def start(self, seed: int) -> AbstractContextManager[EvaluatedTracker]:
        """A tracker that knows nothing yet."""
        if self.replaced is Replacement.MEMORY:
            averaging = AveragingTracker(self._network(), seed, self.config)
            averaging.rate = self.amount
            return nullcontext(averaging)
        return nullcontext(DimpTracker(self._network(), seed, self.config))

    def _network(self) -> DimpNetwork:
        return _equipped(self.model, self.wish, self.replaced, self.amount)


@lru_cache(maxsize=2)
def _equipped(model: str, device: str, replaced: Replacement, amount: float) -> DimpNetwork:
    """A network of its own, with the part replaced."""
    network = load_network(model, device=device)
    target_model = network.target_model
    match replaced:
        case Replacement.INITIALIZER:
            channels = network.config.filter_channels
            target_model.initializer = ZeroInitializer(channels, target_model.filter_size, 16)
        case Replacement.STEEPEST_DESCENT:
            if not isinstance(target_model.optimizer, SteepestDescentOptimizer):
                raise TrackerError(f"{network.config.name} has another loss than DiMP's; ablate a DiMP model.")
            target_model.optimizer = GradientDescentOptimizer(target_model.optimizer, amount)
    return network


def with_untrained_parts(trained: DimpNetwork, untrained: DimpNetwork, prefixes: tuple[str, ...]) -> DimpNetwork:
    """The trained network with the untrained weights in the parts whose names start with one of the prefixes."""
    put_back = {name: value for name, value in untrained.state_dict().items() if name.startswith(prefixes)}
    network = DimpNetwork(trained.config)
    network.load_state_dict(trained.state_dict() | put_back)
    return network


@dataclass(frozen=True, slots=True)
class Variants:
    """All variants that the tables are made of.

    Attributes:
        optimizers: Table 1: initialiser only, gradient descent, steepest descent.
        parts: Table 2: each with one part more; then what the paper does not have.
        updates: Table 3: no update, running mean of filters, memory.
    """

    optimizers: tuple[Variant, ...]
    parts: tuple[Variant, ...]
    updates: tuple[Variant, ...]

    @property
    def distinct(self) -> list[Variant]:
        """Each once; the whole tracker is in all three tables."""
        return list(dict.fromkeys((*self.optimizers, *self.parts, *self.updates)))


def gradient_descent(model: str, device: str, step: float) -> Variant:
    """Gradient descent in place of steepest descent, on the first frame and after."""
    return Variant("gradient descent", model, device, settings(model), Replacement.STEEPEST_DESCENT, step)


def running_mean(model: str, device: str, rate: float) -> Variant:
    """A running mean of filters in place of the memory."""
    return Variant("running mean of filters", model, device, settings(model), Replacement.MEMORY, rate)


@lru_cache(maxsize=1)
def settings(model: str) -> TrackerConfig:
    """What goes with a model."""
    return preset(read_network(model).config.preset)


def all_variants(model: str, device: str, descent: Variant, mean: Variant, folder: Path) -> Variants:
    """The variants of a model.

    Args:
        model: A name or path for ``load_network``.
        device: A device for ``load_network``.
        descent: Gradient descent with its best step.
        mean: The running mean with its best rate.
        folder: Where networks with untrained parts are written.

    Raises:
        TrackerError: The model is of another structure than the untrained start.
    """
    trained, untrained = read_network(model), read_network(UNTRAINED)
    same = replace(trained.config, name=untrained.config.name, has_trained_iou=False)
    if same != untrained.config:
        raise TrackerError(
            f"There is no untrained start of {trained.config.name}; ablate a model of lite0's structure."
        )

    def without_boxes(name: str, *prefixes: str) -> str:
        path = folder / f"{name}.safetensors"
        network = with_untrained_parts(trained, untrained, prefixes)
        save_network(network, path, replace(trained.config, has_trained_iou=False))
        return str(path)

    base = settings(model)
    published = TrackerConfig()
    plain = replace(
        base,
        localization=replace(base.localization, near=published.localization.near, jump=published.localization.jump),
        refinement=published.refinement,
        calibration=published.calibration,
        flow=published.flow,
        adaptation=published.adaptation,
        hiding=published.hiding,
        recovery=published.recovery,
    )
    damped = replace(plain, refinement=base.refinement, calibration=base.calibration)
    flowing = replace(damped, flow=base.flow)
    still = replace(base.update, iterations=0, hard_negative_iterations=0)
    whole = Variant("whole tracker", model, device, base)
    raw = without_boxes("untrained", "")

    def variant(name: str, config: TrackerConfig, file: str = model) -> Variant:
        return Variant(name, file, device, config)

    def with_update(name: str, update: UpdateConfig) -> Variant:
        return variant(name, replace(base, update=update))

    parts = (
        Variant("steepest descent alone", raw, device, plain, Replacement.INITIALIZER),
        variant("initialiser", plain, raw),
        variant("trained trunk", plain, without_boxes("trunk", "target_model.")),
        variant("trained head", plain, without_boxes("head", "target_model.optimizer.")),
        variant("learned loss", plain, without_boxes("loss")),
        variant("box branch", plain),
        variant("calibration and damped sizes", damped),
        variant("sizes by optical flow", flowing),
        variant("fitted box branch", replace(flowing, adaptation=base.adaptation)),
        whole,
    )
    return Variants(
        optimizers=(with_update("initialiser only", replace(still, initial_iterations=0)), descent, whole),
        parts=parts,
        updates=(with_update("no update", still), mean, whole),
    )
