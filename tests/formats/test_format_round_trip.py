"""What is written is what is on the screen, and our own readers give it back."""

from __future__ import annotations

import configparser
import csv
import json
from dataclasses import replace
from pathlib import Path

from format_fixtures import read_as, write_as
from generated_projects import HEIGHT, WIDTH, projects
from hypothesis import given, settings
from hypothesis import strategies as st

from app.document.model import Project, Sequence, Source
from app.formats.losses import losses
from app.formats.options import ExportOptions
from app.formats.registry import FORMATS
from app.formats.selection import select
from app.formats.shown_boxes import shown_boxes
from tracker.geometry import BoundingBox
from tracker.result import TrackStatus

quick = settings(deadline=None, max_examples=60)
whole = ExportOptions()

options = st.builds(
    ExportOptions,
    first_frame=st.integers(0, 3),
    last_frame=st.none() | st.integers(0, 30),
    frame_step=st.integers(1, 4),
    keyframes_only=st.booleans(),
)


def rounded_box(box: BoundingBox) -> BoundingBox | None:
    """One by one: another way than the exporters go."""
    left, top = round(box.x, 4), round(box.y, 4)
    w, h = round(round(box.right, 4) - left, 4), round(round(box.bottom, 4) - top, 4)
    return BoundingBox(left, top, w, h) if w > 0 and h > 0 else None


Shown = dict[tuple[int, int], BoundingBox]
"""(track, frame) -> box to a ten-thousandth of a pixel."""


def frames_of(sequence: Sequence, chosen: ExportOptions) -> list[int]:
    last = sequence.frame_count - 1 if chosen.last_frame is None else chosen.last_frame
    frames = range(chosen.first_frame, min(last, sequence.frame_count - 1) + 1, chosen.frame_step)
    human = {frame for track in sequence.tracks.values() for frame in track.keyframes}
    return [frame for frame in frames if frame in human or not chosen.keyframes_only]


def shown_on_screen(project: Project, chosen: ExportOptions, *, clip: bool) -> Shown:
    """Frame by frame through ``Track.box_at``: another way than the exporters go."""
    shown = {}
    for sequence in project.sequences.values():
        for frame in frames_of(sequence, chosen):
            for track in sequence.tracks.values():
                box = track.box_at(frame)
                if chosen.keyframes_only and frame not in track.keyframes:
                    continue
                if box is not None and clip:
                    box = box.clipped(WIDTH, HEIGHT)
                box = box and rounded_box(box)
                if box is not None:
                    shown[track.id, frame] = box
    return shown


def close(one: Shown, two: Shown) -> bool:
    return one.keys() == two.keys() and all(
        abs(getattr(one[key], side) - getattr(two[key], side)) <= 1.5e-4 for key in one for side in "xywh"
    )


@quick
@given(projects(), options, st.sampled_from([0, 1]))
def test_exports_hold_what_the_screen_shows(tmp_path_factory, project, chosen, base):
    folder = tmp_path_factory.mktemp("out")
    write_as("coco", project, folder / "out.json", chosen)
    write_as("mot", project, folder / "mot", replace(chosen, own={"box-base": base}))
    from_coco = read_as("coco", folder / "out.json")
    assert close(shown_on_screen(from_coco, whole, clip=False), shown_on_screen(project, chosen, clip=True))
    from_mot = read_as("mot", folder / "mot")
    wanted = shown_on_screen(project, chosen, clip=False)
    # without export_info.json ids are those of the file; with several sequences they are unique already
    assert close(shown_on_screen(from_mot, whole, clip=False), wanted)
    assert sorted(it.name for it in folder.iterdir()) == ["mot", "out.json"]


@quick
@given(projects())
def test_coco_keeps_names_keyframes_and_scores(tmp_path_factory, project):
    path = tmp_path_factory.mktemp("out") / "out.json"
    write_as("coco", project, path, whole)
    back = read_as("coco", path)
    assert back.categories == project.categories
    assert back.attributes == project.attributes
    for number, sequence in project.sequences.items():
        other = back.sequences[number]
        assert (other.name, other.frame_count, other.fps) == (sequence.name, sequence.frame_count, sequence.fps)
        assert (other.width, other.height) == (sequence.width, sequence.height)
        for track_id, track in sequence.tracks.items():
            again = other.tracks[track_id]
            assert (again.name, again.category_id) == (track.name, track.category_id)
            assert again.attributes.items() >= track.attributes.items()
            inside = {it for it in track.frames() if track.box_at(it).clipped(WIDTH, HEIGHT)}
            for frame in set(again.frames()):
                assert frame in inside
                assert again.occluded_at(frame) == track.occluded_at(frame)
                assert again.visibility_at(frame) == track.visibility_at(frame)
                for attribute in project.attributes_of(track):
                    shown = again.value_at(back.attributes[attribute.id], frame)
                    assert shown == track.value_at(attribute, frame)
                assert frame not in track.keyframes or frame in again.keyframes
            assert {frame for frame, it in again.keyframes.items() if it.box is None} == {
                frame for frame, it in track.keyframes.items() if it.box is None
            }
            for frame, tracked in again.boxes.items():
                if track.source_at(frame) is Source.INTERPOLATED:
                    assert (tracked.score, tracked.status) == (1.0, TrackStatus.FOUND)
                    continue
                mine = track.boxes.get(frame)
                assert abs(tracked.score - mine.score) < 1e-5
                assert tracked.status == mine.status
                assert frame not in track.keyframes


@quick
@given(projects(), options)
def test_the_coco_file_is_what_its_three_readers_want(tmp_path_factory, project, chosen):
    path = tmp_path_factory.mktemp("out") / "out.json"
    write_as("coco", project, path, chosen)
    content = json.loads(path.read_bytes().decode("ascii"))
    for kind in ("images", "annotations", "videos", "tracks", "categories"):
        ids = [it["id"] for it in content[kind]]
        assert len(set(ids)) == len(ids)
        assert all(it >= 1 for it in ids)
    names = [it["file_name"] for it in content["images"]]
    assert len({it.casefold() for it in names}) == len(names)
    assert all(it.count("/") == 1 and it.endswith(".jpg") and not it.startswith((".", "/")) for it in names)
    for video in content["videos"]:
        numbers = [it["frame_id"] for it in content["images"] if it["video_id"] == video["id"]]
        assert numbers == list(range(len(numbers))), "mmtracking puts them into an array of that length"
        assert {"neg_category_ids", "not_exhaustive_category_ids", "metadata"} <= video.keys()
    images = {it["id"]: it for it in content["images"]}
    for image in images.values():
        assert image["frame_id"] == image["frame_index"]
    for annotation in content["annotations"]:
        x, y, w, h = annotation["bbox"]
        assert w > 0
        assert h > 0
        assert x >= 0
        assert y >= 0
        assert round(x + w, 4) <= WIDTH
        assert round(y + h, 4) <= HEIGHT
        assert annotation["segmentation"] == []
        assert annotation["iscrowd"] == 0
        assert annotation["instance_id"] == annotation["track_id"]
        assert annotation["video_id"] == images[annotation["image_id"]]["video_id"]


@quick
@given(projects(), options, st.sampled_from([0, 1]))
def test_the_mot_folder_is_what_strict_readers_want(tmp_path_factory, project, chosen, base):
    folder = tmp_path_factory.mktemp("out") / "mot"
    write_as("mot", project, folder, replace(chosen, own={"box-base": base}))
    listed = (folder / "seqmaps" / "DiMPLE-train.txt").read_text("utf-8").splitlines()
    assert listed[0] == "name"
    assert len(listed) == 1 + len(project.sequences)
    assert len({it.casefold() for it in listed[1:]}) == len(project.sequences)
    labels = [it.name for it in sorted(project.categories.values(), key=lambda it: it.id)]
    for name, sequence in zip(listed[1:], project.sequences.values(), strict=True):
        parser = configparser.ConfigParser()
        parser.read(folder / name / "seqinfo.ini", encoding="utf-8")
        info = dict(parser["Sequence"])
        assert list(info) == ["name", "imdir", "framerate", "seqlength", "imwidth", "imheight", "imext"]
        assert info["name"] == name
        assert int(info["framerate"]) >= 1
        assert (int(info["imwidth"]), int(info["imheight"])) == (sequence.width, sequence.height)
        assert (folder / name / "gt" / "labels.txt").read_text("utf-8").split("\n")[:-1] == labels
        with (folder / name / "gt" / "gt.txt").open(newline="") as file:
            rows = list(csv.reader(file))
        assert all(len(row) == 9 for row in rows)
        places = [(int(row[0]), int(row[1])) for row in rows]
        assert places == sorted(set(places)), "no id twice in a frame"
        assert all(1 <= frame <= int(info["seqlength"]) and track >= 1 for frame, track in places)
        assert all(row[6] == "1" and 1 <= int(row[7]) <= len(labels) and 0 <= float(row[8]) <= 1 for row in rows)
    about = json.loads((folder / "export_info.json").read_text("utf-8"))
    assert about["options"]["box-base"] == base
    assert [it["name"] for it in about["sequences"]] == [it.name for it in project.sequences.values()]


@quick
@given(projects())
def test_columns_and_single_frames_agree(project):
    for sequence in project.sequences.values():
        for track in sequence.tracks.values():
            fast = {it.frame: it.box for it in shown_boxes(track, whole).rows()}
            assert list(fast) == sorted(fast)
            assert fast == {frame: track.box_at(frame) for frame in track.frames()}


@quick
@given(projects(), st.sampled_from(FORMATS))
def test_losses_are_sentences_that_change_nothing(project, known):
    for sentence in losses(known, select(project, whole)):
        assert sentence.endswith(".")
        assert "\n" not in sentence


def test_exports_are_the_same_every_time(tmp_path: Path):
    project = Project()
    for name in ("a.json", "b.json"):
        write_as("coco", project, tmp_path / name, whole)
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()
