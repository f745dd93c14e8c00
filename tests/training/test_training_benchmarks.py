from __future__ import annotations

import json

import cv2
import numpy as np
import pytest
from test_training_layouts import write_video

from tracker.errors import TrackerError
from tracker.training.benchmark_layouts import read_got10k, read_lasot, read_mot, read_trackingnet
from tracker.training.coco_layout import read_coco_export
from tracker.training.video_cache import VideoCache


def pictures(folder, names):
    folder.mkdir(parents=True, exist_ok=True)
    for number, name in enumerate(names):
        cv2.imwrite(str(folder / name), np.full((20, 30, 3), 8 * number, np.uint8))


def test_got10k_leaves_out_absent_and_covered_frames(tmp_path):
    sequence = tmp_path / "GOT-10k_Train_000001"
    pictures(sequence, [f"{number:08d}.jpg" for number in range(1, 5)])
    (sequence / "groundtruth.txt").write_text("1.0000,2.0000,10.0000,12.0000\n" * 4)
    (sequence / "absence.label").write_text("0\n1\n0\n0\n")
    (sequence / "cover.label").write_text("8\n8\n0\n3\n")
    (record,) = read_got10k(tmp_path)
    assert record.visible.tolist() == [0, 3]
    np.testing.assert_allclose(record.boxes[0], [1, 2, 10, 12])


def test_lasot_flags_stand_on_one_line_and_classes_are_known(tmp_path):
    sequence = tmp_path / "cat" / "cat-3"
    pictures(sequence / "img", [f"{number:08d}.jpg" for number in range(1, 5)])
    (sequence / "groundtruth.txt").write_text("1,2,10,12\n" * 4)
    (sequence / "full_occlusion.txt").write_text("0,1,0,0")
    (sequence / "out_of_view.txt").write_text("0,0,0,1")
    (record,) = read_lasot(tmp_path)
    assert (record.name, record.label) == ("cat-3", "cat")
    assert record.visible.tolist() == [0, 2]


def test_trackingnet_orders_frames_by_number(tmp_path):
    pictures(tmp_path / "TRAIN_0" / "frames" / "abc", [f"{number}.jpg" for number in range(12)])
    (tmp_path / "TRAIN_0" / "anno").mkdir()
    (tmp_path / "TRAIN_0" / "anno" / "abc.txt").write_text("1,2,10,12\n" * 12)
    (record,) = read_trackingnet(tmp_path)
    assert [int(record.frames[number].mean().round()) for number in (2, 10)] == [16, 80]


def mot_sequence(tmp_path, rows):
    sequence = tmp_path / "MOT-01"
    pictures(sequence / "pics", [f"{number:06d}.jpg" for number in range(1, 31)])
    (sequence / "gt").mkdir()
    (sequence / "gt" / "gt.txt").write_text("\n".join(rows))
    (sequence / "seqinfo.ini").write_text("[Sequence]\nname=MOT-01\nimDir=pics\nseqLength=30\n")


def test_mot_counts_from_one_and_skips_what_is_to_be_ignored(tmp_path):
    rows = [f"{number},7,11,21,8,9,1,1,1" for number in range(1, 31)]
    rows += [f"{number},8,11,21,8,9,0,1,1" for number in range(1, 31)]  # ignored
    rows += [f"{number},9,11,21,8,9,1,12,1" for number in range(1, 31)]  # a reflection
    rows += [f"{number},10,11,21,8,9,1,1,0.1" for number in range(1, 31)]  # hidden
    rows += ["1,11,11,21,8,9,1,1,1"]  # too short
    mot_sequence(tmp_path, rows)
    (record,) = read_mot(tmp_path)
    assert record.name == "MOT-01#7"
    np.testing.assert_allclose(record.boxes[0], [10, 20, 8, 9])


@pytest.mark.parametrize("row", ["31,1,1,1,5,5,1,1,1", "one,1,1,1,5,5,1,1,1", "1,1,1"])
def test_broken_mot_lines_are_named(tmp_path, row):
    mot_sequence(tmp_path, [row])
    with pytest.raises(TrackerError, match="line 1"):
        read_mot(tmp_path)


def export(tmp_path, step=2):
    """Three of five frames of one video, as the program writes them."""
    sure, unsure = {"keyframe": False, "score": 0.9}, {"keyframe": False, "score": 0.1}
    content = {
        "info": {"sources": [{"video_id": 1, "name": "cup", "file": "cup.mp4"}]},
        "categories": [{"id": 1, "name": "cup"}],
        "videos": [{"id": 1, "name": "cup"}],
        "images": [
            {"id": number + 1, "video_id": 1, "file_name": f"cup/{step * number + 1:06d}.jpg", "frame_index": number,
             "source_frame": step * number}
            for number in range(3)
        ],
        "annotations": [
            {"id": number + 1, "image_id": number + 1, "video_id": 1, "track_id": 4, "category_id": 1,
             "bbox": [number, 2, 10, 12], "attributes": attributes}
            for number, attributes in enumerate(({"keyframe": True, "score": 0.1}, sure, unsure))
        ],
    }  # fmt: skip
    path = tmp_path / "labels.json"
    path.write_text(json.dumps(content))
    return path


def test_own_labels_with_the_video_beside_them(tmp_path):
    write_video(tmp_path / "cup.mp4")
    (record,) = read_coco_export(export(tmp_path), VideoCache(tmp_path / "cache"))
    assert (record.name, record.label) == ("cup#4", "cup")
    assert record.visible.tolist() == [0, 2]  # frame 4 is the tracker's guess, and an unsure one
    assert int(record.frames[2].mean().round()) == 80
    np.testing.assert_allclose(record.boxes[2], [1, 2, 10, 12])


def test_own_labels_with_pictures(tmp_path):
    pictures(tmp_path / "cup", ["000001.jpg", "000003.jpg", "000005.jpg"])
    (record,) = read_coco_export(export(tmp_path), VideoCache(tmp_path / "cache"))
    assert record.visible.tolist() == [0, 1]
    assert int(record.frames[1].mean().round()) == 8


def test_missing_pictures_and_wrong_files_are_sentences(tmp_path):
    with pytest.raises(TrackerError, match=r"cup\.mp4"):
        read_coco_export(export(tmp_path), VideoCache(tmp_path / "cache"))
    path = tmp_path / "other.json"
    for text in ("[]", "{", '{"images": [{"id": 1}]}'):
        path.write_text(text)
        with pytest.raises(TrackerError, match=r"other\.json"):
            read_coco_export(path, VideoCache(tmp_path / "cache"))


@pytest.mark.parametrize("read", [read_got10k, read_lasot, read_trackingnet, read_mot])
def test_empty_folders_are_sentences(tmp_path, read):
    with pytest.raises(TrackerError, match="no sequences"):
        read(tmp_path)
