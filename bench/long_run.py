"""Whether a long propagation takes more and more memory."""

from __future__ import annotations

import contextlib
import tempfile
import time
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from app.document.commands import AddCategory
from app.marked_section import check_section, write_section
from app.media.frame_loader import FrameLoader
from app.media.frame_stepper import KEPT_BYTES
from app.session.fake_tracker import FakeTrackerScript
from app.session.score_map_cache import SCORE_MAP_BYTES
from app.views.action_table import ActionId
from bench.hands import Hands
from bench.private_home import private_home
from bench.soak.footprint import footprint
from tracker.geometry import BoundingBox

SECTION = "long run"
GOAL_MB = 50.0
_MARKS = 8
_WIDTH, _HEIGHT = 320, 240
_BOX = BoundingBox(100, 80, 50, 40)
_PICTURES_MB = 32
"""Bound of the window's cache of pictures: full after 150 of them, and a decoder's after 1,200. They are full at the
first mark; what grows afterwards is something else."""
_LONGEST = 300.0
"""Seconds after which the run is ended wherever it is."""


@dataclass(frozen=True, slots=True)
class Mark:
    """How much the process holds at one moment of the run.

    Attributes:
        frame: That was tracked last.
        megabytes: Resident, without what the allocator only keeps in case.
    """

    frame: int
    megabytes: float


def measure(folder: Path, frames: int) -> list[Mark]:
    """Propagate one Track through so many frames in the real window.

    Args:
        folder: Empty.
        frames: To track, with a tracker that computes nothing: what grows then is ours and not the network's.

    Returns:
        What was held after each eighth; fewer marks where it took too long.
    """
    video = folder / "long.mp4"
    _encode(video, frames + 1)
    stays = FakeTrackerScript(box_at=dict.fromkeys(range(1, frames + 1), _BOX))
    with private_home(folder):
        hands = Hands(lambda: FrameLoader(cache_bytes=_PICTURES_MB * 2**20), stays)
        hands.window.resize(hands.window.minimumSize())
        try:
            hands.open(video)
            category = AddCategory(hands.session.document, "object")
            hands.session.document.push(category)
            hands.session.create_track(_BOX, category.category_id)
            hands.settle(1.0)
            hands.do(ActionId.PROPAGATE_FORWARD)
            marks, end = [], time.monotonic() + _LONGEST
            with contextlib.suppress(TimeoutError):
                for mark in range(1, _MARKS + 1):
                    wanted = frames * mark // _MARKS
                    hands.until(lambda wanted=wanted: hands.session.frame >= wanted, end - time.monotonic())
                    marks.append(Mark(hands.session.frame, footprint(0).megabytes))
            return marks
        finally:
            hands.close()


def _encode(path: Path, frames: int) -> None:
    """Grey pictures that grow lighter and darker."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=Fraction(25), options={"preset": "ultrafast", "g": "250"})
        stream.width, stream.height, stream.pix_fmt = _WIDTH, _HEIGHT, "yuv420p"
        for index in range(frames):
            picture = np.full((_HEIGHT, _WIDTH, 3), 60 + index % 120, np.uint8)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux(stream.encode())


def report(frames: int = 20_000, page: Path | None = None) -> None:
    """Print the memory, and write it into a page."""
    if page is not None:
        check_section(page, SECTION)
    with tempfile.TemporaryDirectory(prefix="dimple-long-") as folder:
        marks = measure(Path(folder), frames)
    if len(marks) < 2:
        print(f"Not half of the first {2 * frames // _MARKS:,} frames in {_LONGEST:.0f} s: nothing to say.")
        return
    growth = marks[-1].megabytes - marks[0].megabytes
    asked = "" if len(marks) == _MARKS else f" ({frames:,} were asked for, in {_LONGEST:.0f} s)"
    said = (
        f"{marks[-1].frame:,} frames of {_WIDTH} x {_HEIGHT} in one run{asked}, with a tracker that computes nothing: "
        f"{growth:+.0f} MB from frame {marks[0].frame:,} on. Full before it are the caches of pictures: {_PICTURES_MB} "
        f"MB in the window (512 MB by default) and {KEPT_BYTES // 2**20} MB in each of two decoders. Score maps are "
        f"kept, {SCORE_MAP_BYTES // 2**20} MB of them at most, and go on growing."
    )
    lines = [
        said,
        "",
        f"| frame | {' | '.join(f'{it.frame:,}' for it in marks)} |",
        f"|---|{'---|' * len(marks)}",
        f"| MB | {' | '.join(f'{it.megabytes:.0f}' for it in marks)} |",
    ]
    print("\n".join(lines))
    if page is not None:
        write_section(page, SECTION, "\n".join(lines))
