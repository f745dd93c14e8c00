"""``python -m bench.tracker_memory``: whether the tracker, or loading a model, takes more memory each time. Linux."""

from __future__ import annotations

import argparse
import threading

import torch

from bench.soak.clips import scene
from bench.soak.footprint import footprint
from tracker.dimp_tracker import DimpTracker
from tracker.joint_tracking import track_together
from tracker.network import DimpNetwork
from tracker.weights import load_network

_KEYFRAMES = range(2, 30, 3)
_TOGETHER = (1, 3, 5, 8)
_FRAMES_TOGETHER = 3


def work(network: DimpNetwork) -> None:
    """Trackers with few and many keyframes, and several at once: every size of batch there is."""
    shown = scene()
    frames = [shown.frame(it) for it in range(max(_KEYFRAMES) + 1)]
    boxes = [shown.box(it) for it in range(max(_KEYFRAMES) + 1)]
    for count in _KEYFRAMES:
        tracker = DimpTracker(network, seed=0)
        tracker.rebuild([(frame, box) for frame, box in zip(frames[:count], boxes[:count], strict=True) if box])
        tracker.track(frames[count])
    for count in _TOGETHER:
        trackers = [DimpTracker(network, seed=0) for _ in range(count)]
        for tracker in trackers:
            tracker.initialize(frames[0], boxes[0])
        for frame in frames[1 : 1 + _FRAMES_TOGETHER]:
            track_together(trackers, frame)


def main() -> None:
    """Do all of it a few times, and print what is held after each."""
    parser = argparse.ArgumentParser(prog="python -m bench.tracker_memory", description=__doc__)
    parser.add_argument("--passes", type=int, default=3)
    parser.add_argument("--loads", type=int, default=12)
    options = parser.parse_args()
    torch.set_grad_enabled(False)
    network = load_network(device="cpu")
    for number in range(options.passes):
        work(network)
        print(f"pass {number + 1}: {footprint(0).megabytes:.0f} MB", flush=True)
    for number in range(options.loads):
        loading = threading.Thread(target=load_network, kwargs={"device": "cpu"})
        loading.start()
        loading.join()
        print(f"model loaded {number + 1} times more: {footprint(0).megabytes:.0f} MB", flush=True)


if __name__ == "__main__":
    main()
