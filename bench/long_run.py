"""Whether a long propagation takes more and more memory."""

from __future__ import annotations

import tempfile
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from app.document.commands import AddCategory
from app.marked_section import check_section, write_section
from app.session.fake_tracker import FakeTrackerScript
from app.views.action_table import ActionId
from bench.hands import Hands
from bench.private_home import private_home
from bench.soak.footprint import footprint
from tracker.geometry import BoundingBox

SECTION = "long run"
_MARKS = 8
_WIDTH, _HEIGHT = 320, 240
_BOX = BoundingBox(100, 80, 50, 40)


def measure(folder: Path, frames: int) -> list[tuple[int, float]]:
    """Propagate one Track through so many frames in the real window; (frame, megabytes) now and then.

    Args:
        folder: Empty.
        frames: To track, with a tracker that computes nothing: what grows then is ours and not the network's.
    """
    video = folder / "long.mp4"
    _encode(video, frames + 1)
    stays = FakeTrackerScript(box_at=dict.fromkeys(range(1, frames + 1), _BOX))
    with private_home(folder):
        hands = Hands(script=stays)
        try:
            hands.open(video)
            category = AddCategory(hands.session.document, "object")
            hands.session.document.push(category)
            hands.session.create_track(_BOX, category.category_id)
            hands.settle(1.0)
            hands.do(ActionId.PROPAGATE_FORWARD)
            marks = []
            for mark in range(1, _MARKS + 1):
                wanted = frames * mark // _MARKS
                hands.until(lambda wanted=wanted: hands.session.frame >= wanted)
                marks.append((hands.session.frame, footprint(0).megabytes))
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
    growth = marks[-1][1] - marks[0][1]
    lines = [
        f"{frames:,} frames in one run: {growth:+.0f} MB from frame {marks[0][0]:,} to frame {marks[-1][0]:,}.",
        "",
        f"| frame | {' | '.join(f'{frame:,}' for frame, _ in marks)} |",
        f"|---|{'---|' * len(marks)}",
        f"| MB | {' | '.join(f'{megabytes:.0f}' for _, megabytes in marks)} |",
    ]
    print("\n".join(lines))
    if page is not None:
        write_section(page, SECTION, "\n".join(lines))
