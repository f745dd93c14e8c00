"""The window answers while it works: a timer of its thread is never more than 100 ms late during a long run."""

from __future__ import annotations

from pathlib import Path

from annotator import Key, StartProgram
from coded_video import write_video

from app.session.fake_tracker import FakeTracker, FakeTrackerScript
from app.session.run_state import Phase
from bench.heartbeat import HeartBeat
from tracker.geometry import BoundingBox

FRAMES = 301
LIMIT_MS = 100


def test_the_window_is_never_late_during_a_run(start_program: StartProgram, tmp_path: Path) -> None:
    video = write_video(tmp_path / "clip.mp4", range(FRAMES), size=(640, 480))
    annotator = start_program(lambda choice: FakeTracker(FakeTrackerScript(delay=0.02), choice))
    annotator.window.open_path(video)
    annotator.wait_for_picture()
    annotator.press(Key.Key_B)
    annotator.drag_box(BoundingBox(200, 200, 80, 60))
    heart = HeartBeat()
    heart.start()
    annotator.press(Key.Key_F)
    annotator.until(lambda: annotator.session.frame == FRAMES - 1 and annotator.phase_is(Phase.IDLE))
    heart.stop()
    assert len(annotator.track.boxes) == FRAMES - 1
    assert len(heart.lateness_ms) > 300
    assert max(heart.lateness_ms) <= LIMIT_MS
