"""Attributes in COCO files of others and of ours, and files that are made to cost memory."""

from __future__ import annotations

import json

import pytest
from format_fixtures import read_as, write_as

from app.document.model import (
    Attribute,
    AttributeKind,
    Category,
    Gap,
    Keyframe,
    Project,
    Sequence,
    Track,
)
from app.document.tracked_boxes import TrackedBox
from app.errors import AppError
from app.formats import box_rows
from app.formats.options import ImportOptions
from app.formats.progress import SILENT, CancelledError, Progress
from app.formats.registry import format_named
from tracker.geometry import BoundingBox
from tracker.result import TrackStatus


def content(*annotations, frames=6):
    return {
        "categories": [{"id": 1, "name": "car"}],
        "videos": [{"id": 1, "name": "v", "width": 100, "height": 50}],
        "images": [{"id": n + 1, "video_id": 1, "frame_id": n, "width": 100, "height": 50} for n in range(frames)],
        "annotations": [
            {"id": n, "category_id": 1, "bbox": [1, 2, 3, 4], **it} for n, it in enumerate(annotations, start=1)
        ],
    }


def box(frame, track=1, **attributes):
    return {"image_id": frame + 1, "track_id": track, "attributes": attributes}


def read(tmp_path, what, progress=SILENT):
    (tmp_path / "in.json").write_text(json.dumps(what))
    return format_named("coco").read(tmp_path / "in.json", ImportOptions(), progress)


def test_attributes_of_other_tools_are_defined_by_their_values(tmp_path):
    result = read(
        tmp_path,
        content(
            box(0, colour="red", parked=True, speed=3, rotation=0.0, occluded=True),
            box(1, colour="red", parked=True, speed=4.5),
            box(2, colour="red", parked=False, speed=4.5, odd=[1]),
            box(0, track=2, colour="blue", speed="fast"),
        ),
    )
    project = result.project
    known = {it.name: it for it in project.attributes.values()}
    assert {name: (it.kind, it.per_frame) for name, it in known.items()} == {
        "colour": (AttributeKind.TEXT, False),
        "parked": (AttributeKind.FLAG, True),
        "speed": (AttributeKind.TEXT, True),
        "rotation": (AttributeKind.NUMBER, False),
    }
    car = project.sequences[1].tracks[1]
    assert car.attributes == {known["colour"].id: "red", known["rotation"].id: 0.0}
    assert [car.value_at(known["parked"], frame) for frame in range(3)] == [True, True, False]
    assert [car.value_at(known["speed"], frame) for frame in range(3)] == ["3", "4.5", "4.5"]
    assert [car.occluded_at(frame) for frame in range(3)] == [True, False, False]
    assert any("1 values of attributes" in it for it in result.notes)


def test_an_attribute_may_have_the_name_of_a_field_of_ours(tmp_path):
    project = Project({1: Sequence(1, "s", "", 3, 100, 50, 25.0)}, {1: Category(1, "car")})
    project.attributes[4] = Attribute(4, "score", AttributeKind.NUMBER, default=7.0)
    project.attributes[9] = Attribute(9, "state", AttributeKind.CHOICE, ("a", "b"), per_frame=True, category_id=1)
    track = Track(5, "", 1, {0: Keyframe(BoundingBox(1, 2, 3, 4), attributes={9: "a"})}, attributes={4: 0.5})
    track.boxes.set(1, TrackedBox(BoundingBox(2, 2, 3, 4), 0.25, TrackStatus.UNCERTAIN))
    project.sequences[1].tracks[5] = track
    write_as("coco", project, tmp_path / "out.json")
    again = read_as("coco", tmp_path / "out.json")
    assert again.attributes == project.attributes
    back = again.sequences[1].tracks[5]
    assert back.attributes == {4: 0.5}
    assert back.boxes.get(1) == TrackedBox(BoundingBox(2, 2, 3, 4), 0.25, TrackStatus.UNCERTAIN)
    assert back.value_at(again.attributes[9], 1) == "a"


def test_what_is_said_of_an_object_while_it_is_gone_comes_back(tmp_path):
    project = Project({1: Sequence(1, "s", "", 9, 100, 50, 25.0)}, {1: Category(1, "car")})
    why = project.attributes[3] = Attribute(3, "why", AttributeKind.TEXT, per_frame=True)
    box = BoundingBox(1, 2, 3, 4)
    seen = Track(1, "", 1, {0: Keyframe(box, attributes={3: "here"}), 2: Keyframe(None, attributes={3: "behind"})})
    seen.keyframes[4] = Keyframe(None)
    seen.keyframes[6] = Keyframe(box)
    never = Track(2, "", 1, {3: Keyframe(None), 5: Keyframe(None, attributes={3: "late"})})
    project.sequences[1].tracks.update({1: seen, 2: never})
    assert not write_as("coco", project, tmp_path / "out.json")
    back = read_as("coco", tmp_path / "out.json").sequences[1].tracks
    for track in (seen, never):
        assert list(back[track.id].keyframes) == list(track.keyframes)
        assert [back[track.id].value_at(why, it) for it in range(9)] == [track.value_at(why, it) for it in range(9)]


def test_an_object_that_has_left_comes_back_although_its_keyframe_was_not_exported(tmp_path):
    """Every second frame: outside on 2, back on 5 by a keyframe that is not written, tracked on 6."""
    from app.formats.options import ExportOptions

    project = Project({1: Sequence(1, "s", "", 9, 100, 50, 25.0)}, {1: Category(1, "car")})
    here = BoundingBox(1, 2, 3, 4)
    track = Track(1, "", 1, {0: Keyframe(here, gap=Gap.TRACKED), 2: Keyframe(None), 5: Keyframe(here, visibility=0.5)})
    for frame in (6, 7, 8):
        track.boxes.set(frame, TrackedBox(here, 1.0, TrackStatus.FOUND))
    project.sequences[1].tracks[1] = track
    write_as("coco", project, tmp_path / "out.json", ExportOptions(frame_step=2))
    back = read_as("coco", tmp_path / "out.json").sequences[1].tracks[1]
    assert back.frames() == [0, 6, 8]
    assert [back.visibility_at(frame) for frame in (0, 6, 8)] == [1, 0.5, 0.5]
    assert list(back.keyframes) == [0, 2, 6]


def test_boxes_that_lie_too_far_apart_are_refused_before_anything_is_allocated(tmp_path, monkeypatch):
    monkeypatch.setattr(box_rows, "MAX_SPAN", 1000)
    what = content(box(0), box(1), box(0, track=2), box(1, track=2), frames=2)
    what["images"][1]["frame_id"] = 600
    with pytest.raises(AppError, match="too far apart"):
        read(tmp_path, what)


def test_thousands_of_different_attributes_are_refused(tmp_path):
    with pytest.raises(AppError, match=r"annotations\[2\].*more than 1000 attributes"):
        read(
            tmp_path,
            content(*(box(frame, **{f"a{frame} {n}": 1 for n in range(400)}) for frame in range(4))),
        )


@pytest.mark.parametrize(
    ("definition", "said"),
    [
        ({"kind": "colour"}, "'kind'"),
        ({"kind": "choice", "choices": []}, "no definition"),
        ({"choices": "red"}, "'choices'"),
        ({"category_id": 5}, "'category_id'"),
        ({"id": 0}, "no definition"),
        ({"default": 3}, "no definition"),
        ({"name": ""}, "no definition"),
    ],
)
def test_broken_definitions_are_refused_with_the_place(tmp_path, definition, said):
    what = content(box(0))
    good = {"id": 1, "name": "colour", "key": "colour", "kind": "text", "choices": [], "per_frame": False}
    what["attributes"] = [{**good, **definition}]
    with pytest.raises(AppError, match=said) as caught:
        read(tmp_path, what)
    assert "attributes[0]" in str(caught.value)


def test_reading_tells_how_far_it_is_and_can_be_given_up(tmp_path):
    what = content(*(box(0, track=n) for n in range(1, 8000)))
    told: list[float] = []
    read(tmp_path, what, Progress(lambda done, total: told.append(done / total)))
    assert told == sorted(told)
    assert told[-1] <= 1
    with pytest.raises(CancelledError):
        read(tmp_path, what, Progress(cancelled=lambda: True))
