"""Benchmark sequences as they lie about, the measures, and a run with a tracker whose answers are known."""

from __future__ import annotations

import pickle
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path

import av
import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.errors import TrackerError
from tracker.evaluation.contenders import contender
from tracker.evaluation.evaluation_runs import evaluate_all
from tracker.evaluation.metrics import measure
from tracker.evaluation.sequence import find_sequences, read_sequence
from tracker.evaluation.sequence_sets import check_distinct, generated_set, sets_in, shortened
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


@dataclass(frozen=True)
class DriftingContender:
    name: str = "drifting"
    takes_seed: bool = True
    fails: bool = False

    def description(self) -> str:
        return "moves its box by the seed"

    def device(self) -> str:
        return "cpu"

    def start(self, seed: int) -> AbstractContextManager[Drifting]:
        if self.fails:
            raise TrackerError("It cannot run here.")
        return nullcontext(Drifting(seed))


def test_runs_are_averaged_over_seeds_and_sequences(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_sequence(tmp_path / name, ["5,5,10,10"] * 3)
    seen: list[tuple[int, int, str]] = []
    sequences = find_sequences([tmp_path])
    (report,) = evaluate_all([DriftingContender()], sequences, (0, 10), progress=lambda *values: seen.append(values))
    assert [(run.sequence, run.seed) for run in report.runs] == [("a", 0), ("a", 10), ("b", 0), ("b", 10)]
    assert report.runs[0].accuracy.success == 1.0
    assert report.runs[1].accuracy.success == pytest.approx(1 / 3)
    assert seen[0] == (1, 12, "drifting a")
    assert seen[-1] == (12, 12, "drifting b")
    assert report.average.accuracy.success == pytest.approx(2 / 3)
    assert [row.sequence for row in report.by_sequence] == ["a", "b"]
    assert report.on(["b"]).of_seed(10).average.accuracy.success == pytest.approx(1 / 3)
    content = report.content()
    assert content["average"]["success"] == pytest.approx(2 / 3)
    assert len(content["sequences"]) == 2
    assert len(content["runs"]) == 4


@pytest.mark.slow
def test_one_that_takes_no_seed_runs_once_and_processes_give_the_same(tmp_path: Path) -> None:
    for name in ("b", "a"):
        write_sequence(tmp_path / name, ["5,5,10,10"] * 3)
    write_video_sequence(tmp_path / "c", ["0,0,5,5,10,10", "4,0,5,5,10,10"])
    sequences = find_sequences([tmp_path])
    sequences[-1].read(2)  # a video that has been opened here is opened anew there
    contenders = [DriftingContender(), DriftingContender("fixed", takes_seed=False)]
    done: list[tuple[int, int]] = []
    in_turn = evaluate_all(contenders, sequences, (3, 0))
    apart = evaluate_all(contenders, sequences, (3, 0), 2, lambda now, total, _what: done.append((now, total)))
    assert done[-1] == (33, 33)
    assert [run.seed for run in in_turn[1].runs] == [3, 3, 3]
    for here, there in zip(in_turn, apart, strict=True):
        assert here.tracker == there.tracker
        measured = [[(run.sequence, run.seed, run.accuracy) for run in report.runs] for report in (here, there)]
        assert measured[0] == measured[1]


@pytest.mark.slow
def test_a_failure_in_a_process_ends_the_evaluation_with_its_words(tmp_path: Path) -> None:
    write_sequence(tmp_path / "a", ["5,5,10,10"] * 3)
    with pytest.raises(TrackerError, match="cannot run here"):
        evaluate_all([DriftingContender(fails=True)], find_sequences([tmp_path]), (0, 1), jobs=2)


def test_the_default_model_runs_on_a_folder(tmp_path: Path) -> None:
    write_sequence(tmp_path / "a", ["5,5,10,10"] * 3)
    default = contender("default", "cpu")
    assert "lite0.safetensors, SHA-256 " in default.description()
    (report,) = evaluate_all([default], find_sequences([tmp_path]), (0,))
    assert (report.tracker, report.device) == ("lite0", "cpu")
    assert report.runs[0].accuracy.frames == 3
    with pytest.raises(TrackerError, match="no model named"):
        contender("no-such-model", "cpu").description()
    assert contender("weights/mine.safetensors", "cpu").name == "mine"


def test_sequences_are_grouped_by_folder_and_may_be_cut_short(tmp_path: Path) -> None:
    for name in ("many/b", "many/a", "other/c", "other/d"):
        write_sequence(tmp_path / name, ["5,5,10,10", "6,5,10,10", "7,5,10,10"])
    sets = sets_in([tmp_path / "many", tmp_path / "other" / "d", tmp_path / "other" / "c"])
    assert [(one.name, [s.name for s in one.sequences]) for one in sets] == [
        ("many", ["a", "b"]),
        ("other", ["d", "c"]),
    ]
    (short, _) = shortened(sets, 2)
    assert [len(sequence) for sequence in short.sequences] == [2, 2]
    assert short.sequences[0].boxes == (BoundingBox(5, 5, 10, 10), BoundingBox(6, 5, 10, 10))
    assert len(shortened(sets, 9)[0].sequences[0]) == 3
    with pytest.raises(TrackerError, match="Two sequences are named a"):
        check_distinct(sets_in([tmp_path / "many", tmp_path / "many" / "a"]))


def test_generated_scenes_are_sequences_of_their_own() -> None:
    generated = generated_set()
    assert len(generated.sequences) == 9
    scene = generated.sequences[0]
    assert scene.boxes[0] is not None
    assert scene.read(1).shape == (480, 640, 3)
    again = pickle.loads(pickle.dumps(scene))
    np.testing.assert_array_equal(again.read(5), scene.read(5))
