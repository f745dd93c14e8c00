"""``calibrate-doubt`` from sequences to table and diagram, with a tracker that is wrong by script."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import cv2
import numpy as np
import pytest

from app.calibration.tracked_frames import PATIENCE, tracked_frames
from app.cli import main
from app.session.doubt_features import FEATURES, doubt_features
from app.session.doubt_table import read_table, shipped_table
from app.session.fake_tracker import FakeTracker, FakeTrackerScript
from tracker.evaluation.sequence import find_sequences

COUNT = 60


def write_sequence(folder: Path, x_of: list[int]) -> None:
    (folder / "img").mkdir(parents=True)
    for number in range(len(x_of)):
        cv2.imwrite(str(folder / "img" / f"{number + 1:04d}.jpg"), np.full((240, 640, 3), 90, np.uint8))
    (folder / "groundtruth_rect.txt").write_text("".join(f"{x},100,40,40\n" for x in x_of))


@pytest.fixture
def sequences(tmp_path: Path) -> Path:
    """In each, the target stops where the tracker (a pixel to the right a frame) goes on with a low score."""
    for number in range(4):
        stop = 10 + 4 * number
        write_sequence(tmp_path / "videos" / f"stop{number}", [100 + min(frame, stop) for frame in range(COUNT)])
    return tmp_path / "videos"


def frames_with_scores(*scores: float) -> np.ndarray:
    """Frames in the middle of others with the same score."""
    boxes = np.tile([100.0, 100.0, 40.0, 40.0], (5, 1))
    return np.stack([doubt_features(boxes, np.full(5, score))[2] for score in scores])


def tracker() -> FakeTracker:
    return FakeTracker(FakeTrackerScript(score_of=lambda step: 0.9 if step < 30 else 0.3))


def test_the_tracker_is_put_right_after_a_row_of_wrong_frames(sequences: Path) -> None:
    (sample,) = tracked_frames(find_sequences([sequences / "stop0"]), tracker())
    # IoU of two boxes 40 wide is below 0.5 from 14 pixels apart on: frame 24
    expected = np.zeros(COUNT, dtype=bool)
    expected[24 : 24 + PATIENCE] = True
    away = 24 + PATIENCE - 1 + 14
    expected[away:COUNT] = True
    assert sample.wrong.tolist() == expected[1:].tolist()
    jumps = sample.features[:, FEATURES.index("jump")]
    # back to the target: told on the frame before it and on its own
    assert np.flatnonzero(jumps > 0.1).tolist() == [24 + PATIENCE - 2, 24 + PATIENCE - 1]


def test_fit_and_check_by_command(sequences: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table, diagram, page = tmp_path / "doubt.json", tmp_path / "doubt.svg", tmp_path / "page.md"
    page.write_text("Before.\n<!-- doubt: begin -->\n<!-- doubt: end -->\nAfter.\n")
    arguments = ["calibrate-doubt", str(sequences), "--out", str(table), "--diagram", str(diagram)]
    arguments += ["--table", str(page)]
    assert main(arguments, lambda _choice: tracker()) == 0
    assert "4 sequences, 236 frames with a box" in capsys.readouterr().out
    fitted = read_table(table)
    strong, weak = fitted.probabilities(frames_with_scores(0.9, 0.3))
    assert strong < weak
    assert ET.parse(diagram).getroot().tag.endswith("svg")
    assert main(["calibrate-doubt", str(sequences), "--check", str(table)], lambda _choice: tracker()) == 0
    assert "| told | true | frames |" in page.read_text()
    assert "By doubt.json: AUC" in capsys.readouterr().out


def test_a_table_for_other_features_is_refused(
    sequences: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "other.json"
    table.write_text(json.dumps({"model": "lite0", "intercept": 0.0, "weights": {"mood": 1.0}}))
    assert main(["calibrate-doubt", str(sequences), "--check", str(table)], lambda _choice: tracker()) == 1
    assert "other features" in capsys.readouterr().err


def test_sequences_that_nothing_goes_wrong_on_are_not_enough(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_sequence(tmp_path / "videos" / "fine", [100 + frame for frame in range(10)])
    write_sequence(tmp_path / "videos" / "fine_too", [100 + frame for frame in range(10)])
    assert main(["calibrate-doubt", str(tmp_path / "videos")], lambda _choice: tracker()) == 1
    assert "too few wrong frames" in capsys.readouterr().err


def test_the_shipped_table_doubts_weak_scores_and_jumps_more() -> None:
    strong, weak = frames_with_scores(0.9, 0.3)
    jumped = strong.copy()
    jumped[FEATURES.index("jump")] = 1.0
    told = shipped_table().probabilities(np.stack([strong, weak, jumped])).tolist()
    assert told[0] < told[1]
    assert told[0] < told[2]
