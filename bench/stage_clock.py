"""Where a tracker's time goes: the network's operations, timed one by one while the tracker works."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from tracker.network import DimpNetwork

STAGES = {
    "extract_features": "trunk",
    "classification_features": "head",
    "scores": "score map",
    "optimize_filter": "filter optimizer",
    "initialize_filter": "filter initialiser",
}
IOU_STAGES = {"test_features": "IoU features", "refine": "box refinement", "modulation": "IoU modulation"}


class StageClock:
    """Sums the wall time of each stage; CPU only, since CUDA calls return before they are done."""

    def __init__(self, network: DimpNetwork) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self._watch(network, STAGES)
        if network.iou_predictor is not None:
            self._watch(network.iou_predictor, IOU_STAGES)

    def reset(self) -> None:
        """Back to zero."""
        self.seconds.clear()

    def _watch(self, owner: object, stages: dict[str, str]) -> None:
        for method, stage in stages.items():
            setattr(owner, method, self._timed(getattr(owner, method), stage))

    def _timed(self, call: Callable[..., Any], stage: str) -> Callable[..., Any]:
        def timed(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - passes through whatever the method takes
            started = time.perf_counter()
            try:
                return call(*args, **kwargs)
            finally:
                self.seconds[stage] += time.perf_counter() - started

        return timed
