"""Files of other tools, good and bad."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from format_fixtures import read_as, small_project, write_as

from app.document.model import Project
from app.errors import AppError
from app.formats.options import ExportOptions, ImportOptions, SourceShape
from app.formats.progress import SILENT
from app.formats.recognition import Recognised, recognise, recognise_near
from app.formats.registry import FORMATS, format_named
from tracker.geometry import BoundingBox

DETECTION = {
    "images": [
        {"id": 7, "file_name": "a/1.jpg", "width": 100, "height": 50},
        {"id": 9, "file_name": "a/2.jpg", "width": 100, "height": 50},
        {"id": 3, "file_name": "b/1.jpg", "width": 20, "height": 10},
    ],
    "annotations": [
        {"id": 0, "image_id": 9, "category_id": 0, "bbox": [1, 2, 3, 4]},
        {"id": 1, "image_id": 3, "category_id": 0, "bbox": [1.5, 2, 3, 4], "attributes": {"track_id": 4}},
    ],
    "categories": [{"id": 0, "name": "thing"}],
}

SEQINFO = "[Sequence]\nname=s\nimDir=img1\nframeRate=30\nseqLength=3\nimWidth=100\nimHeight=50\nimExt=.jpg\n"
GOOD_ROW = "1,4,1,1,11.25,21.5,1,1,1"


def write_json(path, content):
    path.write_text(json.dumps(content))
    return path


def write_mot(folder, rows, seqinfo=SEQINFO, labels="thing\n"):
    (folder / "gt").mkdir()
    (folder / "seqinfo.ini").write_text(seqinfo)
    (folder / "gt" / "gt.txt").write_text(rows)
    if labels is not None:
        (folder / "gt" / "labels.txt").write_text(labels)
    return folder


def test_a_detection_file_of_somebody_else(tmp_path):
    project = read_as("coco", write_json(tmp_path / "in.json", DETECTION))
    first, second = project.sequences.values()
    assert (first.name, first.frame_count, second.name, second.frame_count) == ("a", 2, "b", 1)
    (track,) = first.tracks.values()
    assert track.box_at(1) == BoundingBox(1, 2, 3, 4)
    assert project.categories[track.category_id].name == "thing"
    assert min(project.categories) >= 1
    (track,) = second.tracks.values()
    assert (track.id, track.box_at(0)) == (4, BoundingBox(1.5, 2, 3, 4))


def changed(*path_and_value):
    *path, value = path_and_value
    content = json.loads(json.dumps(DETECTION))
    place = content
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return content


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ([], "no JSON object"),
        ({}, "'categories'"),
        (changed("images", 3), "'images'"),
        (changed("images", 0, 3), r"images\[0\] is no object"),
        (changed("images", 1, "id", 7), r"images\[1\].*an id of its own"),
        (changed("images", 0, "width", 0), r"images\[0\].*'width'"),
        (changed("images", 0, "width", "x"), r"images\[0\].*'width'"),
        (changed("images", 0, "video_id", 5), "the id of a video"),
        (changed("annotations", 0, "image_id", 99), r"annotations\[0\].*the id of an image"),
        (changed("annotations", 0, "category_id", 99), "the id of a category"),
        (changed("annotations", 1, "bbox", [1, 2, 3]), r"annotations\[1\].*a list of 4 numbers"),
        (changed("annotations", 1, "bbox", [1, 2, 0, 4]), "a width and a height"),
        (changed("annotations", 1, "bbox", [1, 2, None, 4]), "a number"),
        (changed("annotations", 1, "bbox", [1, 2, float("nan"), 4]), "a number"),
        (changed("annotations", 1, "bbox", [1, 2, 1e300, 4]), "a number"),
        (changed("annotations", 1, "bbox", [1, 2, 10**400, 4]), "a number"),
    ],
)
def test_broken_coco_files_are_refused_with_the_place(tmp_path, content, said):
    with pytest.raises(AppError, match=said) as caught:
        read_as("coco", write_json(tmp_path / "in.json", content))
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 400


def folder_of(*pictures):
    return ImportOptions(source=SourceShape("shots", len(pictures), 64, 48, 30.0, pictures))


def pictures(*names, **changes):
    """A detection set with a box on each picture, x telling which."""
    images = [{"id": n, "file_name": name, "width": 64, "height": 48} for n, name in enumerate(names, 1)]
    boxes = [{"id": n, "image_id": n, "category_id": 1, "bbox": [n, 2, 3, 4]} for n in range(1, len(names) + 1)]
    return {"images": images, "annotations": boxes, "categories": [{"id": 1, "name": "cup"}], **changes}


def frames_of(project):
    """Name of the sequence -> frame of each picture, in the order of the file."""
    return {
        it.name: [frame for track in sorted(it.tracks.values(), key=lambda t: t.id) for frame in track.frames()]
        for it in project.sequences.values()
    }


@pytest.mark.parametrize(
    ("names", "options", "frames"),
    [
        (["frame_000011.PNG", "frame_000000.PNG", "frame_000005.PNG"], ImportOptions(), {"in": [11, 0, 5]}),
        (["v\\frame_3.png", "v\\frame_1.png"], ImportOptions(), {"v": [2, 0]}),
        (["v/frame_3.png", "v/frame_1.png"], ImportOptions(frame_base=0), {"v": [3, 1]}),
        (["cat_7.jpg", "dog_7.jpg", "ant_2.jpg"], ImportOptions(), {"in": [0, 1, 2]}),
        (["b.jpg", "a.jpg"], folder_of("a.png", "b.png"), {"in": [1, 0]}),
        (["7.jpg", "9.jpg"], folder_of("5.jpg", "7.jpg", "9.jpg"), {"in": [1, 2]}),
        (["7.jpg", "9.jpg", "8.jpg"], folder_of("5.jpg", "7.jpg", "9.jpg"), {"in": [1, 2, 3]}),
    ],
)
def test_pictures_of_a_detection_set_are_frames_by_their_names(tmp_path, names, options, frames):
    assert frames_of(read_as("coco", write_json(tmp_path / "in.json", pictures(*names)), options)) == frames


def test_coco_pictures_without_a_size_are_as_large_as_the_video(tmp_path):
    content = pictures("a_1.jpg")
    del content["images"][0]["width"], content["images"][0]["height"]
    path = write_json(tmp_path / "in.json", content)
    (sequence,) = read_as("coco", path, folder_of("x.jpg")).sequences.values()
    assert (sequence.width, sequence.height) == (64, 48)
    with pytest.raises(AppError, match=r"images\[0\] does not tell its size.*choose the video"):
        read_as("coco", path)


RUNS = [2 + 48 * 2, 3, 45, 4, 64 * 48 - 150]


@pytest.mark.parametrize(
    ("outline", "box"),
    [
        ([[1, 2, 7.5, 2, 3, 9], [0.5, 4, 2, 4]], (0.5, 2, 7, 7)),
        ({"size": [48, 64], "counts": RUNS}, (2, 2, 2, 4)),
        ({"size": [48, 64], "counts": "R33]11mi2"}, (2, 2, 2, 4)),
        ({"size": [48, 64], "counts": [40, 20, 64 * 48 - 60]}, (0, 0, 2, 48)),
    ],
)
def test_coco_outlines_without_a_box_get_the_box_round_them(tmp_path, outline, box):
    content = pictures("a_1.jpg")
    content["annotations"][0] |= {"bbox": None, "segmentation": outline, "iscrowd": 1}
    read = format_named("coco").read(write_json(tmp_path / "in.json", content), ImportOptions(), SILENT)
    (track,) = next(iter(read.project.sequences.values())).tracks.values()
    assert track.box_at(0) == BoundingBox(*box)
    said = " ".join(read.notes)
    assert "1 outlines have no box" in said
    assert "1 boxes are of groups" in said


@pytest.mark.parametrize(
    "outline",
    [
        [],
        [[1, 2, 3]],
        [[1, 2, "x", 4]],
        [[1, 2, float("nan"), 4]],
        7,
        {"size": [48, 64], "counts": [3, 5]},
        {"size": [48, 64], "counts": [-1, 48 * 64 + 1]},
        {"size": [48, 64], "counts": [48 * 64]},
        {"size": [48, 64], "counts": [2**62, 2**62, 2**62, 2**62]},
        {"size": [2**40, 2**40], "counts": [1, 2]},
        {"size": [48, 64], "counts": "\u00e9"},
        {"size": [48, 64], "counts": "ooooooooooo"},
        {"size": [48], "counts": []},
    ],
)
def test_broken_coco_outlines_are_refused_with_the_place(tmp_path, outline):
    content = pictures("a_1.jpg")
    content["annotations"][0] |= {"bbox": None, "segmentation": outline}
    with pytest.raises(AppError, match=r"in\.json, annotations\[0\].*correct the file"):
        read_as("coco", write_json(tmp_path / "in.json", content))


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"{", b"[" * 100000, b'{"a": ' + b"9" * 10000 + b"}"])
def test_what_is_no_json_is_refused(tmp_path, content):
    (tmp_path / "in.json").write_bytes(content)
    with pytest.raises(AppError, match="no JSON"):
        read_as("coco", tmp_path / "in.json")
    with pytest.raises(AppError, match="cannot be read"):
        read_as("coco", tmp_path / "missing.json")


def test_two_boxes_of_a_track_on_one_frame_are_refused(tmp_path):
    content = json.loads(json.dumps(DETECTION))
    content["annotations"] = [{**content["annotations"][1]}, {**content["annotations"][1], "id": 2}]
    with pytest.raises(AppError, match="second box of track 4"):
        read_as("coco", write_json(tmp_path / "in.json", content))


def test_huge_frame_numbers_are_refused_before_anything_is_allocated(tmp_path):
    content = changed("images", 0, "video_id", 1)
    content["images"][0]["frame_id"] = 2**40
    content["videos"] = [{"id": 1, "name": "v", "width": 10, "height": 10}]
    with pytest.raises(AppError, match=r"images\[0\] is frame"):
        read_as("coco", write_json(tmp_path / "in.json", content))


@pytest.mark.parametrize(("base", "x"), [(None, 0.0), (1, 0.0), (0, 1.0)])
def test_mot_box_base(tmp_path, base, x):
    project = read_as("mot", write_mot(tmp_path, GOOD_ROW), ImportOptions(box_base=base))
    assert project.sequences[1].tracks[4].box_at(0) == BoundingBox(x, x, 11.25, 21.5)


def test_our_own_mot_files_say_their_box_base(tmp_path):
    write_as("mot", small_project(), tmp_path / "mot", ExportOptions(own={"box-base": 0}))
    back = read_as("mot", tmp_path / "mot")
    assert {it.name for it in back.sequences.values()} == {"clip", "Clip"}
    track = next(it for sequence in back.sequences.values() for it in sequence.tracks.values() if it.id == 2)
    assert track.box_at(0) == BoundingBox(10.25, 20.5, 30.125, 40.0625)
    assert track.name == "track 0"


def test_official_classes_need_no_labels_and_ignored_rows_are_left_out(tmp_path):
    rows = f"{GOOD_ROW}\n2,4,1,1,5,5,0,1,1\n\n2,5,1,1,5,5,1,3,0.5,7\n"
    project = read_as("mot", write_mot(tmp_path, rows, labels=None))
    assert sorted(it.name for it in project.categories.values()) == ["car", "pedestrian"]
    assert project.sequences[1].tracks[4].frames() == [0]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("-1,4,1,1,5,5,1,1,1", "line 2: frame -1 is not in 1 to 3"),
        ("4,4,1,1,5,5,1,1,1", "frame 4 is not in 1 to 3"),
        ("1,-2,1,1,5,5,1,1,1", "id -2 is no track"),
        (GOOD_ROW, "second box of id 4 on frame 1"),
        ("2,4,1,1,0,5,1,1,1", "no width"),
        ("2,4,1,1,5,5,1", "not 9 numbers"),
        ("2,4,1,nan,5,5,1,1,1", "not 9 numbers"),
        ("2,4,1,1,5,5,1,1,x", "not 9 numbers"),
        ("1.5,4,1,1,5,5,1,1,1", "whole numbers"),
        ("2,5,1,1,5,5,1,9,1", "class 9 has no name"),
    ],
)
def test_broken_mot_rows_are_refused_with_the_line(tmp_path, row, said):
    with pytest.raises(AppError, match=said) as caught:
        read_as("mot", write_mot(tmp_path, f"{GOOD_ROW}\n{row}\n"))
    assert "gt.txt, line 2" in str(caught.value)


@pytest.mark.parametrize("world", ["-1,-1,-1", "-3.52,2.75,0", "4.5,-1,-1"])
def test_mot_with_places_in_the_world_has_no_classes_and_hides_nothing(tmp_path, world):
    """MOT15 and results of trackers: ten columns, x, y, z where later sets have class and visibility."""
    rows = f"1,4,1,1,5,5,1,{world}\n2,4,1,1,5,5,0.25,{world}\n"
    read = format_named("mot").read(write_mot(tmp_path, rows), ImportOptions(), SILENT)
    (track,) = read.project.sequences[1].tracks.values()
    assert read.project.categories[track.category_id].name == "thing"
    assert [(track.visibility_at(it), track.boxes.get(it).score) for it in track.frames()] == [(1, 1), (1, 0.25)]
    assert not track.keyframes
    assert "no classes" in read.notes[0]


def test_mot_rows_of_ten_columns_with_classes_keep_them(tmp_path):
    rows = "1,4,1,1,5,5,1,1,0.5,7\n2,4,1,1,5,5,1,1,1,7\n"
    (track,) = read_as("mot", write_mot(tmp_path, rows)).sequences[1].tracks.values()
    assert [track.visibility_at(frame) for frame in (0, 1)] == [0.5, 1]


def test_mot_detections_are_read_where_there_is_no_ground_truth(tmp_path):
    write_mot(tmp_path, GOOD_ROW).joinpath("gt", "gt.txt").unlink()
    (tmp_path / "det").mkdir()
    (tmp_path / "det" / "det.txt").write_text("1,-1,11,21,5,5,0.5,-1,-1,-1\n3,-1,11,21,5,5,73.5,-1,-1,-1\n")
    first, second = read_as("mot", tmp_path).sequences[1].tracks.values()
    assert (first.frames(), second.frames()) == ([0], [2])
    assert first.box_at(0) == BoundingBox(10, 20, 5, 5)
    assert first.boxes.get(0).score == 1, "scores of that detector are no shares"


@pytest.mark.parametrize(
    "seqinfo",
    [
        "",
        "hello",
        "[Other]\n",
        SEQINFO.replace("=3", "=x"),
        SEQINFO.replace("=3", "=-1"),
        SEQINFO.replace("=3", "=1" + "0" * 20),
        SEQINFO.replace("imWidth=100\n", ""),
    ],
)
def test_broken_seqinfo_is_refused(tmp_path, seqinfo):
    with pytest.raises(AppError, match=r"seqinfo\.ini"):
        read_as("mot", write_mot(tmp_path, GOOD_ROW, seqinfo))


def test_folders_that_are_not_mot_are_refused(tmp_path):
    with pytest.raises(AppError, match=r"no seqinfo\.ini"):
        read_as("mot", tmp_path)
    write_mot(tmp_path, GOOD_ROW)
    (tmp_path / "gt" / "gt.txt").unlink()
    with pytest.raises(AppError, match="cannot be read"):
        read_as("mot", tmp_path)


def test_an_export_without_sequences_is_one(tmp_path):
    for known in FORMATS:
        write_as(known, Project(), tmp_path / known.name)
        assert recognise(tmp_path / known.name) is known
        assert not read_as(known, tmp_path / known.name).sequences


def x_anylabeling(folder, rows):
    """Its layout: files beside each other, frames and classes from 0, -1 for no track, whole pixels."""
    (folder / "seqinfo.ini").write_text(SEQINFO)
    (folder / "gt.txt").write_text(rows)
    (folder / "labels.txt").write_text("thing\nother\n")
    return folder


def test_mot_of_x_anylabeling_is_read_as_it_is_meant_and_said(tmp_path):
    folder = x_anylabeling(tmp_path, "0,-1,10,20,5,5,1,0,1\n0,-1,30,20,5,5,1,0,1\n2,7,1,1,5,5,1,1,1\n")
    read = format_named("mot").read(folder, ImportOptions(box_base=0), SILENT)
    (sequence,) = read.project.sequences.values()
    boxes = [(it.box_at(0), it.box_at(2)) for it in sequence.tracks.values()]
    assert boxes == [
        (BoundingBox(10, 20, 5, 5), None),
        (BoundingBox(30, 20, 5, 5), None),
        (None, BoundingBox(1, 1, 5, 5)),
    ]
    assert sorted(sequence.tracks) == [1, 2, 7]
    assert read.project.categories[sequence.tracks[7].category_id].name == "other"
    assert read.frame_base == 0
    said = " ".join(read.notes)
    for words in ("frames from 0", "classes from 0", "2 boxes have the id -1"):
        assert words in said


def test_mot_of_x_anylabeling_is_refused_with_the_line_where_the_person_says_that_frames_count_from_1(tmp_path):
    folder = x_anylabeling(tmp_path, "0,3,10,20,5,5,1,0,1\n")
    with pytest.raises(AppError, match=r"gt\.txt, line 1: frame 0 is not in 1 to 3"):
        read_as("mot", folder, ImportOptions(frame_base=1))


def test_mot_of_cvat_has_no_seqinfo_and_takes_the_size_of_the_video(tmp_path):
    write_mot(tmp_path, GOOD_ROW)
    (tmp_path / "seqinfo.ini").unlink()
    with pytest.raises(AppError, match="name the video"):
        read_as("mot", tmp_path)
    source = SourceShape("clip", 7, 320, 240, 25.0)
    project = read_as("mot", tmp_path, ImportOptions(box_base=0, source=source))
    (sequence,) = project.sequences.values()
    assert (sequence.name, sequence.frame_count, sequence.width, sequence.fps) == ("clip", 7, 320, 25.0)
    assert sequence.tracks[4].box_at(0) == BoundingBox(1, 1, 11.25, 21.5)


def test_coco_frames_that_count_from_1_are_noticed(tmp_path):
    content = {
        "categories": [{"id": 1, "name": "thing"}],
        "videos": [{"id": 5, "name": "v", "width": 100, "height": 50}],
        "images": [{"id": n, "video_id": 5, "frame_id": n, "width": 100, "height": 50} for n in (1, 2)],
        "annotations": [{"id": 1, "image_id": 1, "category_id": 1, "instance_id": 9, "bbox": [1, 2, 3, 4]}],
    }
    read = format_named("coco").read(write_json(tmp_path / "in.json", content), ImportOptions(), SILENT)
    assert read.project.sequences[5].tracks[9].box_at(0) == BoundingBox(1, 2, 3, 4)
    assert (read.frame_base, read.project.sequences[5].frame_count) == (1, 2)
    assert "from 1" in read.notes[0]
    told = read_as("coco", tmp_path / "in.json", ImportOptions(frame_base=0, box_base=1))
    assert told.sequences[5].tracks[9].box_at(1) == BoundingBox(0, 1, 3, 4)


def test_lists_in_any_order_and_a_file_larger_than_one_block(tmp_path):
    video = {"id": 1, "name": "v", "width": 100, "height": 50, "metadata": {"note": "x" * 2_500_000}}
    content = {
        "annotations": [
            {"id": n, "image_id": n, "category_id": 2, "track_id": 1, "bbox": [n % 50, 1, 3, 4]} for n in range(1, 9000)
        ],
        "images": [{"id": n, "video_id": 1, "frame_index": n - 1, "width": 100, "height": 50} for n in range(1, 9000)],
        "videos": [video],
        "categories": [{"id": 2, "name": "thing"}],
    }
    project = read_as("coco", write_json(tmp_path / "in.json", content))
    track = project.sequences[1].tracks[1]
    assert track.frames() == list(range(8999))
    assert all(track.box_at(n - 1) == BoundingBox(n % 50, 1, 3, 4) for n in range(1, 9000))


@pytest.mark.parametrize("cut", [2, 40, 200, 330])
def test_truncated_coco_files_are_refused_with_the_line(tmp_path, cut):
    write_as("coco", small_project(), tmp_path / "out.json")
    text = (tmp_path / "out.json").read_text()
    (tmp_path / "out.json").write_text(text[: len(text) - cut])
    with pytest.raises(AppError, match=r"line \d+ is no JSON"):
        read_as("coco", tmp_path / "out.json")


def test_what_formats_look_like(tmp_path):
    for known in FORMATS:
        path = tmp_path / f"{known.name}{known.suffix}"
        write_as(known, small_project(), path)
        assert recognise(path) is known
    (tmp_path / "junk").write_bytes(bytes(range(256)) * 300)
    (tmp_path / "empty").mkdir()
    for name, said in (("junk", "looks like none"), ("empty", "looks like none"), ("missing", "is not there")):
        with pytest.raises(AppError, match=said):
            recognise(tmp_path / name)


def test_one_file_of_an_export_of_ours_stands_for_the_whole(tmp_path):
    """What ``export_info.json`` tells (bases, steps, names) would be lost otherwise."""
    for known in FORMATS:
        path = tmp_path / known.name
        write_as(known, small_project(), path)
        for file in (it for it in path.rglob("*") if it.is_file()) if path.is_dir() else ():
            found = recognise_near(file)
            assert found.format is known
            assert found.path in {path, file}
            assert found.path == path or known.name == "cvat", file


def test_one_file_of_a_folder_of_others_stands_for_as_much_as_belongs_together(tmp_path):
    sequence = tmp_path / "MOT17" / "train" / "a"
    sequence.mkdir(parents=True)
    write_mot(sequence, GOOD_ROW)
    assert recognise_near(sequence / "gt" / "gt.txt") == Recognised(format_named("mot"), sequence)
    foreign = Path(__file__).with_name("foreign")
    label = next((foreign / "yolo_roboflow").rglob("labels/*.txt"))
    assert recognise_near(label) == Recognised(format_named("yolo"), foreign / "yolo_roboflow")


def test_a_file_that_lies_beside_a_data_set_is_not_taken_for_it(tmp_path):
    (tmp_path / "a").mkdir()
    write_mot(tmp_path / "a", GOOD_ROW)
    (tmp_path / "other").mkdir()
    for name, said in (("boxes.json", "is empty"), ("table.csv", "is empty"), ("other/notes.txt", "is empty")):
        (tmp_path / name).touch()
        with pytest.raises(AppError, match=said):
            recognise_near(tmp_path / name)
    (tmp_path / "boxes.json").write_text("[1, 2]")
    with pytest.raises(AppError, match="looks like none of the formats"):
        recognise_near(tmp_path / "boxes.json")
