"""What is read at once where a file is as usual, and piece by piece where it is not, comes out the same."""

from __future__ import annotations

import math

import numpy as np
import pytest
from format_fixtures import read_as, small_project, write_as
from generated_projects import projects
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.errors import AppError
from app.formats import voc_objects
from app.formats.options import ExportOptions, ImportOptions, SourceShape
from app.formats.registry import format_named
from app.formats.safe_xml import small_tree
from app.formats.target_folders import read_boxes
from app.formats.text_lines import number_rows, number_table
from app.formats.voc_objects import ObjectReader
from app.formats.voc_picture import VocPicture, read_picture

HEAD = "<annotation><size><width>320</width><height>240</height></size>"


def told(picture: VocPicture) -> list[object]:
    """All that anybody asks of it."""
    every = [(picture.texts, ""), *((it.texts, it.place) for it in picture.objects)]
    return [({path: text for path, text in texts.items() if path and text}, place) for texts, place in every]


def picture(inside: str) -> str:
    return f"{HEAD}\n<object>\n{inside}</object></annotation>"


@pytest.mark.parametrize("base", [0, 1])
def test_a_comment_in_a_voc_file_changes_nothing_that_is_read(tmp_path, base):
    folder = tmp_path / "out"
    write_as("voc", small_project(), folder, ExportOptions(own={"box-base": base}))
    for file in (folder / "Annotations").glob("*.xml"):
        at_once = read_picture(file, ObjectReader())
        text = file.read_text("utf-8")
        file.write_text(text.replace("</annotation>", "<!-- one by one --></annotation>"), encoding="utf-8")
        one_by_one = read_picture(file, ObjectReader())
        assert told(at_once) == told(one_by_one)
        assert at_once.size() == one_by_one.size()


@pytest.mark.parametrize(
    "inside",
    [
        "<name>cup<b/>board</name>",
        "<part><name>lid</name><bndbox><xmin>1</xmin></bndbox></part><name>cup</name>",
        "<attributes><attribute><name>track_id</name><value>7</value></attribute></attributes><name>cup</name>",
        "<attributes><attribute><name>a<b/></name><value>7</value></attribute></attributes><name>cup</name>",
        "<attributes><other/></attributes><name>cup</name>",
        "<object><name>inner</name></object><name>cup</name>",
        "<name> cup\n</name><name>second</name>",
        "<name>&lt;cup&#62;</name>",
    ],
)
def test_voc_files_of_unusual_shape_mean_the_same_with_and_without_a_comment(tmp_path, inside):
    file = tmp_path / "a.xml"
    file.write_text(picture(inside))
    usual = read_picture(file, ObjectReader())
    file.write_text(picture(inside) + "<!-- -->")
    assert told(read_picture(file, ObjectReader())) == told(usual)


LEAVES = st.sampled_from(
    [
        "<name>cup</name>",
        "<name>&lt;cup&#62;</name>",
        "<name>a\r\nb</name>",
        "<name> cup\n</name>",
        "<name/>",
        "<occluded>1</occluded>",
        '<occluded id="1">1</occluded>',
        "<bndbox><xmin>1</xmin>\n<ymin> 2.5 </ymin></bndbox>",
        "<bndbox/>",
        "<attributes><attribute><name>track_id</name><value>7</value></attribute></attributes>",
        "<attributes><attribute><name>a&amp;b</name><value>7</value></attribute></attributes>",
        "text",
        "<?note <object><name>no</name></object>?>",
    ]
)
STARTS = st.sampled_from(["<object>", "<object>", '<object id="1">', "<object >", "<source><object>", "\x01<object>"])
BETWEEN = st.sampled_from(["", "", "\n  ", "<segmented>0</segmented>", "text", "<object/>"])


@settings(deadline=None, max_examples=150)
@given(st.lists(st.tuples(STARTS, st.lists(LEAVES, max_size=4), BETWEEN), max_size=6))
def test_objects_of_any_shapes_are_what_they_are_one_by_one(tmp_path_factory, objects):
    file = tmp_path_factory.mktemp("objects") / "a.xml"
    end = {start: "</object></source>" if "source" in start else "</object>" for start, *_ in objects}
    text = HEAD + "".join(start + "".join(leaves) + end[start] + after for start, leaves, after in objects)
    results = []
    for tail in ("</annotation>", "</annotation><!-- -->"):
        file.write_text(text + tail, newline="")
        try:
            results.append(told(read_picture(file, ObjectReader())))
        except AppError as error:
            results.append([str(error)])
    assert results[0] == results[1]


def test_objects_that_look_alike_ask_the_parser_once(tmp_path, monkeypatch):
    (tmp_path / "a.xml").write_text(
        HEAD + "".join(f"<object>\n<name>cup {n}</name></object>\n" for n in range(50)) + "</annotation>"
    )
    asked = []
    monkeypatch.setattr(voc_objects, "small_tree", lambda text: asked.append(text) or small_tree(text))
    found = read_picture(tmp_path / "a.xml", ObjectReader())
    assert [it.texts["name"] for it in found.objects] == [f"cup {n}" for n in range(50)]
    assert len(asked) == 1


def test_shapes_without_end_are_learned_no_longer(tmp_path, monkeypatch):
    """Each is a regular expression to build: a file with thousands of shapes would take minutes."""
    shapes = "".join(f"<object><x{n}>1</x{n}></object>" for n in range(200))
    (tmp_path / "a.xml").write_text(f"{HEAD}{shapes}</annotation>")
    built = []
    monkeypatch.setattr(voc_objects, "_pattern", built.append)
    assert len(read_picture(tmp_path / "a.xml", ObjectReader()).objects) == 200
    assert 0 < len(built) < 20


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('<!DOCTYPE a [<!ENTITY b "cup">]>' + picture("<name>&b;</name>"), "line 1 declares a document type"),
        (picture("<name>cup</name>").replace("</object>", "</objekt>"), "line 3 is no XML"),
        (picture("<d>" * 60 + "</d>" * 60), "more than 50 elements deep"),
        (picture("<bndbox><xmin>wide</xmin></bndbox>"), "line 2, <object>: <xmin> is 'wide', not a number"),
    ],
)
def test_wrong_voc_files_are_refused_with_the_line_however_they_are_read(tmp_path, text, said):
    (tmp_path / "a.xml").write_text(text)
    with pytest.raises(AppError, match=said):
        read_as("voc", tmp_path)


NUMBERS = st.sampled_from(["0", "1", "2.5", "-3", "1e3", "nan", "1e10", "inf", "x", "", "1_0", " 4 "])


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.lists(NUMBERS, min_size=3, max_size=5), max_size=5),
    st.sampled_from([",", " ", "\t", ";", ", "]),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
)
@example([["1", "2", "3", "4"], ["5", "6", "7", "8"]], ",", "\r\n", True)
def test_a_table_at_once_is_the_table_line_by_line(tmp_path_factory, rows, separator, end, has_mark):
    file = tmp_path_factory.mktemp("lines") / "a.txt"
    text = end.join(separator.join(cells) for cells in rows)
    file.write_bytes((b"\xef\xbb\xbf" if has_mark else b"") + text.encode())
    at_once = number_table(file, "a.txt", 4)
    try:
        one_by_one = [values for _, values in number_rows(file, "a.txt")]
    except AppError:
        one_by_one = None
    if at_once is not None and one_by_one is not None:
        np.testing.assert_array_equal(at_once, np.array(one_by_one).reshape(-1, 4))
    elif at_once is not None:
        assert (np.abs(at_once) > 1e9).any(), "only what is too large is left to the caller"
    try:
        boxes, _ = read_boxes(file, "a.txt", 1)
    except AppError:
        return
    assert one_by_one is not None
    assert len(boxes) == len(one_by_one)
    for box, values in zip(boxes.tolist(), one_by_one, strict=True):
        x, y, w, h = values
        there = not any(map(math.isnan, values)) and w > 0 and h > 0
        assert box == [x - 1, y - 1, w, h] if there else all(map(math.isnan, box))


def test_a_straight_line_of_cvat_over_many_frames_is_a_gap_and_costs_nothing(tmp_path):
    """Two boxes a million frames apart: two Keyframes with a straight line, not a million tracked boxes."""
    box = '<box frame="{0}" outside="0" keyframe="1" source="auto" xtl="{1}" ytl="0" xbr="20" ybr="10"/>'
    (tmp_path / "far.xml").write_text(
        '<annotations><track id="1" label="cup">'
        + box.format(0, 10)
        + box.format(1_000_000, 0)
        + '<box frame="1000001" outside="1" keyframe="1" xtl="0" ytl="0" xbr="20" ybr="10"/></track></annotations>'
    )
    project = read_as("cvat", tmp_path / "far.xml", ImportOptions(source=SourceShape("v", 1_000_010, 200, 100, 25.0)))
    (track,) = next(iter(project.sequences.values())).tracks.values()
    assert len(track.boxes) == 0
    assert track.box_at(500_000).x == pytest.approx(5)
    assert track.box_at(1_000_001) is None


@pytest.mark.parametrize(
    ("name", "shortcut"),
    [
        ("csv", "csv_reader.box_columns"),
        ("cvat", "cvat_reader._columns"),
        ("label-studio", "label_studio_reader._plain_columns"),
        ("yolo", "yolo_reader.small_table"),
        ("voc", "voc_objects._pattern"),
    ],
)
@settings(deadline=None, max_examples=8)
@given(project=projects())
def test_columns_and_boxes_one_by_one_give_the_same_project(tmp_path_factory, name, shortcut, project):
    path = tmp_path_factory.mktemp("out") / f"out{format_named(name).suffix}"
    write_as(name, project, path)
    at_once = read_as(name, path)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(f"app.formats.{shortcut}", lambda *_arguments, **_named: None)
        one_by_one = read_as(name, path)
    assert at_once.sequences == one_by_one.sequences
    assert at_once.categories == one_by_one.categories
    assert at_once.attributes == one_by_one.attributes
