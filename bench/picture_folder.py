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
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import cv2
import numpy as np

from app.marked_section import check_section, write_section
from app.media.frame_source import OpeningCancelledError
from app.media.image_files import list_images
from app.media.open_source import describe_source, open_source

SECTION = "picture folder"
_LINKS_OF_A_FILE = 20_000
_GIVEN_UP_AFTER = (0.05, 0.2, 0.5, 1.0, 3.0)

T = TypeVar("T")


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


def measure(pictures: int) -> str:
    """Make the folder and open it; what it took, in Markdown."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_folder(folder, pictures)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        lines = [f"| {pictures:,} pictures | seconds | of the processor |", "|---|---|---|"]

        def timed(what: str, work: Callable[[], T]) -> T:
            wall, processor = time.perf_counter(), time.process_time()
            result = work()
            taken = time.perf_counter() - wall, time.process_time() - processor
            lines.append(f"| {what} | {taken[0]:.2f} | {taken[1]:.2f} |")
            return result

        timed("listing in natural order", lambda: list_images(folder))
        source = timed("opening: listing, and a look at each picture's size", lambda: open_source(folder))
        timed("recognising: fingerprint, times", lambda: describe_source(folder, source))
        timed("a frame", lambda: source.read(pictures // 2))
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
        late = max(lateness(folder, after) for after in _GIVEN_UP_AFTER)
    lines += ["", f"Memory at most {grown:.0f} MB; given up at any moment, it ends within {late:.2f} s."]
    return "\n".join(lines)


def main() -> None:
    """Measure, print, and write into a page if asked."""
    parser = argparse.ArgumentParser(prog="python -m bench.picture_folder", description=__doc__)
    parser.add_argument("--pictures", type=int, default=100_000)
    parser.add_argument("--page", type=Path, help="page to write the figures into, e.g. docs/reliability.md")
    options = parser.parse_args()
    if options.page:
        check_section(options.page, SECTION)
    text = measure(options.pictures)
    print(text)
    if options.page:
        write_section(options.page, SECTION, text)


if __name__ == "__main__":
    main()
