"""The process with OpenCV's CSRT: what is said over the pipe, tested with a stand-in for CSRT, and the real one."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tracker.errors import TrackerError
from tracker.evaluation.csrt_process import CSRT_FOLDER, CsrtProcess, csrt_python
from tracker.evaluation.generated_scene import GeneratedScene, SceneDescription
from tracker.geometry import BoundingBox, iou
from tracker.result import TrackStatus

ROOT = Path(__file__).resolve().parents[2]

STAND_IN = f"""
import os, sys
import cv2
sys.path.insert(0, {str(ROOT)!r})
from tracker.evaluation import csrt_worker

class StandIn:
    def init(self, picture, box):
        print("chatter on standard output")
        assert all(type(number) is int for number in box)
        self.box = box

    def update(self, picture):
        blue, green, red = (int(number) for number in picture[0, 0])
        if red == 1:
            return False, (0, 0, 0, 0)
        if red == 2:
            raise cv2.error("bad\\n picture")
        if red == 3:
            sys.stderr.write("first line\\nout of paint\\n")
            sys.stderr.flush()
            os._exit(7)
        x, y, w, h = self.box
        self.box = x + blue, y + green, w, h
        return True, self.box

csrt_worker._make_tracker = StandIn
csrt_worker.main()
"""


def picture(red: int = 0, green: int = 0, blue: int = 0, height: int = 30, width: int = 40) -> np.ndarray:
    image = np.zeros((height, width, 3), np.uint8)
    image[:] = red, green, blue
    return image


def started(folder: Path, script: str) -> CsrtProcess:
    path = folder / "worker.py"
    path.write_text(script, encoding="utf-8")
    return CsrtProcess(Path(sys.executable), path, threads=1)


@pytest.fixture
def csrt(tmp_path: Path) -> Iterator[CsrtProcess]:
    with started(tmp_path, STAND_IN) as process:
        yield process


def test_it_follows_from_its_box_and_begins_anew_on_any_picture(csrt: CsrtProcess) -> None:
    assert csrt.version[0].isdigit()
    assert csrt.initialize(picture(), BoundingBox(1, 2, 10, 8)).box == BoundingBox(1, 2, 10, 8)
    first = csrt.track(picture(green=2, blue=5))
    assert first.box == BoundingBox(6, 4, 10, 8)
    assert (first.status, first.score) == (TrackStatus.FOUND, 1.0)
    assert 0 < csrt.seconds < 10
    assert csrt.track(picture(blue=1, height=50, width=60)).box == BoundingBox(7, 4, 10, 8)
    csrt.initialize(picture(), BoundingBox(20, 10, 5, 5))
    assert csrt.track(picture(green=1)).box == BoundingBox(20, 11, 5, 5)


def test_boxes_get_there_as_whole_pixels_inside_the_picture(csrt: CsrtProcess) -> None:
    csrt.initialize(picture(), BoundingBox(-3.4, 1.6, 10, 100))
    assert csrt.track(picture()).box == BoundingBox(0, 2, 7, 28)
    csrt.initialize(picture(), BoundingBox(39.9, 29.9, 0.2, 0.2))
    assert csrt.track(picture()).box == BoundingBox(39, 29, 1, 1)


def test_pictures_that_are_cut_out_of_others_arrive_whole(csrt: CsrtProcess) -> None:
    large = np.zeros((60, 80, 3), np.uint8)
    large[10:40, 20:60] = picture(green=3)
    cut = large[10:40, 20:60]
    csrt.initialize(cut, BoundingBox(1, 2, 10, 8))
    assert csrt.track(cut).box == BoundingBox(1, 5, 10, 8)


def test_the_box_stays_where_the_target_is_not_found(csrt: CsrtProcess) -> None:
    csrt.initialize(picture(), BoundingBox(1, 2, 10, 8))
    csrt.track(picture(blue=4))
    lost = csrt.track(picture(red=1))
    assert (lost.box, lost.status, lost.score) == (BoundingBox(5, 2, 10, 8), TrackStatus.NOT_FOUND, 0.0)
    assert csrt.track(picture(blue=1)).box == BoundingBox(6, 2, 10, 8)


def test_what_is_not_usable_is_refused_in_words_and_the_process_goes_on(csrt: CsrtProcess) -> None:
    with pytest.raises(TrackerError, match="no target yet"):
        csrt.track(picture())
    with pytest.raises(TrackerError, match="outside the picture"):
        csrt.initialize(picture(), BoundingBox(100, 100, 5, 5))
    with pytest.raises(TrackerError, match="RGB uint8"):
        csrt.initialize(np.zeros((3, 4)), BoundingBox(0, 0, 2, 2))
    csrt.initialize(picture(), BoundingBox(1, 2, 10, 8))
    with pytest.raises(TrackerError, match=r"40 x 30 pixels: .*bad picture"):
        csrt.track(picture(red=2))
    assert csrt.track(picture(blue=1)).box == BoundingBox(2, 2, 10, 8)


def test_a_process_that_dies_says_why_and_close_may_be_repeated(csrt: CsrtProcess) -> None:
    csrt.initialize(picture(), BoundingBox(1, 2, 10, 8))
    for _ in range(2):
        with pytest.raises(TrackerError, match=r"ended: out of paint; .* make csrt"):
            csrt.track(picture(red=3))
    csrt.close()
    csrt.close()


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("import sys; sys.exit(4)", "code 4"),
        ("import no_such_module", "No module named"),
        ("print('hello there')", "something else than agreed"),
    ],
)
def test_a_script_that_does_not_start_is_said_in_words(tmp_path: Path, script: str, words: str) -> None:
    with pytest.raises(TrackerError, match=words):
        started(tmp_path, script)


def test_a_missing_environment_names_the_command(tmp_path: Path) -> None:
    with pytest.raises(TrackerError, match=r"not installed in .*; set it up with: make csrt"):
        csrt_python(tmp_path / "none")
    with pytest.raises(TrackerError, match="does not start"):
        CsrtProcess(tmp_path)  # a folder, not an interpreter


@pytest.mark.slow
@pytest.mark.skipif(not (CSRT_FOLDER / ".ready").exists(), reason="needs make csrt, as make test-slow does")
def test_the_real_csrt_follows_a_generated_target_and_begins_anew() -> None:
    scene = GeneratedScene(SceneDescription(seed=1, length=24, width=320, height=240, target_size=40))
    with CsrtProcess() as csrt:
        for first in (0, 12):
            start = scene.box(first)
            assert start is not None
            csrt.initialize(scene.frame(first), start)
            for index in range(first + 1, first + 12):
                true = scene.box(index)
                assert true is not None
                assert iou(csrt.track(scene.frame(index)).box, true) > 0.7
