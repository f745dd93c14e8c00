"""``python -m bench.picture_folder``: a folder of very many pictures: time and memory of opening it, and giving up.

The pictures are hard links to a few small files, so that the folder costs no room; names are out of order on purpose.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import tempfile
import time
from pathlib import Path

import cv2
import numpy as np

from app.media.frame_source import OpeningCancelledError
from app.media.image_files import list_images
from app.media.open_source import describe_source, open_source

_LINKS_OF_A_FILE = 20_000


def make_folder(folder: Path, count: int) -> None:
    """``count`` pictures, made in no order."""
    numbers = list(range(count))
    random.Random(0).shuffle(numbers)  # noqa: S311  # no secret
    first = folder
    for place, number in enumerate(numbers):
        path = folder / f"frame {number}.jpg"
        if place % _LINKS_OF_A_FILE == 0:
            cv2.imwrite(str(path), np.full((48, 64, 3), number % 255, dtype=np.uint8))
            first = path
        else:
            os.link(first, path)


class _GivesUp:
    """Says that the person has cancelled from some moment on, and when that was first asked afterwards."""

    def __init__(self, after: float) -> None:
        self.moment = time.perf_counter() + after

    def __call__(self) -> bool:
        return time.perf_counter() >= self.moment


def lateness(folder: Path, after: float) -> float:
    """Seconds from giving up, ``after`` seconds into the opening, to its end; 0 where it was over before."""
    gives_up = _GivesUp(after)
    try:
        open_source(folder, None, gives_up)
    except OpeningCancelledError:
        return time.perf_counter() - gives_up.moment
    return 0.0


def main() -> None:
    """Make the folder, open it, print what it took."""
    parser = argparse.ArgumentParser(prog="python -m bench.picture_folder", description=__doc__)
    parser.add_argument("--pictures", type=int, default=100_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_folder(folder, options.pictures)
        print(f"{options.pictures:,} pictures; seconds by the clock, of the processor")
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        wall, processor = time.perf_counter(), time.process_time()

        def passed(what: str) -> None:
            print(f"{what}: {time.perf_counter() - wall:.2f}, {time.process_time() - processor:.2f}", flush=True)

        list_images(folder)
        passed("listed in natural order")
        wall, processor = time.perf_counter(), time.process_time()
        source = open_source(folder)
        passed("opened, every picture's size looked at")
        wall, processor = time.perf_counter(), time.process_time()
        describe_source(folder, source)
        passed("recognised (fingerprint, times)")
        wall, processor = time.perf_counter(), time.process_time()
        source.read(options.pictures // 2)
        passed("a frame")
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
        print(f"memory at most: {grown:.0f} MB more than before")
        print("given up after 0.05, 0.5 and 3 s, over after a further:", end=" ")
        print(", ".join(f"{lateness(folder, after):.2f} s" for after in (0.05, 0.5, 3)))


if __name__ == "__main__":
    main()
