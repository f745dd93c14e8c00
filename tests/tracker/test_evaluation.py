"""Benchmark sequences as they lie about, the measures, and a run with a tracker whose answers are known."""

from __future__ import annotations

import json
from pathlib import Path

import av
import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.errors import TrackerError
from tracker.evaluation.evaluate import EvaluationReport, evaluate_directories, run_evaluation
from tracker.evaluation.metrics import measure
from tracker.evaluation.sequence import find_sequences, read_sequence
from tracker.geometry import BoundingBox
from tracker.result import TrackResult, TrackStatus


def write_sequence(folder: Path, lines: list[str], pictures: int | None = None) -> Path:
    (folder / "img").mkdir(parents=True)
    for number in range(len(lines) if pictures is None else pictures):
        picture = np.full((24, 32, 3), number, np.uint8)
        picture[:, :, 2] = 200  # red, in OpenCV's order
        (folder / "img" / f"{number + 1:04d}.png").write_bytes(cv2.imencode(".png", picture)[1].tobytes())
    (folder / "groundtruth_rect.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize("delimiter", [",", "\t", " ", ", ", "  "])
def test_all_delimiters(tmp_path: Path, delimiter: str) -> None:
    lines = [delimiter.join(values) for values in (["1", "2.5", "3", "4"], ["2", "3", "4", "5"])]
    sequence = read_sequence(write_sequence(tmp_path / "Séq 1", lines))
    assert sequence.name == "Séq 1"
    assert sequence.boxes == (BoundingBox(1, 2.5, 3, 4), BoundingBox(2, 3, 4, 5))
    assert sequence.read(1).shape == (24, 32, 3)
    assert sequence.read(1)[0, 0].tolist() == [200, 1, 1]


def test_rows_of_nan_or_zero_mean_absent(tmp_path: Path) -> None:
    lines = ["1,2,3,4", "NaN,NaN,NaN,NaN", "0,0,0,0", "1,1,0,5", "5,6,7,8"]
    boxes = read_sequence(write_sequence(tmp_path / "a", lines)).boxes
    assert [box is None for box in boxes] == [False, True, True, True, False]


def test_the_shorter_of_pictures_and_boxes_counts(tmp_path: Path) -> None:
    assert len(read_sequence(write_sequence(tmp_path / "a", ["1,2,3,4"] * 3, pictures=5))) == 3
    assert len(read_sequence(write_sequence(tmp_path / "b", ["1,2,3,4"] * 5, pictures=3))) == 3


def write_video_sequence(folder: Path, rows: list[str]) -> Path:
    folder.mkdir(parents=True)
    with av.open(str(folder / "video.mp4"), "w") as container:
        stream = container.add_stream("libx264", rate=25)
        stream.width, stream.height, stream.pix_fmt = 32, 24, "yuv444p"
        stream.options = {"qp": "0"}
        for number in range(6):
            picture = np.full((24, 32, 3), 40 * number, np.uint8)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux(stream.encode())
    (folder / "boxes.csv").write_text("\n".join(["frame,track_id,x,y,w,h", *rows]) + "\n", encoding="utf-8")
    return folder


def test_a_video_with_a_table_of_boxes(tmp_path: Path) -> None:
    rows = ["1,7,1,2,3,4", "2,8,9,9,9,9", "3,7,2.5,3,4,5", "5,8,9,9,9,9"]
    folder = write_video_sequence(tmp_path / "videos" / "clip", rows)
    (sequence,) = find_sequences([tmp_path / "videos"])
    assert sequence.name == "clip"
    # from the first track's first box to its last, absent between
    assert sequence.boxes == (BoundingBox(1, 2, 3, 4), None, BoundingBox(2.5, 3, 4, 5))
    assert sequence.pictures[0].parent == folder
    for index in (0, 2, 1, 1):  # back and forth
        assert sequence.read(index).shape == (24, 32, 3)
        assert abs(int(sequence.read(index)[5, 5, 0]) - 40 * (index + 1)) <= 2


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (["1,0,1,2,3"], "Line 2 of .* is not a box"),
        (["1,0,1,2,3,4", "x,0,1,2,3,4"], "Line 3"),
        ([], "has no box"),
    ],
)
def test_unusable_tables_of_videos_are_refused_in_words(tmp_path: Path, rows: list[str], words: str) -> None:
    with pytest.raises(TrackerError, match=words):
        read_sequence(write_video_sequence(tmp_path / "clip", rows))


def test_a_video_that_is_shorter_or_no_video_is_refused_in_words(tmp_path: Path) -> None:
    sequence = read_sequence(write_video_sequence(tmp_path / "short", ["0,1,1,2,3,4", "9,1,1,2,3,4"]))
    with pytest.raises(TrackerError, match="no frame 9"):
        sequence.read(9)
    (tmp_path / "short" / "video.mp4").write_bytes(b"nothing")
    with pytest.raises(TrackerError, match="cannot be decoded"):
        read_sequence(tmp_path / "short").read(0)


def test_a_folder_of_sequences_and_a_sequence(tmp_path: Path) -> None:
    write_sequence(tmp_path / "many" / "b", ["1,2,3,4"])
    write_sequence(tmp_path / "many" / "a", ["1,2,3,4"])
    (tmp_path / "many" / "notes").mkdir()
    single = write_sequence(tmp_path / "c", ["1,2,3,4"])
    assert [sequence.name for sequence in find_sequences([tmp_path / "many", single])] == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (["1,2,3"], "Line 1 of .* is '1,2,3', not a box"),
        (["1,2,3,4", "x,2,3,4"], "Line 2"),
        (["NaN,NaN,NaN,NaN", "1,2,3,4"], "no box on the first frame"),
    ],
)
def test_unusable_box_files_are_refused_in_words(tmp_path: Path, lines: list[str], words: str) -> None:
    with pytest.raises(TrackerError, match=words):
        read_sequence(write_sequence(tmp_path / "a", lines))


def test_unusable_folders_and_pictures_are_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(TrackerError, match="no folder"):
        find_sequences([tmp_path / "none"])
    with pytest.raises(TrackerError, match="holds no sequence"):
        find_sequences([tmp_path])
    folder = write_sequence(tmp_path / "a", ["1,2,3,4"])
    (folder / "img" / "0001.png").write_bytes(b"text")
    with pytest.raises(TrackerError, match="not a picture"):
        read_sequence(folder).read(0)
    (folder / "img" / "0001.png").unlink()
    with pytest.raises(TrackerError, match="no pictures"):
        read_sequence(folder)


def test_measures_by_hand() -> None:
    true = [BoundingBox(0, 0, 10, 10)] * 4 + [None]
    tracked = [
        BoundingBox(0, 0, 10, 10),  # overlap 1, counts for all thresholds but 1
        BoundingBox(5, 0, 10, 10),  # 1/3: thresholds 0 ... 0.30
        BoundingBox(100, 0, 10, 10),  # 0
        None,
        BoundingBox(0, 0, 5, 5),  # the object is absent
    ]
    accuracy = measure(tracked, true)
    assert accuracy.frames == 4
    assert accuracy.auc == pytest.approx((20 + 7 + 0 + 0) / 21 / 4)
    assert accuracy.precision == pytest.approx(2 / 4)
    assert accuracy.success == pytest.approx(1 / 4)
    with pytest.raises(ValueError, match="no frame"):
        measure([None], [None])


@given(st.lists(st.floats(-30, 30), min_size=1, max_size=20))
def test_measures_fall_as_boxes_move_away(offsets: list[float]) -> None:
    true = [BoundingBox(0, 0, 40, 40)] * len(offsets)
    near = measure([BoundingBox(offset / 2, 0, 40, 40) for offset in offsets], true)
    far = measure([BoundingBox(offset, 0, 40, 40) for offset in offsets], true)
    assert near.auc >= far.auc
    assert near.success >= far.success
    assert near.precision >= far.precision


class Drifting:
    """Starts on the box and moves it by ``seed`` pixels a frame."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.box = BoundingBox(0, 0, 1, 1)

    def _result(self) -> TrackResult:
        return TrackResult(self.box, 1.0, TrackStatus.FOUND, np.zeros((1, 1), np.float32), self.box)

    def initialize(self, image: np.ndarray, box: BoundingBox) -> TrackResult:
        self.box = box
        return self._result()

    def track(self, image: np.ndarray) -> TrackResult:
        self.box = self.box.moved(self.seed, 0)
        return self._result()


def test_runs_are_averaged_over_seeds_and_sequences(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_sequence(tmp_path / name, ["5,5,10,10"] * 3)
    seen: list[tuple[str, int, int]] = []
    runs = run_evaluation(find_sequences([tmp_path]), Drifting, (0, 10), lambda *values: seen.append(values))
    assert [(run.sequence, run.seed) for run in runs] == [("a", 0), ("a", 10), ("b", 0), ("b", 10)]
    assert runs[0].accuracy.success == 1.0
    assert runs[1].accuracy.success == pytest.approx(1 / 3)
    assert seen[0] == ("a", 1, 12)
    assert seen[-1] == ("b", 12, 12)
    report = EvaluationReport("none", "cpu", runs)
    assert report.average.accuracy.success == pytest.approx(2 / 3)
    assert [row.sequence for row in report.by_sequence] == ["a", "b"]
    content = json.loads(report.to_json())
    assert content["average"]["success"] == pytest.approx(2 / 3)
    assert len(content["sequences"]) == 2
    assert len(content["runs"]) == 4
    lines = report.table().splitlines()
    assert len(lines) == 4
    assert lines[-1].startswith("average")
    assert "0.667" in lines[-1]


def test_the_default_model_runs_on_a_folder(tmp_path: Path) -> None:
    write_sequence(tmp_path / "a", ["5,5,10,10"] * 3)
    report = evaluate_directories([tmp_path], device="cpu")
    assert report.model == "lite0"
    assert report.runs[0].accuracy.frames == 3
    with pytest.raises(TrackerError, match="no model named"):
        evaluate_directories([tmp_path], model="no-such-model", device="cpu")
