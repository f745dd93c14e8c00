"""How long it takes from a key to the next picture on the screen: cached, decoded, and in a huge project."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from PySide6.QtCore import QEventLoop, QObject, QTimer

from app.document.project_file import write_project
from app.marked_section import check_section, write_section
from app.media.frame_source import Frame
from app.views.action_table import ActionId
from bench.faults.blank_source import blank_loader
from bench.hands import Hands
from bench.huge_project import HUGE, SMALL, huge_project
from bench.private_home import private_home
from tracker.evaluation.generated_scene import GeneratedScene, SceneDescription

SECTION = "steps"
_GROUP = 250
_STEPS = 60
_LIMIT_MS = 5000


@dataclass(frozen=True, slots=True)
class Steps:
    """Times of some steps of one kind.

    Attributes:
        what: For a person.
        wall_ms: From the key until the picture is painted; one number a step.
        own_ms: Processor time of the whole program meanwhile.
    """

    what: str
    wall_ms: Sequence[float]
    own_ms: Sequence[float]

    def __str__(self) -> str:
        """A row of a table."""
        wall, own = np.array(self.wall_ms), np.array(self.own_ms)
        return (
            f"| {self.what} | {np.median(wall):.1f} | {np.percentile(wall, 95):.1f} | {wall.max():.1f} "
            f"| {np.median(own):.1f} | {np.percentile(own, 95):.1f} |"
        )


class _Stopwatch(QObject):
    """Waits for a picture to be painted."""

    def __init__(self, hands: Hands) -> None:
        super().__init__()
        self._hands = hands
        self._loop = QEventLoop()
        self._wanted = 0
        hands.session.frame_shown.connect(self._look)

    def time(self, act: Callable[[], object], wanted: int) -> tuple[float, float]:
        """Wall and processor milliseconds until frame ``wanted`` is on the screen."""
        self._wanted = wanted
        begun, own = time.perf_counter(), time.process_time()
        act()
        if self._wanted >= 0:
            QTimer.singleShot(_LIMIT_MS, self._loop, self._loop.quit)
            self._loop.exec()
        return 1000 * (time.perf_counter() - begun), 1000 * (time.process_time() - own)

    def _look(self, frame: int, _picture: Frame) -> None:
        if frame == self._wanted:
            self._hands.window.panels.workspace.view.repaint()
            self._wanted = -1
            self._loop.quit()


def measure(folder: Path, seconds: int = 40) -> list[Steps]:
    """Step through a 1080p video in H.264 with groups of 250 frames, and through a small and a huge project.

    Args:
        folder: Empty.
        seconds: Length of the video.
    """
    video = folder / "clip.mp4"
    frames = _encode(video, seconds * 25)
    places = np.random.default_rng(0).permutation(np.arange(_GROUP // 2, frames - 2, 7))[:_STEPS].tolist()
    with private_home(folder):
        hands = Hands()
        hands.open(video)
        found = [
            _row(hands, "forward, decoded", [(it, 1) for it in range(_STEPS)]),
            _row(hands, "backward, cached", [(_STEPS - it, -1) for it in range(_STEPS)]),
            _row(hands, "forward, cached", [(it, 1) for it in range(_STEPS)]),
            _row(hands, "anywhere, decoded", [(it, 0) for it in places]),
        ]
        hands.close()
        path = folder / "huge.dimple"
        write_project(path, huge_project(folder, 200_000, 500_000))
        hands = Hands(lambda: blank_loader({str(SMALL): 400, str(HUGE): 200_000}))
        hands.open(path)
        found.append(_row(hands, "400 frames, 1 box, blank pictures", [(it, 1) for it in range(_STEPS)]))
        assert hands.window.open_session is not None
        hands.window.open_session.show(HUGE)
        hands.settle(3.0)
        hands.session.go_to(100_000)
        hands.settle(0.5)
        steps = [(100_000 + it, 1) for it in range(_STEPS)]
        found.append(_row(hands, "200,000 frames, 500,000 boxes, blank pictures", steps))
        hands.close()
    return found


def _row(hands: Hands, what: str, steps: list[tuple[int, int]]) -> Steps:
    """Step on from frames one by one, or go to them where the step is 0."""
    watch = _Stopwatch(hands)
    times = []
    for frame, step in steps:
        hands.settle(0.03)  # as fast as a key repeats; what is read ahead meanwhile is what it is for
        if step == 0:
            times.append(watch.time(lambda frame=frame: hands.session.go_to(frame), frame))
        else:
            action = ActionId.NEXT_FRAME if step > 0 else ActionId.PREVIOUS_FRAME
            times.append(watch.time(lambda action=action: hands.do(action), frame + step))
    watch.deleteLater()
    return Steps(what, [wall for wall, _ in times], [own for _, own in times])


def _encode(path: Path, frames: int) -> int:
    """A moving scene, every picture over again as often as it takes."""
    scene = GeneratedScene(SceneDescription(1, 50, 1920, 1080, 120))
    pictures = [av.VideoFrame.from_ndarray(scene.frame(it), format="rgb24") for it in range(len(scene))]
    with av.open(str(path), "w") as container:
        options = {"preset": "veryfast", "g": str(_GROUP), "keyint_min": str(_GROUP), "sc_threshold": "0"}
        stream = container.add_stream("libx264", rate=Fraction(25), options=options)
        stream.width, stream.height, stream.pix_fmt = 1920, 1080, "yuv420p"
        for index in range(frames):
            picture = pictures[index % len(pictures)]
            picture.pts = None
            container.mux(stream.encode(picture))
        container.mux(stream.encode())
    return frames


def report(page: Path | None = None) -> None:
    """Print the times, and write them into a page."""
    if page is not None:
        check_section(page, SECTION)
    with tempfile.TemporaryDirectory(prefix="dimple-steps-") as folder:
        rows = measure(Path(folder))
    lines = [
        "1920 x 1080, H.264, a key picture every 250 frames; from the key until the picture is painted.",
        "",
        "| step | median, ms | 95 %, ms | worst, ms | processor: median, ms | 95 %, ms |",
        "|---|---|---|---|---|---|",
        *map(str, rows),
    ]
    print("\n".join(lines))
    if page is not None:
        write_section(page, SECTION, "\n".join(lines))
