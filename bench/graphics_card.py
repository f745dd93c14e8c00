"""What a graphics card takes for a crop: in float32, in half precision, and with its operations started all at once."""

from __future__ import annotations

import copy
import time
from collections.abc import Callable

import torch

from tracker.network import DimpNetwork

REPEATS = 50


@torch.no_grad()
def crop_times(network: DimpNetwork, crop_size: int, device: torch.device) -> dict[str, float]:
    """Milliseconds of trunk and head for one crop, the fastest of several, by way of doing it.

    Args:
        network: On any device; copied.
        crop_size: Side of the crop.
        device: Where to run; what only a graphics card can do is left out elsewhere.
    """
    times = {}
    for name, kind in (("float32", torch.float32), ("float16", torch.float16)):
        moved = copy.deepcopy(network.backbone).to(device, kind)
        head = copy.deepcopy(network.target_model.head).to(device, kind)
        crop = torch.zeros(1, 3, crop_size, crop_size, device=device, dtype=kind)

        def see(
            trunk: Callable[[torch.Tensor], tuple[torch.Tensor, torch.Tensor]] = moved,
            head: Callable[[torch.Tensor], torch.Tensor] = head,
            crop: torch.Tensor = crop,
        ) -> torch.Tensor:
            return head(trunk(crop)[1])

        times[name] = _fastest(see, device)
        if device.type == "cuda":
            graph = torch.cuda.CUDAGraph()
            with torch.cuda.graph(graph):
                see()
            times[f"{name}, CUDA graph"] = _fastest(graph.replay, device)
    return times


def _fastest(work: Callable[[], object], device: torch.device) -> float:
    fastest = float("inf")
    for _ in range(REPEATS):
        started = time.perf_counter()
        work()
        if device.type == "cuda":
            torch.cuda.synchronize(device)
        fastest = min(fastest, time.perf_counter() - started)
    return 1000 * fastest
