"""Where a tracker's time goes: the network's operations, timed one by one while the tracker works."""

from __future__ import annotations

import threading
import time
import weakref
from collections import defaultdict
from collections.abc import Callable
from functools import partial, wraps
from typing import Any, Self

from tracker import dimp_tracker, looking
from tracker.compiled_ascent import PartGraph
from tracker.network import DimpNetwork
from tracker.spare_core import Later

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


WAITING = {"target_flow": "waiting for optical flow", "_optimized": "waiting for the filter"}
"""Of what is done beside something else: the work's function, and the stage that asking for its result is."""


class StageClock:
    """Notes the wall time of each stage while it is entered; CPU only, since CUDA calls return before they are done.

    A stage that runs beside others, on the spare core, has its own time, and another is that of waiting for it.

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
        self._watch_waiting()
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

    def _watch_waiting(self) -> None:
        """Times the calling thread's asking for what was begun meanwhile."""
        meanwhile, value = self._network.meanwhile, Later.value
        stages: weakref.WeakKeyDictionary[Later[Any], str] = weakref.WeakKeyDictionary()
        here = threading.get_ident()

        def noted(work: Callable[[], Any]) -> Later[Any]:
            later = meanwhile(work)
            if isinstance(work, partial) and work.func.__name__ in WAITING:
                stages[later] = WAITING[work.func.__name__]
            return later

        def timed(later: Later[Any]) -> Any:  # noqa: ANN401 - whatever is asked for
            stage = stages.pop(later, None) if threading.get_ident() == here else None
            return self._timed(value, self.calls[stage])(later) if stage else value(later)

        self._originals += [(self._network, "meanwhile", meanwhile), (Later, "value", value)]
        setattr(self._network, "meanwhile", noted)  # noqa: B010 - mypy knows it as a method
        setattr(Later, "value", timed)  # noqa: B010

    @staticmethod
    def _timed(call: Callable[..., Any], times: list[float]) -> Callable[..., Any]:
        @wraps(call)
        def timed(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - passes through whatever the method takes
            started = time.perf_counter()
            try:
                return call(*args, **kwargs)
            finally:
                times.append(time.perf_counter() - started)

        return timed
