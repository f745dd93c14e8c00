"""Where a tracker's time goes: the network's operations, timed one by one while the tracker works."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable
from typing import Any, Self

from tracker import dimp_tracker, looking
from tracker.compiled_ascent import PartGraph
from tracker.network import DimpNetwork

STAGES = {
    "see": "trunk and head",
    "scores": "score map",
    "optimize_filter": "filter optimizer",
    "initialize_filter": "filter initialiser",
}
IOU_STAGES = {"refine_candidates": "box refinement", "modulation": "box modulation"}
LOOKING_STAGES = {"cut_search_region": "crop", "localize": "localisation"}
TRACKER_STAGES = {"target_flow": "optical flow", "make_result": "result"}
PART_STAGES = {"part": "its test features, a map"}


class StageClock:
    """Notes the wall time of each stage while it is entered; CPU only, since CUDA calls return before they are done.

    Attributes:
        calls: Seconds of every call, by stage.
    """

    def __init__(self, network: DimpNetwork) -> None:
        self.calls: dict[str, list[float]] = defaultdict(list)
        self._network = network
        self._originals: list[tuple[object, str, object]] = []

    def __enter__(self) -> Self:
        self._watch(self._network, STAGES)
        self._watch(looking, LOOKING_STAGES)
        self._watch(dimp_tracker, TRACKER_STAGES)
        if self._network.iou_predictor is not None:
            self._watch(self._network.iou_predictor, IOU_STAGES)
            self._watch(PartGraph, PART_STAGES)
        return self

    def __exit__(self, *_: object) -> None:
        for owner, name, original in self._originals:
            setattr(owner, name, original)
        self._originals.clear()

    def _watch(self, owner: object, stages: dict[str, str]) -> None:
        for name, stage in stages.items():
            original = getattr(owner, name)
            self._originals.append((owner, name, original))
            setattr(owner, name, self._timed(original, self.calls[stage]))

    @staticmethod
    def _timed(call: Callable[..., Any], times: list[float]) -> Callable[..., Any]:
        def timed(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - passes through whatever the method takes
            started = time.perf_counter()
            try:
                return call(*args, **kwargs)
            finally:
                times.append(time.perf_counter() - started)

        return timed
