"""The files themselves, number by number, where a reader of ours could undo a mistake of our writer."""

from __future__ import annotations

import csv
import io
import json
from xml.etree import ElementTree as ET

import pytest
from format_fixtures import read_as, write_as

from app.document.model import Category, Keyframe, Project, Sequence, Track
from app.document.tracked_boxes import TrackedBox
from app.formats.losses import losses
from app.formats.options import ExportOptions, Split, Splits
from app.formats.registry import format_named
from app.formats.selection import select
from tracker.geometry import BoundingBox
from tracker.result import TrackStatus


@pytest.fixture
def project():
    """Frames 0 and 4 set by a person, 1 and 2 tracked on a straight line, 3 off it, 5 lost, 7 hidden, gone from 8."""
    track = Track(3, "=1+1", 2)
    track.keyframes[0] = Keyframe(BoundingBox(10, 20, 30, 40))
    for frame, x in ((1, 12), (2, 14), (3, 30)):
        track.boxes.set(frame, TrackedBox(BoundingBox(x, 20, 30, 40), 0.5, TrackStatus.FOUND))
    track.keyframes[4] = Keyframe(BoundingBox(18.5, 20, 30, 40))
    track.boxes.set(5, TrackedBox(BoundingBox(1, 1, 1, 1), 0.1, TrackStatus.NOT_FOUND))
    track.keyframes[7] = Keyframe(BoundingBox(-10, 20, 30, 40), occluded=True, visibility=0.25)
    track.keyframes[8] = Keyframe(None)
    sequence = Sequence(1, "clip", "/videos/clip.mp4", 10, 100, 80, 25.0, tracks={3: track})
    return Project({1: sequence}, {1: Category(1, "cup"), 2: Category(2, "Käse 🧀")})


def test_cvat_keeps_a_track_editable_and_ends_it(tmp_path, project):
    write_as("cvat", project, tmp_path / "out")
    root = ET.parse(tmp_path / "out" / "clip.xml").getroot()
    (track,) = root.iter("track")
    assert (track.get("label"), track.get("source")) == ("Käse 🧀", "semi-auto")
    boxes = [(it.get("frame"), it.get("outside"), it.get("keyframe"), it.get("occluded")) for it in track.iter("box")]
    assert boxes == [
        ("0", "0", "1", "0"),
        ("1", "0", "0", "0"),
        ("2", "0", "1", "0"),
        ("3", "0", "1", "0"),
        ("4", "0", "1", "0"),
        ("5", "1", "1", "0"),
        ("7", "0", "1", "1"),
        ("8", "1", "1", "0"),
    ]
    corners = [(it.get("xtl"), it.get("xbr")) for it in track.iter("box")]
    assert corners[1] == ("12", "42")
    assert corners[6] == ("-10", "20")
    assert root.findtext("meta/task/original_size/width") == "100"
    assert [it.findtext("name") for it in root.iter("label")] == ["cup", "Käse 🧀"]


def test_cvat_makes_no_keyframes_of_a_straight_path_within_the_tolerance(tmp_path, project):
    write_as("cvat", project, tmp_path / "out", ExportOptions(own={"keyframe-tolerance": 20.0}))
    root = ET.parse(tmp_path / "out" / "clip.xml").getroot()
    keys = [int(it.get("frame")) for it in root.iter("box") if it.get("keyframe") == "1"]
    assert keys == [0, 4, 5, 7, 8]


def test_label_studio_draws_no_line_over_a_keyframe_outside_the_picture(tmp_path):
    track = Track(1, "", 1)
    places = ((0, BoundingBox(10, 10, 30, 30)), (5, BoundingBox(-90, 10, 30, 30)), (9, BoundingBox(50, 10, 30, 30)))
    for frame, box in places:
        track.keyframes[frame] = Keyframe(box)
    project = Project({1: Sequence(1, "clip", "", 10, 320, 240, 25.0, tracks={1: track})}, {1: Category(1, "cup")})
    path = tmp_path / "out.json"
    write_as("label-studio", project, path, ExportOptions(keyframes_only=True))
    imported = read_as("label-studio", path).sequences[1].tracks[1]
    assert [frame for frame in range(10) if imported.box_at(frame)] == [0, 9]


def test_label_studio_counts_from_one_and_switches_off_before_a_gap(tmp_path, project):
    write_as("label-studio", project, tmp_path / "out.json")
    (task,) = json.loads((tmp_path / "out.json").read_text("ascii"))
    (result,) = task["annotations"][0]["result"]
    assert (result["type"], result["value"]["labels"], result["value"]["framesCount"]) == (
        "videorectangle",
        ["Käse 🧀"],
        10,
    )
    keys = result["value"]["sequence"]
    assert [(it["frame"], it["enabled"]) for it in keys] == [
        (1, True),
        (2, True),
        (3, True),
        (4, True),
        (5, False),
        (8, False),
    ]
    assert keys[0] == {
        "frame": 1,
        "enabled": True,
        "rotation": 0,
        "x": 10.0,
        "y": 25.0,
        "width": 30.0,
        "height": 50.0,
        "time": 0.04,
    }
    assert (keys[-1]["x"], keys[-1]["width"]) == (0.0, 20.0), "cut at the border"


def test_youtube_vis_has_null_where_there_is_nothing(tmp_path, project):
    write_as("youtube-vis", project, tmp_path / "out.json")
    content = json.loads((tmp_path / "out.json").read_text("ascii"))
    (annotation,) = content["annotations"]
    assert "images" not in content
    assert content["videos"][0]["length"] == len(content["videos"][0]["file_names"]) == 10
    for key in ("bboxes", "areas", "segmentations"):
        assert [it is None for it in annotation[key]] == [frame in {5, 6, 8, 9} for frame in range(10)]
    assert annotation["bboxes"][0] == [10, 20, 30, 40]
    assert annotation["areas"][7] == 20 * 40


def test_yolo_has_five_numbers_and_an_empty_file_for_an_empty_picture(tmp_path, project):
    write_as("yolo", project, tmp_path / "out")
    labels = tmp_path / "out" / "labels" / "train"
    assert len(list(labels.iterdir())) == 10
    assert (labels / "clip_000006.txt").read_bytes() == b""
    assert [float(it) for it in (labels / "clip_000001.txt").read_text().split()] == [1, 0.25, 0.5, 0.3, 0.5]
    assert (tmp_path / "out" / "labels_track" / "train" / "clip_000001.txt").read_text().split()[5:] == ["3"]
    yaml = (tmp_path / "out" / "data.yaml").read_text("utf-8")
    assert 'train: images/train\nval: images/train\nnames:\n  0: "cup"\n  1: "Käse 🧀"\n' in yaml


def test_yolo_without_tracks_says_what_is_lost(tmp_path, project):
    options = ExportOptions(own={"tracks": False}, splits=Splits(named={1: Split.VAL}))
    said = write_as("yolo", project, tmp_path / "out", options)
    assert any("labels_track" in it for it in said)
    assert not (tmp_path / "out" / "labels_track").exists()
    assert "train: images/val\nval: images/val\n" in (tmp_path / "out" / "data.yaml").read_text("utf-8")


@pytest.mark.parametrize(("base", "corners"), [(1, ["11", "21", "40", "60"]), (0, ["10", "20", "40", "60"])])
def test_voc_corners_by_the_kit_and_as_edges(tmp_path, project, base, corners):
    write_as("voc", project, tmp_path / "out", ExportOptions(own={"box-base": base}))
    root = ET.parse(tmp_path / "out" / "Annotations" / "clip_000001.xml").getroot()
    assert [it.text for it in root.find("object/bndbox")] == corners
    assert root.findtext("size/width") == "100"
    hidden = ET.parse(tmp_path / "out" / "Annotations" / "clip_000008.xml").getroot()
    assert (hidden.findtext("object/truncated"), hidden.findtext("object/occluded")) == ("1", "1")
    listed = (tmp_path / "out" / "ImageSets" / "Main" / "train.txt").read_text().split()
    assert listed[0] == "clip_000001"
    assert len(listed) == 10


def test_otb_counts_pixels_from_one_and_has_a_line_for_every_frame(tmp_path, project):
    write_as("otb", project, tmp_path / "out")
    lines = (tmp_path / "out" / "clip-3" / "groundtruth_rect.txt").read_text().splitlines()
    assert lines[0] == "11,21,30,40"
    assert lines[4] == "19.5,21,30,40"
    assert [number for number, line in enumerate(lines) if line == "0,0,0,0"] == [5, 6, 8, 9]
    assert len(lines) == 10


def test_got10k_has_its_labels_and_its_list(tmp_path, project):
    write_as("got10k", project, tmp_path / "out")
    folder = tmp_path / "out" / "train" / "clip-3"
    assert (tmp_path / "out" / "train" / "list.txt").read_text() == "clip-3\n"
    assert (folder / "groundtruth.txt").read_text().splitlines()[4] == "18.5000,20.0000,30.0000,40.0000"
    assert (folder / "absence.label").read_text().split() == list("0000011011")
    assert (folder / "cover.label").read_text().split() == list("8888800200")
    assert (folder / "cut_by_image.label").read_text().split() == list("0000000100")
    meta = (folder / "meta_info.ini").read_text("utf-8").splitlines()
    assert meta[0] == "[METAINFO]"
    assert "object_class: Käse 🧀" in meta
    assert "resolution: (100, 80)" in meta


def test_lasot_has_its_flags_on_one_line(tmp_path, project):
    track = project.sequences[1].tracks[3]
    track.keyframes[7] = Keyframe(BoundingBox(10, 20, 30, 40), occluded=True, visibility=0.0)
    write_as("lasot", project, tmp_path / "out")
    folder = tmp_path / "out" / "Käse" / "Käse-3"
    assert (folder / "out_of_view.txt").read_text() == "0,0,0,0,0,1,1,0,1,1\n"
    assert (folder / "full_occlusion.txt").read_text() == "0,0,0,0,0,0,0,1,0,0\n"
    lines = (folder / "groundtruth.txt").read_text().splitlines()
    assert (lines[0], lines[4], lines[5]) == ("10,20,30,40", "18.5,20,30,40", "0,0,0,0")


def test_tracking_sets_say_which_tracks_begin_late(project):
    del project.sequences[1].tracks[3].keyframes[0]
    for name in ("otb", "got10k", "lasot"):
        assert any(
            "1 tracks are not there yet" in it for it in losses(format_named(name), select(project, ExportOptions()))
        )


def test_no_spreadsheet_runs_a_text_of_ours(tmp_path, project):
    texts = ["=1+1", "+1", "-1", "@SUM(A1)", "'quoted", "''", 'a "b", c', "plain"]
    tracks = project.sequences[1].tracks
    for number, text in enumerate(texts, start=3):
        tracks[number] = Track(number, text, 1, {0: Keyframe(BoundingBox(1, 2, 3, 4))})
    project.categories[1] = Category(1, "@cup")
    write_as("csv", project, tmp_path / "out.csv")
    data = (tmp_path / "out.csv").read_bytes()
    assert data.count(b"\r\n") == data.count(b"\n")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8"), newline="")))
    for row in rows:
        assert not row["track"].startswith(("=", "+", "-", "@"))
        assert not row["category"].startswith("@")
    back = read_as("csv", tmp_path / "out.csv")
    assert [it.name for it in back.sequences[1].tracks.values()] == texts
    assert "@cup" in {it.name for it in back.categories.values()}


def test_csv_marks_itself_for_excel_when_asked(tmp_path, project):
    write_as("csv", project, tmp_path / "out.csv", ExportOptions(own={"excel-mark": True}))
    assert (tmp_path / "out.csv").read_bytes().startswith(b"\xef\xbb\xbfsequence,")
    assert read_as("csv", tmp_path / "out.csv").sequences[1].name == "clip"
