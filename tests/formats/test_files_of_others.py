"""Small files in the shape in which other tools write them: imported right, or refused with reason and line."""

from __future__ import annotations

from pathlib import Path

import pytest
from format_fixtures import read_as, small_project, write_as

from app.document.model import Source
from app.errors import AppError
from app.formats.format import Likeness
from app.formats.options import ImportOptions, SourceShape
from app.formats.progress import SILENT
from app.formats.recognition import recognise
from app.formats.registry import FORMATS, format_named
from tracker.geometry import BoundingBox

FOREIGN = Path(__file__).with_name("foreign")


def only(project):
    """The one Sequence of a project and its Tracks by id."""
    (sequence,) = project.sequences.values()
    return sequence, sequence.tracks


def test_a_cvat_task_with_a_step_keeps_the_frame_numbers_of_the_video():
    imported = format_named("cvat").read(FOREIGN / "cvat_step_3.xml", ImportOptions(), SILENT)
    sequence, tracks = only(imported.project)
    assert (sequence.name, sequence.frame_count, sequence.width, sequence.height) == ("street", 15, 640, 480)
    assert {it.name for it in imported.project.categories.values()} == {"car", "person"}
    car = next(it for it in tracks.values() if imported.project.categories[it.category_id].name == "car")
    assert car.frames() == [0, 3, 6]
    assert car.source_at(3) is Source.TRACKED
    assert car.box_at(6) == BoundingBox(22, 20, 40, 40)
    assert car.occluded_at(6)
    assert not car.occluded_at(3)
    assert car.source_at(9) is Source.OUTSIDE
    (colour,) = imported.project.attributes.values()
    assert (colour.name, colour.per_frame, imported.project.categories[colour.category_id].name) == (
        "colour",
        False,
        "car",
    )
    assert car.value_at(colour, 0) == "red"
    assert imported.notes == ["1 shapes that are no boxes were left out."]


def test_a_cvat_track_that_nobody_ended_goes_on_to_the_end_of_the_task():
    _, tracks = only(read_as("cvat", FOREIGN / "cvat_step_3.xml"))
    person = next(it for it in tracks.values() if it.box_at(3) == BoundingBox(100, 100, 10, 30))
    assert person.frames() == list(range(3, 13)), "the last frame of the task is 12"


def test_cvat_draws_straight_lines_between_keyframes():
    _, tracks = only(read_as("cvat", FOREIGN / "cvat_keyframes_only.xml"))
    assert tracks[4].box_at(5) == BoundingBox(25, 10, 15, 10)
    assert tracks[4].source_at(5) is Source.INTERPOLATED


def test_boxes_of_cvat_for_images_are_tracks_of_their_own(tmp_path):
    (tmp_path / "a.xml").write_text(
        '<annotations><image id="4" name="d/e.png" width="64" height="48"><box label="car" occluded="1" xtl="1" '
        'ytl="2" xbr="5" ybr="7" z_order="0"/><polygon label="car" points="1,1;2,2;3,1"/></image>'
        '<image id="6" name="g.png" width="64" height="48"><box label="bus" xtl="1" ytl="1" xbr="2" ybr="2"/></image>'
        "</annotations>"
    )
    imported = format_named("cvat").read(tmp_path / "a.xml", ImportOptions(), SILENT)
    sequence, tracks = only(imported.project)
    assert (sequence.width, sequence.height, sequence.frame_count) == (64, 48, 7)
    assert [it.frames() for it in tracks.values()] == [[4], [6]]
    assert tracks[1].box_at(4) == BoundingBox(1, 2, 4, 5)
    assert (tracks[1].source_at(4), tracks[1].occluded_at(4)) == (Source.KEYFRAME, True)
    assert imported.notes == [
        "1 shapes that are no boxes were left out.",
        "2 boxes are of CVAT for images: each became a track of its own.",
    ]
    folder = SourceShape("shots", 2, 64, 48, 30.0, ("e.jpg", "g.jpg"))
    _, tracks = only(read_as("cvat", tmp_path / "a.xml", ImportOptions(source=folder)))
    assert [it.frames() for it in tracks.values()] == [[0], [1]], "by the names of the pictures"


def test_cvat_tracks_of_other_shapes_leave_no_empty_track_and_turned_boxes_are_said(tmp_path):
    (tmp_path / "a.xml").write_text(
        '<annotations><track id="0" label="man"><skeleton frame="0"><points frame="0" points="1,2"/></skeleton></track>'
        '<track id="1" label="car"><box frame="0" xtl="1" ytl="1" xbr="4" ybr="4" rotation="30"/></track></annotations>'
    )
    imported = format_named("cvat").read(tmp_path / "a.xml", ImportOptions(), SILENT)
    _, tracks = only(imported.project)
    assert len(tracks) == 1
    assert imported.notes == [
        "1 shapes that are no boxes were left out.",
        "1 boxes are turned; they were taken as if they were not.",
    ]


VIDEO = ImportOptions(source=SourceShape("clip", 10, 200, 100, 25.0))


def test_label_studio_counts_frames_from_one_and_boxes_in_percent():
    imported = format_named("label-studio").read(FOREIGN / "label_studio_export.json", VIDEO, SILENT)
    sequence, tracks = only(imported.project)
    (man,) = tracks.values()
    assert (sequence.name, sequence.frame_count, sequence.fps) == ("clip", 10, 25.0)
    assert imported.project.categories[man.category_id].name == "Man"
    assert man.box_at(0) == BoundingBox(20, 20, 10, 10)
    assert man.box_at(2) == BoundingBox(40, 20, 10, 10)
    assert man.frames() == [0, 1, 2, 3, 4, 7, 8, 9], "off after frame 5 of the file, then on to the end"
    assert len(imported.notes) == 2
    assert "turned" in imported.notes[1]


def test_label_studio_without_a_size_asks_for_the_video():
    with pytest.raises(AppError, match=r"label_studio_export\.json, \[0\].*choose the video"):
        read_as("label-studio", FOREIGN / "label_studio_export.json")


def test_youtube_vis():
    project = read_as("youtube-vis", FOREIGN / "youtube_vis.json")
    sequence, tracks = only(project)
    (dog,) = tracks.values()
    assert (sequence.name, sequence.frame_count, project.categories[20].name) == ("v", 3, "dog")
    assert dog.frames() == [0, 2]


def test_yolo_as_roboflow_writes_it():
    imported = format_named("yolo").read(FOREIGN / "yolo_roboflow", ImportOptions(), SILENT)
    sequence, tracks = only(imported.project)
    assert (sequence.width, sequence.height, sequence.frame_count) == (40, 20, 3)
    named = {imported.project.categories[it.category_id].name: it for it in tracks.values() if it.box_at(2)}
    assert named.keys() == {"hand", "tool"}
    assert named["tool"].box_at(2) == BoundingBox(0, 0, 20, 20)
    hand = named["hand"].box_at(2)
    assert (hand.x, hand.y, hand.w, hand.h) == pytest.approx((4, 2, 8, 2)), "the box round the outline"
    assert imported.notes == ["1 outlines were taken as the boxes round them."]


def test_voc_counts_pixels_from_one_and_the_last_pixel_is_inside():
    folder = FOREIGN / "voc_labelimg"
    for options, box in (
        (ImportOptions(), BoundingBox(262, 210, 62, 129)),
        (ImportOptions(box_base=0), BoundingBox(263, 211, 61, 128)),
    ):
        sequence, tracks = only(read_as("voc", folder, options))
        (chair,) = tracks.values()
        assert (sequence.width, sequence.height) == (500, 375)
        assert [chair.box_at(frame) for frame in chair.frames()] == [box]


def test_otb_with_tabs_commas_spaces_and_several_targets():
    project = read_as("otb", FOREIGN / "otb")
    found = {it.name: it for it in project.sequences.values()}
    assert found.keys() == {"Dog", "Jogging-1", "Jogging-2"}
    (dog,) = found["Dog"].tracks.values()
    assert found["Dog"].frame_count == 3
    assert [dog.box_at(frame) for frame in range(3)] == [
        BoundingBox(197, 213, 34, 81),
        BoundingBox(196, 213, 34, 81),
        None,
    ]
    (second,) = found["Jogging-2"].tracks.values()
    assert second.box_at(1) == BoundingBox(110, 19, 30, 40)


def test_got10k_tells_absence_cover_class_and_size():
    project = read_as("got10k", FOREIGN / "got10k")
    sequence, tracks = only(project)
    (bear,) = tracks.values()
    assert (sequence.width, sequence.height, sequence.fps) == (1920, 1080, 10.0)
    assert project.categories[bear.category_id].name == "bear"
    assert bear.frames() == [0, 1]
    assert [bear.visibility_at(frame) for frame in (0, 1)] == [1.0, 0.5]


def test_lasot_tells_what_is_hidden_or_gone():
    project = read_as("lasot", FOREIGN / "lasot")
    _, tracks = only(project)
    assert project.categories[tracks[3].category_id].name == "cup"
    assert tracks[3].frames() == [0, 1]
    assert [tracks[3].visibility_at(frame) for frame in (0, 1)] == [1.0, 0.0]


def test_a_table_with_no_more_than_frame_and_box():
    project = read_as("csv", FOREIGN / "minimal.csv")
    sequence, tracks = only(project)
    (ball,) = tracks.values()
    assert (ball.name, ball.frames()) == ('the "red" one', [0, 2])
    assert (sequence.width, sequence.height, sequence.frame_count) == (5, 6, 3)


@pytest.mark.parametrize(
    ("name", "file", "said"),
    [
        ("cvat", "cvat_bad_number.xml", r"line 4, <box>: 'xtl' is '10,5', not a number"),
        ("cvat", "cvat_entities.xml", r"line 2 declares a document type"),
        ("youtube-vis", "youtube_vis_masks.json", r"annotations\[0\] has None for 'bboxes'"),
        ("otb", "otb_bad", r"Cat/groundtruth_rect\.txt, line 2 has 3 numbers"),
        ("got10k", "got10k_bad", r"x/absence\.label has 1 numbers for 2 frames"),
        ("csv", "semicolons.csv", r"line 1 has no column frame_from_0"),
        ("csv", "negative.csv", r"line 3.*no width or no height"),
    ],
)
def test_wrong_files_are_refused_with_reason_and_line(name, file, said):
    with pytest.raises(AppError, match=said) as caught:
        read_as(name, FOREIGN / file)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("file", "boxes"),
    [
        ("coco_outlines.json", [(1, (2, 2, 2, 4)), (4, (0.5, 2, 7, 7)), (4, (2, 2, 2, 4))]),
        ("mot_world", [(0, (398, 181, 121, 229)), (1, (398.5, 180, 121, 229)), (3, (19, 29, 40, 50))]),
        ("yolo_darknet", [(0, (20, 10, 40, 10)), (0, (75, 37.5, 50, 25)), (0, (75, 37.5, 50, 25))]),
        ("cvat_images.xml", [(0, (1, 1, 1, 1))]),
    ],
)
def test_sets_of_pictures_and_results_of_trackers(file, boxes):
    found = recognise(FOREIGN / file).read(FOREIGN / file, VIDEO, SILENT)
    _, tracks = only(found.project)
    shown = [(frame, track.box_at(frame)) for track in tracks.values() for frame in track.frames()]
    sides = sorted((frame, tuple(round(it, 6) for it in (box.x, box.y, box.w, box.h))) for frame, box in shown)
    assert sides == boxes


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("cvat_step_3.xml", "cvat"),
        ("label_studio_export.json", "label-studio"),
        ("youtube_vis.json", "youtube-vis"),
        ("yolo_roboflow", "yolo"),
        ("yolo_darknet", "yolo"),
        ("mot_world", "mot"),
        ("voc_labelimg", "voc"),
        ("otb", "otb"),
        ("got10k", "got10k"),
        ("lasot", "lasot"),
        ("minimal.csv", "csv"),
    ],
)
def test_files_of_others_are_recognised(file, name):
    assert recognise(FOREIGN / file).name == name
    assert format_named("coco").sniff(FOREIGN / file) < Likeness.CERTAIN


def yolo(folder, label, labels="labels/train/clip_000002.txt", names=("data.yaml", "names: [cup, board]\n")):
    for name, text in ((labels, label), names):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return format_named("yolo").read(folder, VIDEO, SILENT)


@pytest.mark.parametrize(
    ("labels", "names"),
    [
        ("obj_train_data/clip_000002.txt", ("obj.names", "cup\nboard\n")),
        ("clip_000002.txt", ("classes.txt", "cup\nboard\n")),
    ],
)
def test_darknet_folders_of_cvat_and_labelimg(tmp_path, labels, names):
    imported = yolo(tmp_path, "1 0.5 0.5 0.25 0.5\n", labels, names)
    _, tracks = only(imported.project)
    assert tracks[1].box_at(1) == BoundingBox(75, 25, 50, 50)
    assert imported.project.categories[tracks[1].category_id].name == "board"
    assert recognise(tmp_path).name == "yolo"


def test_predictions_of_ultralytics_end_in_a_confidence_or_the_number_of_the_track(tmp_path):
    imported = yolo(tmp_path, "0 0.5 0.5 0.25 0.5 0.75\n0 0.5 0.5 0.25 0.5 7\n")
    _, tracks = only(imported.project)
    assert sorted(tracks) == [1, 7]
    assert tracks[1].boxes.get(1).score == 0.75
    assert imported.notes == ["1 lines end in a confidence: it became the score of the box."]
    with pytest.raises(AppError, match=r"line 1: 1\.5 is neither a track nor a confidence"):
        yolo(tmp_path, "0 0.5 0.5 0.25 0.5 1.5\n")


def test_key_points_behind_a_yolo_box_are_no_outline(tmp_path):
    imported = yolo(
        tmp_path, "0 0.5 0.5 0.25 0.5 0.1 0.1 0.9 0.9\n", names=("data.yaml", "kpt_shape: [2, 2]\nnames: [cup]\n")
    )
    _, tracks = only(imported.project)
    assert tracks[1].box_at(1) == BoundingBox(75, 25, 50, 50)
    assert imported.notes == ["1 boxes have key points, which were left out."]


@pytest.mark.parametrize("name", ["yolo", "voc"])
def test_labels_of_a_folder_of_images_are_frames_by_the_names_of_its_pictures(tmp_path, name):
    """Every fifth picture was kept: the numbers are no places in the folder."""
    for number in (0, 10):
        text = (FOREIGN / "voc_labelimg" / "Annotations").glob("*.xml")
        (tmp_path / "labels").mkdir(exist_ok=True)
        file = (
            tmp_path / ("labels" if name == "yolo" else "") / f"shot_{number:03d}.{'txt' if name == 'yolo' else 'xml'}"
        )
        file.write_text("0 0.5 0.5 0.25 0.5\n" if name == "yolo" else next(text).read_text())
    shots = tuple(f"shot_{number:03d}.jpg" for number in (0, 5, 10))
    imported = format_named(name).read(
        tmp_path, ImportOptions(source=SourceShape("shots", 3, 200, 100, 30.0, shots)), SILENT
    )
    (sequence,) = imported.project.sequences.values()
    assert sorted(frame for track in sequence.tracks.values() for frame in track.frames()) == [0, 2]
    assert imported.frame_base is None
    assert imported.notes[0] == "Frames were found by the names of the pictures in shots."


def test_a_voc_picture_without_a_size_is_as_large_as_the_video(tmp_path):
    (tmp_path / "a_1.xml").write_text(
        "<annotation><size><width>0</width><height>0</height></size><object><name>cup</name><bndbox><xmin>1</xmin>"
        "<ymin>1</ymin><xmax>5</xmax><ymax>5</ymax></bndbox></object></annotation>"
    )
    sequence, _ = only(format_named("voc").read(tmp_path, VIDEO, SILENT).project)
    assert (sequence.width, sequence.height) == (200, 100)


@pytest.mark.parametrize("name", ["otb", "got10k", "lasot"])
def test_corners_of_turned_boxes_become_the_boxes_round_them(tmp_path, name):
    file = tmp_path / "seq" / ("groundtruth_rect.txt" if name == "otb" else "groundtruth.txt")
    file.parent.mkdir()
    file.write_text("30,10,50,30,30,50,10,30\nNaN,NaN,NaN,NaN,NaN,NaN,NaN,NaN\n10,20,30,40\n")
    imported = format_named(name).read(tmp_path, ImportOptions(box_base=0), SILENT)
    (track,) = imported.project.sequences[1].tracks.values()
    boxes = {frame: track.box_at(frame) for frame in track.frames()}
    assert boxes == {0: BoundingBox(10, 10, 40, 40), 2: BoundingBox(10, 20, 30, 40)}
    assert imported.notes == ["1 boxes are turned: the boxes round their corners were taken."]
    file.write_text("30,10,50,30,30,50\n")
    with pytest.raises(AppError, match=r"line 1 has 6 numbers, not the four of a box"):
        format_named(name).read(tmp_path, ImportOptions(), SILENT)


def test_a_folder_of_vot_is_read(tmp_path):
    (tmp_path / "ball1").mkdir()
    (tmp_path / "ball1" / "groundtruth.txt").write_text("30,10,50,30,30,50,10,30\n")
    assert recognise(tmp_path).name == "got10k"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("known", FORMATS, ids=lambda it: it.name)
def test_texts_in_the_encoding_of_windows_are_read(tmp_path, known, encoding):
    path = tmp_path / f"out{known.suffix}"
    write_as(known, small_project(), path)
    before = read_as(known, path)
    for file in [path] if path.is_file() else [it for it in path.rglob("*") if it.is_file()]:
        text = file.read_bytes().decode("utf-8").replace('encoding="utf-8"', 'encoding="utf-16"')
        file.write_bytes(f"\ufeff{text}".encode(encoding))
    assert known.sniff(path) is Likeness.CERTAIN
    after = read_as(known, path)
    assert after.categories == before.categories
    assert after.sequences == before.sequences
