"""Folders of LabelMe and X-AnyLabeling: read as they are meant, or refused with the place."""

from __future__ import annotations

import json
import random

import pytest

from app.errors import AppError
from app.formats.format import Likeness
from app.formats.import_file import ImportFile
from app.formats.labelme import LabelmeReader
from app.formats.options import ImportOptions, SourceShape
from app.formats.progress import SILENT
from app.formats.recognition import recognise
from app.formats.registry import FORMATS
from bench.damage import damaged
from tracker.geometry import BoundingBox


def shape(label, points, kind="rectangle", **more):
    return {"label": label, "points": points, "shape_type": kind, "flags": {}, **more}


def write(folder, name, *shapes, **more):
    folder.mkdir(exist_ok=True)
    content = {"version": "5.5.0", "flags": {}, "shapes": list(shapes), "imagePath": f"{name}.jpg", "imageData": None}
    content |= {"imageHeight": 240, "imageWidth": 320, **more}
    (folder / f"{name}.json").write_text(json.dumps(content), encoding="utf-8")


def read(path):
    with ImportFile(path) as file:
        return file.read(None, ImportOptions(), SILENT)


def test_shapes_become_boxes_on_the_frames_of_their_pictures(tmp_path):
    folder = tmp_path / "clip"
    write(folder, "shot_1", shape("cup", [[10, 20], [40, 60]], group_id=7), shape("cup", [[1, 1], [2, 2]], "line"))
    write(
        folder,
        "shot_3",
        shape("cup", [[42, 60], [12, 20]], group_id=7),
        shape("cup", [[80, 20], [90, 20], [90, 30], [80, 30]], group_id=7),
        shape("lid", [[5, 5], [9, 1], [7, 8]], "polygon", group_id=None),
        shape("lid", [[50, 50], [53, 54]], "circle", group_id=7),
    )
    known, imported = read(folder)
    assert known.name == "labelme"
    project = imported.project
    (sequence,) = project.sequences.values()
    assert (sequence.name, sequence.frame_count, sequence.width, sequence.height) == ("shot", 3, 320, 240)
    found = {
        (project.categories[it.category_id].name, it.id): {frame: it.box_at(frame) for frame in it.frames()}
        for it in sequence.tracks.values()
    }
    assert found == {
        ("cup", 7): {0: BoundingBox(10, 20, 30, 40), 2: BoundingBox(12, 20, 78, 40)},
        ("lid", 8): {2: BoundingBox(5, 1, 4, 7)},
        ("lid", 9): {2: BoundingBox(45, 45, 10, 10)},
    }
    assert imported.notes == [
        "2 outlines were taken as the boxes round them.",
        "1 shapes that are no boxes were left out.",
    ]


def test_folders_of_folders_are_a_sequence_each(tmp_path):
    (tmp_path / "set").mkdir()
    for name in ("left", "right"):
        write(tmp_path / "set" / name, "0001", shape("cup", [[1, 2], [3, 4]]))
        write(tmp_path / "set" / name, "0002")
    sequences = read(tmp_path / "set")[1].project.sequences.values()
    assert sorted((it.name, it.frame_count, len(it.tracks)) for it in sequences) == [("left", 2, 1), ("right", 2, 1)]


def test_no_other_format_takes_it(tmp_path):
    write(tmp_path / "a", "1", shape("cup", [[1, 2], [3, 4]]))
    assert recognise(tmp_path / "a").name == "labelme"
    assert {it.sniff(tmp_path / "a") for it in FORMATS} == {Likeness.NO}
    assert LabelmeReader().sniff(tmp_path) is Likeness.CERTAIN
    assert LabelmeReader().sniff(tmp_path / "a" / "1.json") is Likeness.NO


@pytest.mark.parametrize(
    ("shapes", "more", "said"),
    [
        ([shape("cup", [[1, 2]])], {}, r"1\.json, shapes\[0\].*'points'"),
        ([shape("cup", [[1, 2], [3, "x"]])], {}, r"1\.json, shapes\[0\].*'points'"),
        ([shape("cup", [[1, 2], [1, 5]])], {}, r"1\.json, shapes\[0\]: the box has no width"),
        ([shape("cup", [[1, 2], [1e11, 5]])], {}, r"1\.json, shapes\[0\]: 'width' of the box"),
        ([shape(3, [[1, 2], [3, 4]])], {}, r"1\.json, shapes\[0\].*'label'"),
        ([shape("cup", [[1, 2], [3, 4]], group_id="a")], {}, r"1\.json, shapes\[0\].*'group_id'"),
        ([3], {}, r"1\.json, shapes\[0\] is no object"),
        ([], {"imageWidth": 0}, r"1\.json.*'imageWidth'"),
        ([], {"shapes": {}}, r"1\.json.*'shapes'"),
    ],
)
def test_broken_files_are_refused_with_the_place(tmp_path, shapes, more, said):
    write(tmp_path / "a", "1", *shapes, **more)
    with pytest.raises(AppError, match=said) as caught:
        LabelmeReader().read(tmp_path / "a", ImportOptions(), SILENT)
    assert "\n" not in str(caught.value)


def test_damaged_files_are_read_or_refused_in_words(tmp_path):
    write(tmp_path, "s_1", shape("cup", [[10, 20], [40, 60]], group_id=7), shape("a", [[1, 1], [2, 9]], "circle"))
    path = tmp_path / "s_1.json"
    good, refused = {"s_1.json": path.read_bytes()}, 0
    for number in range(200):
        path.write_bytes(damaged(good, random.Random(number))["s_1.json"] or b"")
        try:
            LabelmeReader().read(tmp_path, ImportOptions(), SILENT)
        except AppError as error:
            refused += 1
            assert "s_1.json" in str(error)  # noqa: PT017 - both ways are good
    assert 20 < refused < 200


def test_the_size_is_that_of_the_file_whatever_is_open_and_of_what_is_open_where_the_file_has_none(tmp_path):
    write(tmp_path / "clip", "0001", shape("cup", [[1, 2], [3, 4]]))
    write(tmp_path / "bare", "0001", shape("cup", [[1, 2], [3, 4]]), imageWidth=None, imageHeight=None)
    source = SourceShape("other", 9, 640, 480, 25.0, ())
    for name, size in (("clip", (320, 240)), ("bare", (640, 480))):
        with ImportFile(tmp_path / name) as file:
            _, imported = file.read(None, ImportOptions(source=source), SILENT)
        (sequence,) = imported.project.sequences.values()
        assert (sequence.width, sequence.height) == size
