"""Undo and redo with the real tracker: the memory comes back with the boxes, to the bit."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot
from session_annotator import Annotator
from session_fakes import Bench

from app.session.engine import Engine
from app.session.messages import FrameTracked, ModelChoice, PropagationRequest, TargetRequest
from app.session.tracker_factory import dimp_together, dimp_trackers
from app.session.tracker_protocol import Tracker, one_after_another
from tracker.evaluation.generated_scene import GeneratedScene, SceneDescription
from tracker.geometry import BoundingBox

FRAMES = 16


class SceneSource:
    """A generated scene as a FrameSource."""

    def __init__(self) -> None:
        self.scene = GeneratedScene(SceneDescription(3, FRAMES, 240, 180, 40, look_alikes=1))
        self.frame_count, self.width, self.height, self.fps = FRAMES, 240, 180, 25.0

    def time_of(self, index: int) -> float:
        return index / self.fps

    def read(self, index: int) -> np.ndarray:
        frame = self.scene.frame(index)
        frame.setflags(write=False)
        return frame

    def close(self) -> None:
        pass


class SceneBench(Bench):
    size = (240, 180)

    def __init__(self) -> None:
        super().__init__(FRAMES)
        self._make = dimp_trackers()

    def open_source(self, path: Path, progress=None, cancelled=None) -> SceneSource:
        return SceneSource()

    def make_tracker(self, choice: ModelChoice) -> Tracker:
        return self._make(ModelChoice("default", "cpu"))


@pytest.fixture
def me(qtbot: QtBot, tmp_path: Path):
    annotator = Annotator(tmp_path, SceneBench())
    qtbot.waitUntil(lambda: bool(annotator.pictures))
    yield annotator
    annotator.leave()


def boxes(me: Annotator) -> list[tuple[int, BoundingBox, float]]:
    return [(frame, it.box, it.score) for frame, it in me.track.boxes.items()]


def done(qtbot: QtBot, me: Annotator, action: Callable[[], None]) -> list[tuple[int, BoundingBox, float]]:
    """Do something that ends with a run, and say what is tracked afterwards."""
    ends = len(me.ends)
    action()
    qtbot.waitUntil(lambda: len(me.ends) > ends and me.idle(), timeout=60_000)
    return boxes(me)


def test_correction_and_run_undone_and_redone_give_the_same_boxes_to_the_bit(qtbot: QtBot, me: Annotator) -> None:
    first = me.bench.open_source(me.clip).scene.box(0)
    me.draw(first)

    def forward() -> None:
        me.session.propagate(1)

    before = done(qtbot, me, forward)
    me.session.go_to(8)
    right = me.track.boxes.get(8).box.moved(5, -4)
    me.session.set_box(right)
    corrected = done(qtbot, me, me.session.confirm)
    assert corrected != before
    me.session.undo()  # the run
    me.session.undo()  # the correction
    assert boxes(me) == before
    me.session.go_to(0)
    assert done(qtbot, me, forward) == before, "nothing of the correction is left in the memory"
    me.session.go_to(8)
    me.session.set_box(right)
    assert done(qtbot, me, me.session.confirm) == corrected, "and all of it is back when it is made again"
    me.session.go_to(8)
    assert done(qtbot, me, forward) == corrected


def test_several_targets_tracked_together_are_each_tracked_as_alone(qtbot: QtBot, tmp_path: Path) -> None:
    source = SceneSource()
    one, other = source.scene.box(0), BoundingBox(20, 20, 40, 40)

    def track(together, *starts: BoundingBox) -> list[list[BoundingBox]]:
        bench = SceneBench()
        targets = tuple(TargetRequest(n, ((0, it),), it) for n, it in enumerate(starts))
        run = Engine(bench.open_source, bench.make_tracker, together).start(
            PropagationRequest(1, Path("scene"), targets, 0, 6)
        )
        out = []
        while isinstance(reply := run.step(), FrameTracked):
            out.append([result.box for _, result in reply.results])
        return out

    pair = track(dimp_together, one, other)
    assert len(pair) == 6
    assert [row[0] for row in pair] == [row[0] for row in track(one_after_another, one)]
    assert [row[1] for row in pair] == [row[0] for row in track(one_after_another, other)]
