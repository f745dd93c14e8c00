"""What our tracker has beside the published one for the annotator's sake, each to be taken out, or kept alone."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

from tracker.config import AdaptationConfig, FlowConfig, HidingConfig, RecoveryConfig, SizePathConfig, TrackerConfig

Change = Callable[[TrackerConfig], TrackerConfig]


@dataclass(frozen=True, slots=True)
class Addition:
    """A part of the tracker that can be switched off.

    Attributes:
        name: Short, for the command line and settings files.
        about: Completes "our tracker, which learns from all corrections, without ...".
        off: Settings without it.
    """

    name: str
    about: str
    off: Change


def _without_near(config: TrackerConfig) -> TrackerConfig:
    return replace(config, localization=replace(config.localization, near=0.0))


def _without_jump(config: TrackerConfig) -> TrackerConfig:
    return replace(config, localization=replace(config.localization, jump=0.0))


def _without_hiding(config: TrackerConfig) -> TrackerConfig:
    return replace(config, hiding=HidingConfig())


def _without_sizes(config: TrackerConfig) -> TrackerConfig:
    return replace(config, size_paths=SizePathConfig())


def _without_fitting(config: TrackerConfig) -> TrackerConfig:
    return replace(config, adaptation=AdaptationConfig())


def _without_flow(config: TrackerConfig) -> TrackerConfig:
    return replace(config, flow=FlowConfig())


def _without_recovery(config: TrackerConfig) -> TrackerConfig:
    return replace(config, recovery=RecoveryConfig())


def _without_negatives(config: TrackerConfig) -> TrackerConfig:
    return replace(config, memory=replace(config.memory, hard_negative_share=0.0))


def _without_floors(config: TrackerConfig) -> TrackerConfig:
    return replace(config, memory=replace(config.memory, newest_floor=0.0, older_floor=0.0))


ADDITIONS = (
    Addition("near", "the choice of a peak near the last place before a higher one elsewhere", _without_near),
    Addition("jump", "the doubt of jumps away from where optical flow saw the target go", _without_jump),
    Addition("hiding", "the forecast of a target that goes behind something", _without_hiding),
    Addition("sizes", "the learned speeds of the size", _without_sizes),
    Addition("flow", "the change of size that optical flow tells", _without_flow),
    Addition("fitting", "the box branch fitted to the drawn boxes", _without_fitting),
    Addition("recovery", "the search for a lost target in the whole picture", _without_recovery),
    Addition("negatives", "hard negatives where a corrected box had been", _without_negatives),
    Addition("floors", "least shares of corrections in the memory", _without_floors),
)
"""In the order of the tables."""


def without(names: Collection[str], config: TrackerConfig) -> TrackerConfig:
    """Settings without some additions; names that are not known are passed over."""
    for addition in ADDITIONS:
        if addition.name in names:
            config = addition.off(config)
    return config
