"""Frames per second of OpenCV's CSRT on the scenes that the tracker is timed on, for scale; needs ``make csrt``."""

from __future__ import annotations

from tracker.errors import TrackerError
from tracker.evaluation.csrt_process import CsrtProcess

FRAMES = 30


def report(threads: int) -> None:
    """Print a line for each size of picture; one sentence where CSRT is missing."""
    from bench.tracker_speed import SIZES, Scene, Timing  # noqa: PLC0415 - torch only where it is wanted

    try:
        with CsrtProcess(threads=threads) as csrt:
            print(f"csrt: OpenCV {csrt.version}, {threads} thread(s); picture already in its process")
            for width, height in SIZES:
                scene = Scene(width, height, FRAMES)
                csrt.initialize(scene.images[0], scene.first)
                begun = csrt.seconds
                seconds = []
                for image in scene.images[1:]:
                    csrt.track(image)
                    seconds.append(csrt.seconds)
                frame = Timing.of(seconds)
                print(
                    f"  csrt at {width}x{height}: {1000 / frame.median:.1f} / {1000 / frame.fastest:.1f} frames/s "
                    f"(median / fastest tenth), initialisation {1000 * begun:.0f} ms"
                )
    except TrackerError as error:
        print(f"csrt: {error}")
