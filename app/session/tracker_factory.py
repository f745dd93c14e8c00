"""Makes DiMP trackers; torch loads with the first one, in the thread that tracks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from app.media.frame_source import Frame
from app.session.messages import ModelChoice
from app.session.tracker_protocol import MakeTracker, Tracker
from tracker.additions import without
from tracker.result import TrackResult


def dimp_trackers(loaded: Callable[[str, str], None] | None = None) -> MakeTracker:
    """A function that makes DimpTrackers; all with one model on one device share one network.

    The function raises ``TrackerError`` for a model that is not known or cannot be loaded, in words.

    Args:
        loaded: Told the name of a model and the device it computes on, in the thread that tracks, as it is loaded.
    """
    makers: dict[tuple[str, str], Callable[[ModelChoice], Tracker]] = {}

    def make(choice: ModelChoice) -> Tracker:
        key = choice.name, choice.device
        if key not in makers:
            makers[key], device = _load(choice)
            if loaded is not None:
                loaded(choice.name, device)
        return makers[key](choice)

    return make


def dimp_together(trackers: Sequence[Any], image: Frame) -> Sequence[TrackResult]:
    """Several DimpTrackers on one picture, in one go."""
    # torch is there already: the trackers are
    from tracker.joint_tracking import track_together  # noqa: PLC0415

    return track_together(trackers, image)


def _load(choice: ModelChoice) -> tuple[Callable[[ModelChoice], Tracker], str]:
    # Imported here, not above: torch takes seconds, and the window must be there before.
    import torch  # noqa: PLC0415

    from tracker.dimp_tracker import DimpTracker  # noqa: PLC0415
    from tracker.presets import preset  # noqa: PLC0415
    from tracker.weights import load_network  # noqa: PLC0415

    try:
        network = load_network(choice.name, device=choice.device)
    except torch.OutOfMemoryError:
        if choice.device == "cpu":
            raise
        network = load_network(choice.name, device="cpu")

    def make(choice: ModelChoice) -> Tracker:
        config = without(choice.without, preset(network.config.preset))
        return DimpTracker(network, choice.seed, config)

    return make, network.device.type
