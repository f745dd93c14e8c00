from __future__ import annotations

import av
import cv2
import numpy as np
import pytest

from tracker.errors import TrackerError
from tracker.training.config import DataConfig
from tracker.training.data import StepSampler, load_split
from tracker.training.layouts import read_otb, read_stills_csv, read_video_csv
from tracker.training.records import ImageFiles, MappedFrames
from tracker.training.video_cache import VideoCache


def write_video(path, frames=5):
    """Frame i is filled with grey 40 i."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264rgb", rate=10)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "rgb24"
        stream.options = {"crf": "0"}
        for number in range(frames):
            picture = np.full((48, 64, 3), 40 * number, np.uint8)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux(stream.encode())


def make_sequence(folder, name, rows, masks=None):
    sequence = folder / name
    sequence.mkdir(parents=True)
    write_video(sequence / "video.mp4")
    (sequence / "boxes.csv").write_text("frame,track_id,x,y,w,h\n" + "\n".join(rows) + "\n")
    if masks is not None:
        (sequence / "masks").mkdir()
        for number, value in enumerate(masks):
            cv2.imwrite(str(sequence / "masks" / f"{number:05d}.png"), np.full((48, 64), value, np.uint8))


def test_video_rows_frames_and_masks_go_together(tmp_path):
    make_sequence(tmp_path / "data", "cat", ["0,1,1,2,30,20", "3,1,4,5,6,7.5"], masks=[0, 255, 0, 255, 0])
    (record,) = read_video_csv(tmp_path / "data", VideoCache(tmp_path / "cache"))
    assert record.name == "cat"
    assert record.visible.tolist() == [0, 3]
    np.testing.assert_allclose(record.boxes[3], [4, 5, 6, 7.5])
    assert [int(record.frames[number].mean().round()) for number in range(5)] == [0, 40, 80, 120, 160]
    assert record.mask(1).min() == 255
    assert record.mask(2).max() == 0


def test_a_second_reading_decodes_nothing(tmp_path):
    make_sequence(tmp_path / "data", "cat", ["0,1,1,2,30,20"])
    cache = VideoCache(tmp_path / "cache")
    read_video_csv(tmp_path / "data", cache)
    (tmp_path / "data" / "cat" / "video.mp4").write_bytes(b"gone")
    (record,) = read_video_csv(tmp_path / "data", cache)
    assert len(record.frames) == 5


def test_two_tracks_of_one_sequence_share_frames_and_part_masks(tmp_path):
    make_sequence(tmp_path / "data", "boys", ["0,1,1,2,30,20", "0,2,9,9,9,9", "1,2,9,9,9,9"], masks=[1, 2, 2, 1, 0])
    first, second = read_video_csv(tmp_path / "data", VideoCache(tmp_path / "cache"))
    assert (first.name, second.name) == ("boys#1", "boys#2")
    assert first.frames is second.frames
    assert (first.mask(0).max(), first.mask(1).max()) == (255, 0)
    assert (second.mask(0).max(), second.mask(1).max()) == (0, 255)


@pytest.mark.parametrize("row", ["5,1,1,2,3,4", "-1,1,1,2,3,4"])
def test_rows_beyond_the_video_are_refused(tmp_path, row):
    make_sequence(tmp_path / "data", "cat", [row])
    with pytest.raises(TrackerError, match="5 frames"):
        read_video_csv(tmp_path / "data", VideoCache(tmp_path / "cache"))


def test_damaged_video_is_a_sentence(tmp_path):
    make_sequence(tmp_path / "data", "cat", ["0,1,1,2,3,4"])
    (tmp_path / "data" / "cat" / "video.mp4").write_bytes(b"no video")
    with pytest.raises(TrackerError, match="can't be decoded"):
        read_video_csv(tmp_path / "data", VideoCache(tmp_path / "cache"))


@pytest.mark.parametrize("separator", [",", "\t", " ", ", "])
def test_otb_separators_and_absence(tmp_path, separator):
    folder = tmp_path / "Seq" / "img"
    folder.mkdir(parents=True)
    for number in range(3):
        cv2.imwrite(str(folder / f"{number:04d}.jpg"), np.zeros((20, 30, 3), np.uint8))
    rows = [("1", "2", "10", "12"), ("0", "0", "0", "0"), ("NaN", "NaN", "NaN", "NaN")]
    (tmp_path / "Seq" / "groundtruth_rect.txt").write_text("\n".join(separator.join(row) for row in rows))
    (record,) = read_otb(tmp_path)
    assert record.visible.tolist() == [0]
    assert record.frames[2].shape == (20, 30, 3)


def test_stills_keep_boxes_and_labels_by_file(tmp_path):
    (tmp_path / "img").mkdir()
    (tmp_path / "boxes.csv").write_text("file,class,x,y,w,h\nb.png,cat,1,2,3,4\na.png,dog,5,6,7,8\nb.png,dog,1,1,1,1\n")
    a, b = read_stills_csv(tmp_path)
    assert (a.path.name, a.labels, b.labels) == ("a.png", ("dog",), ("cat", "dog"))
    np.testing.assert_allclose(b.boxes, [[1, 2, 3, 4], [1, 1, 1, 1]])
    with pytest.raises(TrackerError, match=r"a\.png"):
        a.picture()


def test_held_out_sequences_are_in_no_training_set(tmp_path):
    for name in ("cat", "dog"):
        make_sequence(tmp_path / "data", name, ["0,1,1,2,30,20"])
    config = DataConfig(videos=(str(tmp_path / "data"),), cache=str(tmp_path / "cache"), held_out=("dog",))
    split = load_split(config)
    assert [track.name for track in split.tracks] == ["cat"]
    assert [track.name for track in split.held_out_tracks] == ["dog"]


def test_unknown_held_out_names_and_missing_folders_are_refused(tmp_path):
    make_sequence(tmp_path / "data", "cat", ["0,1,1,2,30,20"])
    config = DataConfig(videos=(str(tmp_path / "data"),), cache=str(tmp_path / "cache"), held_out=("horse",))
    with pytest.raises(TrackerError, match="horse"):
        load_split(config)
    with pytest.raises(TrackerError, match="doesn't exist"):
        load_split(DataConfig(stills=(str(tmp_path / "nothing"),), cache=str(tmp_path / "cache")))


def test_no_item_is_seen_twice_by_any_process_or_after_a_resume():
    whole = [number for step in StepSampler(0, 6, 4, 0, 1) for number in step]
    resumed = [number for step in StepSampler(4, 6, 4, 0, 1) for number in step]
    assert whole[16:] == resumed
    ranks = [number for rank in (0, 1) for step in StepSampler(0, 3, 4, rank, 2) for number in step]
    assert sorted(ranks) == whole


def test_mapped_frames_travel_as_a_path(tmp_path):
    np.save(tmp_path / "a.npy", np.arange(24, dtype=np.uint8).reshape(2, 3, 4))
    frames = MappedFrames(tmp_path / "a.npy")
    assert frames[1][0, 0] == 12
    assert frames.__getstate__()["_array"] is None
    assert len(ImageFiles([])) == 0
